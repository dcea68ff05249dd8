"""The review clock and signing by a secret link: what counts as reviewed, and what a link can do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from fysfinder.changes.models import Change
from fysfinder.encyclopedia.invitations import (
    MOST_ATTEMPTS,
    invite_reviewer,
    open_invitation,
    sign_review,
    withdraw_review,
)
from fysfinder.encyclopedia.models import Article, Review
from fysfinder.encyclopedia.review import hash_of, overdue, read_authorisation_id, status_of
from tests.encyclopedia.test_queries import make_article

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 18)


def sign(article: Article, name: str = "Ida Prøve") -> Review:
    _invitation, token = invite_reviewer(article=article, name=name)
    text_hash = hash_of(article)
    return sign_review(
        token=token, text_hash=text_hash, profession="fysioterapeut", authorisation_id="09ym8", has_agreed=True
    )


def signatures(article: Article) -> list[Review]:
    return list(Review.objects.filter(slug=article.slug, withdrawn_at=None))


def test_a_signature_holds_for_two_years_and_then_the_page_is_overdue():
    article = make_article("Kulde", "kulde")
    review = sign(article)
    on = timezone.localdate(review.signed_at)
    now = status_of(article, signatures(article), on)
    assert (now.state, now.name, now.profession, now.on) == ("reviewed", "Ida Prøve", "fysioterapeut", on)
    later = status_of(article, signatures(article), on + dt.timedelta(days=731))
    assert (later.state, later.is_overdue, later.is_reviewed) == ("overdue", True, True)


def test_a_signature_falls_when_a_word_changes_and_counts_again_when_the_text_is_as_it_was():
    sign(make_article("Kulde", "kulde"))
    changed = make_article("Kulde", "kulde", body="En anden tekst.")
    status = status_of(changed, signatures(changed), TODAY)
    assert (status.state, status.is_reviewed, status.name) == ("changed", False, "Ida Prøve")
    again = make_article("Kulde", "kulde")
    assert status_of(again, signatures(again), TODAY).is_reviewed


@pytest.mark.parametrize("head", ["sources: [Bog]\n", "summary_en: Cold.\n", "description: Ny.\n"])
def test_sources_summary_and_description_are_part_of_what_is_signed(head: str):
    sign(make_article("Kulde", "kulde"))
    changed = make_article("Kulde", "kulde", head)
    assert not status_of(changed, signatures(changed), TODAY).is_reviewed


def test_what_is_not_of_the_text_leaves_the_signature():
    sign(make_article("Kulde", "kulde"))
    same = make_article("Kulde", "kulde", "synonyms: [is]\nrelated: [varme]\n")
    assert status_of(same, signatures(same), TODAY).is_reviewed


def test_a_file_names_its_reviewer_and_the_next_review():
    head = "reviewer: Ane Holm\nreviewed: 2026-01-02\nnextReview: 2026-11-17\n"
    article = make_article("Kulde", "kulde", head)
    status = status_of(article, (), TODAY)
    assert (status.state, status.name, status.next_on) == ("overdue", "Ane Holm", dt.date(2026, 11, 17))
    assert overdue(TODAY) == {("ordbog", "kulde")}
    assert overdue(dt.date(2026, 11, 17)) == frozenset()


def test_an_unreviewed_page_past_its_date_is_overdue_too():
    article = make_article("Kulde", "kulde", "nextReview: 2026-01-01\n")
    status = status_of(article, (), TODAY)
    assert (status.state, status.is_overdue) == ("none", True)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12345", "12345"),
        ("bcdfg", "BCDFG"),
        (" 0y m-8k", "0YM8K"),
        ("1234", ""),
        ("123456", ""),
        ("ABCDE", ""),
        ("", ""),
    ],
)
def test_an_authorisation_id_is_five_digits_consonants_or_y(written: str, read: str):
    assert read_authorisation_id(written) == read


def test_signing_and_withdrawing_drop_the_kept_pages_of_articles():
    article = make_article("Kulde", "kulde")
    Change.objects.all().delete()
    review = sign(article)
    withdraw_review(review=review)
    assert [change.tags for change in Change.objects.order_by("number")] == ["articles", "articles"]


def test_the_token_is_kept_as_a_hash_and_works_once():
    article = make_article("Kulde", "kulde")
    invitation, token = invite_reviewer(article=article, name="Ida Prøve")
    assert token not in str(Review.objects.filter(pk=invitation.pk).values())
    assert open_invitation(token) == (invitation, article)
    given = {"text_hash": hash_of(article), "profession": "fysioterapeut", "authorisation_id": "12345"}
    sign_review(token=token, has_agreed=True, **given)
    assert open_invitation(token) is None
    with pytest.raises(Review.DoesNotExist):
        sign_review(token=token, has_agreed=True, **given)


def test_a_link_dies_by_time_by_withdrawal_and_by_too_many_tries():
    article = make_article("Kulde", "kulde")
    for change in ({"expires_at": timezone.now()}, {"attempts": MOST_ATTEMPTS}):
        invitation, token = invite_reviewer(article=article, name="Ida")
        Review.objects.filter(pk=invitation.pk).update(**change)
        assert open_invitation(token) is None
    invitation, token = invite_reviewer(article=article, name="Ida")
    withdraw_review(review=invitation)
    assert open_invitation(token) is None
    assert open_invitation("x" * 5000) is None


def test_a_text_that_changed_while_it_was_read_is_not_signed():
    article = make_article("Kulde", "kulde")
    _invitation, token = invite_reviewer(article=article, name="Ida Prøve")
    seen = hash_of(article)
    make_article("Kulde", "kulde", body="Noget nyt.")
    with pytest.raises(ValidationError) as refused:
        sign_review(token=token, text_hash=seen, profession="x", authorisation_id="aaaaa", has_agreed=False)
    assert set(refused.value.message_dict) == {"text", "profession", "authorisation_id", "agreed"}
    assert not Review.objects.filter(signed_at__isnull=False).exists()


def test_the_command_prints_a_link_that_opens_the_exact_text(client: Client, capsys: pytest.CaptureFixture[str]):
    make_article("Kulde", "kulde", "sources: [Bog]\n", "Kulde dæmper [1].\n\n## Om\n\nMere.\n")
    call_command("invite_reviewer", "kulde", name="Ida Prøve")
    address = capsys.readouterr().out.strip()
    path = address[address.index("/gennemgang/") :]
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Kulde dæmper" in html and "Ida Prøve" in html and "Bog" in html
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex' in html and "canonical" not in html
    given = {"text_hash": hash_of(Article.objects.get()), "profession": "fysioterapeut", "agreed": "ja"}
    wrong = client.post(path, {**given, "authorisation_id": "AAAAA"})
    assert wrong.status_code == 422 and "fem tegn" in wrong.content.decode()
    assert Review.objects.get().attempts == 1
    done = client.post(path, {**given, "authorisation_id": "12345"})
    assert "Du har skrevet under" in done.content.decode()
    page = client.get("/ordbog/kulde/").content.decode()
    assert "Gennemgået af Ida Prøve, fysioterapeut" in page and '"lastReviewed"' in page
    assert client.get(path).status_code == 404
    make_article("Kulde", "kulde", "sources: [Bog]\n", "Kulde dæmper ikke [1].\n")
    page = client.get("/ordbog/kulde/").content.decode()
    assert "Ikke fagligt gennemgået endnu" in page and "Teksten er ændret siden" in page
    assert '"lastReviewed"' not in page


def test_no_log_line_holds_a_link(client: Client, caplog: pytest.LogCaptureFixture):
    _invitation, token = invite_reviewer(article=make_article("Kulde", "kulde"), name="Ida")
    with caplog.at_level("DEBUG"):
        assert client.post(f"/gennemgang/{token}/", {}).status_code == 422
        assert client.get(f"/gennemgang/{token}x/").status_code == 404
    assert token not in caplog.text


def test_guessing_links_is_slowed_down(client: Client):
    codes = [client.get(f"/gennemgang/gaet{number}/").status_code for number in range(22)]
    assert codes[:20] == [404] * 20 and codes[20:] == [429, 429]
