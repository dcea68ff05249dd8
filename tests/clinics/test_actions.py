from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from fysfinder.clinics import actions, reports
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.cards import TeamRow, Wait
from fysfinder.clinics.models import Clinic, ClinicSlug, Fact, Report
from fysfinder.clinics.opening import CLOSED, UNKNOWN, SpecialDays, open_day
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.queries import cards, current_slug, directory_version
from tests.make import TODAY, make_clinic, make_postcode, make_topic

pytestmark = pytest.mark.django_db
OWNER = Origin("klinikken", "owner", dt.date(2026, 9, 1))
IMPORT = Origin("en liste", "import", TODAY)
EARLIER = Origin("en liste", "import", dt.date(2026, 1, 1))
OFFICE_HOURS = (*(open_day((480, 1020)),) * 5, CLOSED, UNKNOWN)


def add(name: str = "Klinik Åen", **kw: Any) -> Clinic:
    make_postcode()
    return actions.add_clinic(fields={"name": name, "postcode": "8000", **kw}, origin=IMPORT)


def test_added_clinic_has_everything_with_its_origin() -> None:
    topic = make_topic()
    make_postcode()
    clinic = actions.add_clinic(
        fields={"name": "Klinik Åen", "postcode": "8000", "phone": "33 23 25 65", "agreement": True, "online": None},
        origin=IMPORT,
        prices=[PriceRow("first", 50000, 60000)],
        hours=OFFICE_HOURS,
        topics=[topic.pk, topic.pk],
        waiting=[Wait("general", 0, TODAY, "en liste")],
        team=[TeamRow("Ida Demo")],
        exceptions=[SpecialDays(dt.date(2026, 12, 24), dt.date(2026, 12, 31), CLOSED)],
    )
    card = cards([clinic.pk], today=TODAY)[0]
    assert clinic.slug == "klinik-aaen"
    assert card.phone == "+4533232565" and card.phone_shown == "33 23 25 65"
    assert card.precision == "postcode" and card.lat == 56.153
    assert card.week.days[:5] == OFFICE_HOURS[:5] and card.week.days[6] == UNKNOWN
    assert card.prices[0].source == "en liste" and card.prices[0].confirmed_on == TODAY
    assert card.wait is not None and card.wait.words == "Samme dag"
    assert set(card.facts) == {"name", "street", "phone", "agreement", "prices", "hours", "topics", "waiting", "team"}
    assert clinic.history.count() == 1


def test_every_write_moves_the_directory_s_version() -> None:
    clinic = add()
    seen = {directory_version()}
    topic = make_topic()
    for write in (
        lambda: actions.update_clinic(clinic=clinic, changes={"lift": False}, origin=IMPORT),
        lambda: actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 1, 1)], origin=IMPORT),
        lambda: actions.replace_hours(clinic=clinic, hours=OFFICE_HOURS, origin=IMPORT),
        lambda: actions.replace_topics(clinic=clinic, topics=[topic.pk], origin=IMPORT),
        lambda: actions.replace_waiting(clinic=clinic, waiting=[Wait("general", 3, TODAY, "x")], origin=IMPORT),
        lambda: actions.replace_team(clinic=clinic, team=[TeamRow("Ida Demo")], origin=IMPORT),
        lambda: actions.rename(clinic=clinic, name="Nyt navn", origin=IMPORT),
        lambda: actions.close_clinic(clinic=clinic),
        lambda: actions.reopen_clinic(clinic=clinic),
    ):
        write()
        assert directory_version() not in seen
        seen.add(directory_version())


def test_saying_the_same_again_changes_nothing() -> None:
    clinic = add(lift=True)
    actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 1, 1)], origin=IMPORT)
    actions.replace_hours(clinic=clinic, hours=OFFICE_HOURS, origin=IMPORT)
    before = directory_version()
    assert not actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=IMPORT)
    assert not actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 1, 1)], origin=IMPORT)
    assert not actions.replace_hours(clinic=clinic, hours=OFFICE_HOURS, origin=IMPORT)
    assert directory_version() == before


