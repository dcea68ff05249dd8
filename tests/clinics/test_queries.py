from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fysfinder.clinics import queries
from fysfinder.clinics.models import Clinic, ClinicSlug
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db
WEEK = {0: [(480, 720), (780, 1020)], 2: "closed", 3: "appointment"}


def full_clinic(name: str) -> int:
    return make_clinic(
        name,
        prices={"first": 65000, "follow_up": (40000, 45000)},
        hours=WEEK,
        exceptions=[(dt.date(2026, 12, 24), dt.date(2026, 12, 26), None, None, "Jul")],
        topics=["kryoterapi", "loeberknae"],
        waiting={"general": 3, "vederlagsfri": 40},
        team=["Ida Demo"],
        facts=["name", "hours", "agreement"],
        agreement=True,
        languages=["da", "en"],
    ).pk


@pytest.mark.parametrize("count", [1, 3])
def test_cards_take_six_queries_for_one_and_for_three(count: int, django_assert_num_queries: object) -> None:
    ids = [full_clinic(f"Klinik {letter}") for letter in "abc"[:count]]
    with django_assert_num_queries(6):  # type: ignore[operator]
        found = queries.cards(ids, today=TODAY)
    assert len(found) == count


@pytest.mark.parametrize("count", [1, 3])
def test_compare_takes_nine_queries(count: int, django_assert_num_queries: object) -> None:
    for letter in "abc"[:count]:
        full_clinic(f"Klinik {letter}")
    with django_assert_num_queries(9):  # type: ignore[operator]
        found = queries.compare(["klinik-c", "klinik-b", "klinik-a"], today=TODAY)
    assert [card.name for card in found] == ["Klinik c", "Klinik b", "Klinik a"][-count:]


def test_clinic_page_takes_nine_queries(django_assert_num_queries: object) -> None:
    full_clinic("Klinik a")
    with django_assert_num_queries(9):  # type: ignore[operator]
        page = queries.clinic_page("klinik-a", today=TODAY)
    assert page is not None and page.team[0].name == "Ida Demo"


def test_cards_keep_the_order_of_the_ids_and_leave_out_the_missing() -> None:
    a, b = full_clinic("A"), full_clinic("B")
    assert [card.id for card in queries.cards([b, 999_999, a], today=TODAY)] == [b, a]
    assert queries.cards([], today=TODAY) == []


def test_card_has_all_that_is_known() -> None:
    card = queries.cards([full_clinic("A")], today=TODAY)[0]
    assert card.address == "8000 Aarhus C"
    assert card.week.days[0].intervals[1].closes == 1020
    assert [day.state for day in card.week.days[:4]] == ["open", "unknown", "closed", "by_appointment"]
    assert card.week.exceptions[0].first_day == dt.date(2026, 12, 24)
    assert card.wait is not None and card.wait.words == "3 dage"
    assert card.wait_vederlagsfri is not None and card.wait_vederlagsfri.words == "5–6 uger"
    assert card.first_price is not None and card.first_price.low_ore == 65000
    assert card.languages == ("da", "en") and card.words("languages") == "Dansk, engelsk"
    assert len(card.topic_ids) == 2
    assert card.facts["hours"].confirmed_on == TODAY


def test_unknown_is_said_and_is_not_no() -> None:
    card = queries.cards([make_clinic("A").pk], today=TODAY)[0]
    assert card.words("agreement") == "Ikke oplyst"
    assert card.words("step_height_cm") == "Ikke oplyst"
    assert card.wait is None and card.first_price is None and card.week.is_unknown


def test_exceptions_that_are_over_are_left_out() -> None:
    past = dt.date(2026, 1, 2)
    clinic = make_clinic("A", hours=WEEK, exceptions=[(past, past, None, None, "")])
    assert queries.cards([clinic.pk], today=TODAY)[0].week.exceptions == ()


def test_old_slug_answers_the_present_one() -> None:
    clinic = make_clinic("Ny")
    ClinicSlug.objects.create(clinic=clinic, slug="gammel")
    assert queries.current_slug("gammel") == "ny"
    assert queries.current_slug("ny") is None
    assert queries.current_slug("ukendt") is None


def test_merged_clinic_answers_with_the_one_it_went_into() -> None:
    last = make_clinic("Sidste")
    middle = make_clinic("Midt", status="merged", merged_into=last)
    make_clinic("Foerste", status="merged", merged_into=middle)
    assert queries.current_slug("foerste") == "sidste"


def test_compare_takes_at_most_four_published_and_each_once() -> None:
    for letter in "abcde":
        make_clinic(letter)
    make_clinic("lukket", status="closed")
    found = queries.compare(["a", "a", "lukket", "b", "c", "d", "e", "findes-ikke"], today=TODAY)
    assert [card.slug for card in found] == ["a", "b", "c", "d"]


def test_directory_version_is_zero_before_any_write() -> None:
    assert queries.directory_version() == 0


def test_branches_are_the_company_s_other_clinics() -> None:
    make_clinic("Nord", cvr="10000009")
    make_clinic("Syd", cvr="10000009")
    page = queries.clinic_page("nord", today=TODAY)
    assert page is not None and page.branches == (("syd", "Syd", "8000 Aarhus C"),)


def test_ids_of_no_slugs_asks_little(django_assert_num_queries: type[CaptureQueriesContext]) -> None:
    assert queries.compare([], today=TODAY) == []


def test_a_saved_comparison_follows_clinics_that_were_merged() -> None:
    last, other = make_clinic("Sidste"), make_clinic("Anden")
    middle = make_clinic("Midt", status="merged", merged_into=last)
    make_clinic("Foerste", status="merged", merged_into=middle)
    make_clinic("Ender lukket", status="merged", merged_into=make_clinic("Lukket", status="closed"))
    assert queries.ids_of(["foerste", "anden", "midt", "sidste", "ender-lukket"]) == [last.pk, other.pk]


def test_a_clinic_s_neighbours_and_branches_are_found_by_index() -> None:
    near = Clinic.objects.filter(lat__range=(56.1, 56.2), lon__range=(10.1, 10.3))
    for queryset, index in ((near, "clinic_by_point"), (Clinic.objects.filter(cvr="10000009"), "clinic_by_cvr")):
        if connection.vendor == "sqlite":
            assert index in queryset.order_by().explain()
