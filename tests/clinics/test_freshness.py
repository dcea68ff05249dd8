"""How fresh what we say is: due facts, scores that can be worked out by hand, the stalest first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from fysfinder.clinics import freshness
from fysfinder.clinics.models import Clinic, Fact
from tests.make import TODAY, make_clinic, make_municipality, make_postcode

pytestmark = pytest.mark.django_db


def said(clinic: Clinic, **ages: int) -> Clinic:
    for name, days in ages.items():
        day = TODAY - dt.timedelta(days=days)
        Fact.objects.create(clinic=clinic, name=name, source="x", how="import", confirmed_on=day)
    return clinic


@pytest.mark.parametrize(
    ("fact", "days", "due"),
    [
        ("waiting", 14, False),
        ("waiting", 15, True),
        ("prices", 182, False),
        ("prices", 183, True),
        ("lift", 366, False),
    ],
)
def test_a_fact_is_due_after_its_interval(fact: str, days: int, due: bool) -> None:
    assert freshness.is_due(fact, TODAY - dt.timedelta(days=days), TODAY) is due


def test_the_score_is_what_one_works_out_by_hand() -> None:
    # hours (3) whole, waiting (3) half: 15 days, prices (3) nothing: 400 days, parking (1) whole → (3 + 1.5 + 1) / 10
    clinic = said(make_clinic(), hours=0, waiting=15, prices=400, parking=10)
    assert freshness.of_clinics([clinic.pk], TODAY) == {clinic.pk: freshness.Score(clinic.pk, 55, 2, 4)}
    assert [fact.name for fact in freshness.due_facts(clinic, TODAY)] == ["prices", "waiting"]


def test_the_stalest_stand_first_and_unknown_is_not_old() -> None:
    fresh, old, unknown = said(make_clinic(), hours=1), said(make_clinic(), hours=900), make_clinic()
    closed = said(make_clinic(status="closed"), hours=900)
    found = [score.of for score in freshness.stalest(TODAY)]
    assert found == [old.pk, fresh.pk] and unknown.pk not in found and closed.pk not in found


def test_municipalities_have_the_score_of_all_their_facts(capsys: pytest.CaptureFixture[str]) -> None:
    skagen = make_postcode("9990", "Skagen", 57.7, 10.6, make_municipality("0813", "Frederikshavn"))
    said(make_clinic("Klinik Ny"), hours=1), said(make_clinic("Klinik Halv"), hours=700)
    said(make_clinic("Klinik Gammel", postcode=skagen), hours=900)
    assert freshness.by_municipality(TODAY) == [
        freshness.Score("Frederikshavn", 0, 1, 1),
        freshness.Score("Aarhus", 75, 1, 2),
    ]
    call_command("freshness", limit=1)
    out = capsys.readouterr().out
    assert "Frederikshavn" in out and "klinik-gammel" in out and "klinik-ny" not in out