def test_confirming_dates_the_fact_and_its_prices_anew() -> None:
    clinic = add(lift=True)
    actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 1, 1)], origin=EARLIER)
    later = Origin("redaktionen", "editor", TODAY + dt.timedelta(days=9))
    assert not actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=later)
    assert not actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 1, 1)], origin=later)
    card = cards([clinic.pk], today=TODAY)[0]
    assert card.facts["lift"].confirmed_on == card.prices[0].confirmed_on == later.confirmed_on
    assert card.facts["lift"].how == "editor"


def test_only_the_named_facts_get_a_new_provenance() -> None:
    clinic = add(lift=True, parking=True)
    actions.update_clinic(clinic=clinic, changes={"parking": False}, origin=OWNER)
    how = dict(Fact.objects.filter(clinic=clinic).values_list("name", "how"))
    assert how["parking"] == "owner" and how["lift"] == "import"


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        (OWNER, IMPORT, False),  # the clinic knows itself, however new the list is
        (IMPORT, OWNER, True),
        (IMPORT, EARLIER, False),
        (EARLIER, IMPORT, True),
        (IMPORT, Origin("register", "register", dt.date(2025, 1, 1)), True),
        (Origin("os", "editor", TODAY), OWNER, True),
        (IMPORT, Origin("demo", "demo", TODAY), False),
    ],
)
def test_the_stronger_origin_wins_and_among_equals_the_newer(first: Origin, second: Origin, wins: bool) -> None:
    clinic = make_clinic()
    actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=first)
    actions.update_clinic(clinic=clinic, changes={"lift": False}, origin=second)
    assert clinic.lift is (not wins)
    actions.replace_hours(clinic=clinic, hours=OFFICE_HOURS, origin=first)
    assert actions.replace_hours(clinic=clinic, hours=(CLOSED,) * 7, origin=second) is wins


def test_unknown_again_has_no_provenance() -> None:
    clinic = add(lift=True)
    actions.update_clinic(clinic=clinic, changes={"lift": None}, origin=IMPORT)
    assert clinic.lift is None
    assert not Fact.objects.filter(clinic=clinic, name="lift").exists()
    actions.update_clinic(clinic=clinic, changes={"street": ""}, origin=IMPORT)
    assert Fact.objects.filter(clinic=clinic, name="street").exists()  # the postcode is still known


def test_slug_is_unique_and_a_used_one_is_never_given_away() -> None:
    first, second, third = add(), add(), add()
    assert [first.slug, second.slug, third.slug] == ["klinik-aaen", "klinik-aaen-aarhus-c", "klinik-aaen-aarhus-c-2"]
    actions.rename(clinic=first, name="Klinik Bakken", origin=IMPORT)
    assert first.slug == "klinik-bakken"
    assert current_slug("klinik-aaen") == "klinik-bakken"
    assert add().slug == "klinik-aaen-aarhus-c-3"


def test_a_clinic_takes_its_own_old_slug_back() -> None:
    clinic = add()
    actions.rename(clinic=clinic, name="Klinik Bakken", origin=IMPORT)
    actions.rename(clinic=clinic, name="Klinik Åen", origin=IMPORT)
    assert clinic.slug == "klinik-aaen"
    assert current_slug("klinik-bakken") == "klinik-aaen"
    assert ClinicSlug.objects.count() == 1


def test_new_name_with_the_same_slug_keeps_the_address() -> None:
    clinic = add()
    actions.rename(clinic=clinic, name="Klinik Aaen", origin=IMPORT)
    assert (clinic.name, clinic.slug, ClinicSlug.objects.count()) == ("Klinik Aaen", "klinik-aaen", 0)


def test_name_of_signs_only_still_gets_a_slug() -> None:
    assert add("+++").slug == "klinik"


def test_merge_leads_on_and_cannot_make_a_circle() -> None:
    one, two = add("Et"), add("To")
    actions.merge_clinic(clinic=one, into=two)
    assert current_slug("et") == "to"
    with pytest.raises(ValidationError):
        actions.merge_clinic(clinic=two, into=one)
    actions.reopen_clinic(clinic=one)
    assert current_slug("et") is None


