from __future__ import annotations

import datetime as dt
from io import StringIO

import phonenumbers
import pytest
from django.core.management import call_command
from stdnum.dk import cvr

from fysfinder.clinics import actions
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.demo.actions import load_demo_clinics
from fysfinder.clinics.models import Clinic, Fact, OpeningHours, Price
from fysfinder.clinics.queries import cards, directory_version
from tests.make import TODAY, make_clinic, make_postcode, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_country() -> None:
    make_postcode()
    make_postcode("9990", "Skagen", 57.72, 10.58)
    for slug in ("kryoterapi", "akupunktur", "laendesmerter", *(f"emne-{number}" for number in range(30))):
        make_topic(slug)


def load(count: int = 60, seed: int = 1, today: dt.date = TODAY) -> bool:
    return load_demo_clinics(count=count, seed=seed, today=today)


def as_seen() -> list[object]:
    found = cards(list(Clinic.objects.order_by("slug").values_list("pk", flat=True)), today=TODAY)
    return [(card.slug, card.lat, card.week, card.prices, card.wait, card.topic_ids, card.facts) for card in found]


def test_same_seed_and_week_give_the_same_clinics() -> None:
    assert load()
    before = as_seen()
    assert load(seed=2)
    assert as_seen() != before
    assert load()
    assert as_seen() == before


def test_a_second_run_has_nothing_to_do(django_assert_max_num_queries: object) -> None:
    load()
    version = directory_version()
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert not load(today=TODAY + dt.timedelta(days=1))  # the same week
    assert directory_version() == version
    assert load(today=TODAY + dt.timedelta(days=7))
    assert directory_version() > version


def test_clinics_that_are_not_demo_data_are_never_touched() -> None:
    real = make_clinic("Rigtig klinik", facts=["name"])
    load()
    claimed = Clinic.objects.exclude(pk=real.pk).order_by("pk")[0]
    actions.rename(clinic=claimed, name="Overtaget", origin=Origin("klinikken", "owner", TODAY))
    load(seed=2)
    assert set(Clinic.objects.filter(pk__in=[real.pk, claimed.pk]).values_list("name", flat=True)) == {
        "Rigtig klinik",
        "Overtaget",
    }
    load(count=0)
    assert Clinic.objects.count() == 2
    assert not load(count=0)


def test_nothing_in_them_can_be_taken_for_real() -> None:
    load()
    for clinic in Clinic.objects.all():
        assert "demo" in clinic.name.lower()
        assert not clinic.website or clinic.website.endswith(".example/")
        assert not clinic.email or clinic.email.endswith(".example")
        assert not clinic.phone or not phonenumbers.is_valid_number(phonenumbers.parse(clinic.phone))
        assert not cvr.is_valid(clinic.cvr)
    assert set(Fact.objects.values_list("how", flat=True)) == {"demo"}


def test_they_have_the_spread_of_a_real_list() -> None:
    load(count=300)
    total = Clinic.objects.count()
    for field in ("step_free", "home_visits", "languages", "insurers", "lift", "accessible_toilet"):
        unknown = Clinic.objects.filter(**{f"{field}__isnull": True}).count() / total
        assert 0.2 < unknown < 0.5, field
    assert 0.5 < Clinic.objects.filter(agreement=True).count() / total < 0.7
    assert OpeningHours.objects.filter(weekday=2, opens=None, by_appointment=False).exists()
    assert Price.objects.exclude(high_ore=0).filter(high_ore__gt=0, service="extra").exists()
    assert Clinic.objects.filter(waiting_times=None).exists()
    assert 0.08 < Clinic.objects.filter(clinic_topics__topic__slug="kryoterapi").count() / total < 0.25
    assert Clinic.objects.exclude(opening_exceptions=None).exists()
    days = set(Fact.objects.values_list("confirmed_on", flat=True))
    assert max(days) <= TODAY < min(days) + dt.timedelta(days=920)
    assert (TODAY - min(days)).days > 365


def test_each_fact_that_is_known_has_its_provenance_and_no_other() -> None:
    load()
    for card in cards(list(Clinic.objects.values_list("pk", flat=True)), today=TODAY):
        assert ("phone" in card.facts) == bool(card.phone)
        assert ("lift" in card.facts) == (card.lift is not None)
        assert ("hours" in card.facts) == (not card.week.is_unknown)
        assert ("prices" in card.facts) == bool(card.prices)
        assert "slug" not in card.facts and "lat" not in card.facts


def test_the_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("load_demo_clinics", "--count", "5", "--today", "2026-11-18", stdout=out)
    call_command("load_demo_clinics", "--count", "5", "--today", "2026-11-18", stdout=out)
    assert out.getvalue().splitlines() == ["Demo clinics: 5 loaded", "Demo clinics: 5 already there"]
