"""Rows find their clinics; what may be one waits for a person, and the answer is remembered."""

from __future__ import annotations

import pytest

from fysfinder.clinics.models import Clinic
from fysfinder.imports.actions import answer_question
from fysfinder.imports.models import MatchQuestion, SourceRow
from tests.imports.test_pipeline import places, run  # noqa: F401
from tests.make import make_clinic


@pytest.fixture
def lookalike(places: None) -> Clinic:  # noqa: F811
    return make_clinic("Bakkens Fysioterapi", postcode="8000", street="Birkevej 9", phone="+4586000014")


@pytest.mark.django_db
def test_a_row_that_may_be_a_clinic_waits_for_a_person(lookalike: Clinic) -> None:
    result = run()
    assert (result.created, result.left_out) == (2, 2)
    question = MatchQuestion.objects.get()
    assert (question.clinic, question.answer) == (lookalike, "")
    assert "samme telefon" in question.reasons and question.raw["klinikNavn"] == "Bakkens Fysioterapi"
    run()
    assert MatchQuestion.objects.count() == 1


@pytest.mark.django_db
def test_not_the_same_is_remembered(lookalike: Clinic) -> None:
    run()
    answer_question(question=MatchQuestion.objects.get(), is_same=False)
    assert run().created == 1
    assert run().created == 0
    assert MatchQuestion.objects.get().answer == "different"
    lookalike.refresh_from_db()
    assert lookalike.street == "Birkevej 9"


@pytest.mark.django_db
def test_the_same_is_joined_by_the_next_run(lookalike: Clinic) -> None:
    run()
    answer_question(question=MatchQuestion.objects.get(), is_same=True)
    result = run()
    assert (result.created, result.updated) == (0, 1)
    lookalike.refresh_from_db()
    assert lookalike.street == "Ahornvej 1"
    assert SourceRow.objects.get(clinic=lookalike).raw["klinikNavn"] == "Bakkens Fysioterapi"