def test_report_is_kept_and_changes_nothing() -> None:
    clinic = add()
    before = directory_version()
    reports.report_problem(clinic=clinic, fact="phone", message=" Nummeret er\x00 forkert ")
    assert Report.objects.get().message == "Nummeret er forkert"
    assert directory_version() == before
    for fact, message in (("phone", " "), ("phone", "x" * 2001), ("ukendt", "x")):
        with pytest.raises(ValidationError):
            reports.report_problem(clinic=clinic, fact=fact, message=message)


def test_wrong_fields_change_nothing_and_are_all_named() -> None:
    clinic = add()
    with pytest.raises(ValidationError) as error:
        actions.update_clinic(clinic=clinic, changes={"phone": "12", "email": "x", "lift": True}, origin=IMPORT)
    assert set(error.value.message_dict) == {"phone", "email"}
    clinic.refresh_from_db()
    assert clinic.lift is None


def test_clinic_without_name_or_postcode_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        actions.add_clinic(fields={}, origin=IMPORT)
    assert set(error.value.message_dict) == {"name", "postcode"}


@pytest.mark.parametrize(
    "rows",
    [
        {"prices": [PriceRow("massage", 1, 1)]},
        {"hours": [CLOSED]},
        {"waiting": [Wait("general", 1, TODAY, ""), Wait("general", 2, TODAY, "")]},
        {"exceptions": [SpecialDays(TODAY, TODAY, UNKNOWN)]},
    ],
)
def test_rows_that_cannot_be_leave_no_clinic_behind(rows: dict[str, Any]) -> None:
    make_postcode()
    with pytest.raises(ValidationError):
        actions.add_clinic(fields={"name": "X", "postcode": "8000"}, origin=IMPORT, **rows)
    assert not Clinic.objects.exists()


@pytest.mark.parametrize("change", [{"street": "Nygade 1"}, {"postcode": "8200"}])
def test_a_clinic_that_moves_without_a_point_stands_in_the_middle_of_its_postcode(change: dict[str, str]) -> None:
    make_postcode("8200", "Aarhus N", 56.19, 10.18)
    clinic = add(street="Gammelgade 1", lat=56.16, lon=10.21, precision="exact")
    actions.update_clinic(clinic=clinic, changes=change, origin=IMPORT)
    assert (clinic.lat, clinic.lon, clinic.precision) == (clinic.postcode.lat, clinic.postcode.lon, "postcode")


@pytest.mark.parametrize(
    "change", [{"street": "Gammelgade 1"}, {"phone": "33 23 25 65"}, {"street": "Nygade 1", "lat": 56.17, "lon": 10.22}]
)
def test_a_point_stays_exact_when_the_clinic_stays_or_brings_another(change: dict[str, object]) -> None:
    clinic = add(street="Gammelgade 1", lat=56.16, lon=10.21, precision="exact")
    actions.update_clinic(clinic=clinic, changes=change, origin=IMPORT)
    assert (clinic.lat, clinic.precision) == (change.get("lat", 56.16), "exact")


def test_reports_older_than_a_year_are_deleted_open_or_closed() -> None:
    clinic = add()
    for age, is_closed in ((364, True), (365, False), (400, True)):
        report = reports.report_problem(clinic=clinic, fact="", message=f"For {age} dage siden")
        written = dt.datetime.combine(TODAY - dt.timedelta(days=age), dt.time(12), dt.UTC)
        Report.objects.filter(pk=report.pk).update(created_at=written, is_closed=is_closed)
    assert reports.delete_old_reports(today=TODAY) == 2
    assert Report.objects.get().message == "For 364 dage siden"
    call_command("delete_old_reports", verbosity=0, today=TODAY + dt.timedelta(days=1))
    assert not Report.objects.exists()


def test_a_flood_of_reports_about_one_clinic_is_stopped_for_the_day() -> None:
    clinic, other = add("Et"), add("To")
    for _ in range(20):
        reports.report_problem(clinic=clinic, fact="", message="Forkert")
    with pytest.raises(ValidationError, match="Prøv igen i morgen"):
        reports.report_problem(clinic=clinic, fact="", message="Forkert")
    reports.report_problem(clinic=other, fact="", message="Forkert")
    first = Report.objects.filter(clinic=clinic)[0]
    Report.objects.filter(pk=first.pk).update(is_closed=True)
    reports.report_problem(clinic=clinic, fact="", message="Staff read one, so there is room")
