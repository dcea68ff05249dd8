"""What visitors say about a page: counted or queued, never with anything about them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from fysfinder.base.cpr import has_cpr, mask
from fysfinder.encyclopedia.feedback import MOST_MESSAGES_A_DAY, delete_old_feedback
from fysfinder.encyclopedia.models import PageMessage, PageVotes
from tests.encyclopedia.test_queries import make_article

PATH = "/sig-til/ordbog/kulde/"


@pytest.fixture
def kulde(db: None) -> None:
    make_article("Kulde", "kulde")


@pytest.mark.usefixtures("kulde")
def test_a_vote_is_counted_by_page_and_day_without_a_cookie(client: Client):
    for vote in ("ja", "ja", "nej"):
        response = client.post(PATH, {"nyttig": vote})
    assert "Tak for svaret" in response.content.decode()
    row = PageVotes.objects.get()
    assert (row.slug, row.day, row.yes, row.no) == ("kulde", timezone.localdate(), 2, 1)
    assert not response.cookies
    assert {field.name for field in PageVotes._meta.fields} == {"id", "kind", "slug", "day", "yes", "no"}


@pytest.mark.usefixtures("kulde")
def test_a_message_goes_into_the_queue_and_a_cpr_number_does_not(client: Client):
    refused = client.post(PATH, {"om": "fejl", "besked": "Jeg er 010203-1234 og uenig"})
    assert refused.status_code == 422 and "CPR-nummer" in refused.content.decode()
    assert "Jeg er 010203-1234" in refused.content.decode()  # nothing is lost: the visitor takes it out
    client.post(PATH, {"om": "nej", "besked": "Jeg mangler billeder\x00"})
    message = PageMessage.objects.get()
    assert (message.about, message.message, message.is_closed) == ("nej", "Jeg mangler billeder", False)


@pytest.mark.usefixtures("kulde")
def test_nonsense_strangers_and_robots_store_nothing(client: Client):
    assert client.post(PATH, {"om": "fejl", "besked": "  "}).status_code == 422
    assert client.post(PATH, {"om": "andet", "besked": "x"}).status_code == 422
    assert client.post(PATH, {"nyttig": "ja"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post(PATH, {"om": "fejl", "besked": "x", "hjemmeside": "y"}).status_code == 200
    assert client.post("/sig-til/ordbog/findes-ikke/", {"nyttig": "ja"}).status_code == 404
    assert not PageMessage.objects.exists() and not PageVotes.objects.exists()


@pytest.mark.usefixtures("kulde")
def test_a_flood_of_messages_is_stopped_for_the_day(client: Client):
    for _ in range(MOST_MESSAGES_A_DAY):
        PageMessage.objects.create(kind="ordbog", slug="kulde", about="fejl", message="x")
    assert client.post(PATH, {"om": "fejl", "besked": "x"}).status_code == 422


@pytest.mark.usefixtures("kulde")
def test_messages_go_after_a_year_and_counts_after_three():
    today = timezone.localdate()
    PageMessage.objects.create(kind="ordbog", slug="kulde", about="fejl", message="x")
    PageMessage.objects.update(created_at=timezone.now() - dt.timedelta(days=366))
    PageVotes.objects.create(kind="ordbog", slug="kulde", day=today - dt.timedelta(days=1096))
    PageVotes.objects.create(kind="ordbog", slug="kulde", day=today)
    assert delete_old_feedback(today=today) == 2
    assert PageVotes.objects.get().day == today


@pytest.mark.parametrize("text", ["010203-1234", "0102031234", "cpr 311299 4321.", "01.02.03-1234", "010203–1234"])
def test_a_cpr_number_is_seen_and_masked(text: str):
    assert has_cpr(text)
    masked, count = mask(text)
    assert count == 1 and "1234" not in masked and "4321" not in masked


@pytest.mark.parametrize(
    "text", ["86 12 34 56", "+45 30103012 34", "2026-11-18", "991399-1234", "L4-L5 12 mm", "123456789012"]
)
def test_what_is_no_cpr_number_stays(text: str):
    assert mask(text) == (text, 0)
