"""Staff see what a run did, answer what only a person can tell, and take a run back."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from fysfinder.clinics.models import Clinic
from fysfinder.imports.models import ImportRun, MatchQuestion
from tests.imports.test_pipeline import places, run  # noqa: F401
from tests.make import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("redaktion", "r@example.org", "x"))
    return client


def test_a_run_s_report_tells_what_it_did_and_what_it_did_not_understand(staff: Client) -> None:
    run()
    page = staff.get(f"/admin/imports/importrun/{ImportRun.objects.get().pk}/change/").content.decode()
    assert "Bakkens Fysioterapi" in page and "Telefon: 86 00 00 14" in page
    assert "Kun træning" in page


def test_a_run_is_undone_from_the_list(staff: Client) -> None:
    run()
    data = {"action": "undo", "_selected_action": [ImportRun.objects.get().pk]}
    for words in ("3 slettet", "allerede fortrudt"):
        assert words in staff.post("/admin/imports/importrun/", data, follow=True).content.decode()
    assert not Clinic.objects.exists()


def test_a_question_is_answered_from_the_list(staff: Client) -> None:
    make_clinic("Bakkens Fysioterapi", postcode="8000", street="Birkevej 9", phone="+4586000014")
    run()
    question = MatchQuestion.objects.get()
    assert "samme telefon" in staff.get("/admin/imports/matchquestion/").content.decode()
    staff.post("/admin/imports/matchquestion/", {"action": "say_different", "_selected_action": [question.pk]})
    question.refresh_from_db()
    assert (question.answer, question.answered_by.username) == ("different", "redaktion")


def test_a_row_and_a_clinic_stand_side_by_side_and_each_fact_is_chosen(staff: Client) -> None:
    clinic = make_clinic("Bakkens Fysioterapi", postcode="8000", street="Birkevej 9", phone="+4586000014")
    run()
    question = MatchQuestion.objects.get()
    page = f"/admin/imports/matchquestion/{question.pk}/change/"
    html = staff.get(page).content.decode()
    assert "Birkevej 9" in html and 'name="keep-street"' in html and 'name="keep-phone"' not in html
    staff.post(page, {"same": "1", "keep-street": "right", "keep-website": "left"})
    clinic.refresh_from_db()
    question.refresh_from_db()
    assert clinic.street != "Birkevej 9" and question.answer == "same"
    assert clinic.facts.get(name="street").how == "editor"


def test_not_the_same_is_said_from_the_page_of_the_row(staff: Client) -> None:
    make_clinic("Bakkens Fysioterapi", postcode="8000", street="Birkevej 9", phone="+4586000014")
    run()
    question = MatchQuestion.objects.get()
    staff.post(f"/admin/imports/matchquestion/{question.pk}/change/", {"different": "1"})
    question.refresh_from_db()
    assert question.answer == "different"


def test_a_run_is_undone_from_its_report(staff: Client) -> None:
    run()
    page = f"/admin/imports/importrun/{ImportRun.objects.get().pk}/change/"
    assert "3 slettet" in staff.post(page, {"undo": "1"}, follow=True).content.decode()
    assert "Fortrudt" in staff.get(page).content.decode()
