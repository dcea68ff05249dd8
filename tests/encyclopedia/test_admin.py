"""Staff: what is due, inviting, withdrawing, and the queue of messages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fysfinder.accounts.models import User
from fysfinder.encyclopedia.invitations import invite_reviewer, sign_review
from fysfinder.encyclopedia.models import PageMessage, Review
from fysfinder.encyclopedia.review import hash_of
from tests.encyclopedia.test_queries import make_article

pytestmark = pytest.mark.django_db
ARTICLES, REVIEWS = "/admin/encyclopedia/article/", "/admin/encyclopedia/review/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktoer"))
    return client


def test_what_is_due_is_listed_with_the_never_reviewed_first(staff: Client):
    make_article("Varme", "varme", "reviewer: Ane Holm\nreviewed: 2020-01-02\n")
    make_article("Kulde", "kulde")
    html = staff.get(f"{ARTICLES}gennemgang/").content.decode()
    assert html.index("Kulde") < html.index("Varme")
    assert "forfalden, sidst Ane Holm" in html and "2022-01-01" in html
    listed = staff.get(ARTICLES).content.decode()
    assert "ikke gennemgået" in listed and "(meget let)" in listed


def test_an_invitation_is_made_from_the_list_and_its_link_is_shown_once(staff: Client):
    article = make_article("Kulde", "kulde")
    chosen = {"action": "invite", "_selected_action": [article.pk]}
    assert "Navn" in staff.post(ARTICLES, chosen).content.decode()
    made = staff.post(ARTICLES, {**chosen, "name": "Ida Prøve"}).content.decode()
    path = re.search(r"/gennemgang/[\w-]+/", made)
    assert path and staff.get(path[0]).status_code == 200
    assert "Ida Prøve" in staff.get(REVIEWS).content.decode()
    assert path[0].split("/")[2] not in staff.get(REVIEWS).content.decode()


def test_staff_see_that_a_signature_fell_and_can_withdraw_one(staff: Client):
    article = make_article("Kulde", "kulde")
    _invitation, token = invite_reviewer(article=article, name="Ida Prøve")
    given = {"text_hash": hash_of(article), "profession": "fysioterapeut", "authorisation_id": "12345"}
    review = sign_review(token=token, has_agreed=True, **given)
    assert "gælder, skrevet under" in staff.get(REVIEWS).content.decode()
    make_article("Kulde", "kulde", body="Ny tekst.")
    assert "falder bort: teksten er ændret" in staff.get(REVIEWS).content.decode()
    staff.post(REVIEWS, {"action": "withdraw", "_selected_action": [review.pk]})
    assert Review.objects.get().withdrawn_at is not None
    assert staff.get(f"{REVIEWS}{review.pk}/change/").status_code == 200


def test_messages_are_closed_not_answered(staff: Client):
    message = PageMessage.objects.create(kind="ordbog", slug="kulde", about="fejl", message="Stavefejl")
    url = "/admin/encyclopedia/pagemessage/"
    assert "Stavefejl" in staff.get(url).content.decode()
    staff.post(url, {"action": "close", "_selected_action": [message.pk]})
    assert PageMessage.objects.get().is_closed


def test_a_visitor_sees_none_of_it(client: Client):
    assert client.get(f"{ARTICLES}gennemgang/").status_code == 302
