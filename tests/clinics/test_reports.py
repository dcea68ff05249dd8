"""What visitors say is wrong: taken by one of the staff at a time, and ended as a fact or with a reason."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fysfinder.accounts.models import User
from fysfinder.clinics import actions, reports
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.models import Clinic, Fact, Report
from tests.make import make_clinic

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 11, 0, tzinfo=dt.UTC)
LIST = Origin("en liste", "import", dt.date(2026, 11, 1))


@pytest.fixture
def clinic() -> Clinic:
    clinic = make_clinic()
    actions.update_clinic(clinic=clinic, changes={"phone": "33 23 25 65"}, origin=LIST)
    return clinic


@pytest.fixture
def ida() -> User:
    return User.objects.create_user("ida")


@pytest.fixture
def ole() -> User:
    return User.objects.create_user("ole")


def report(clinic: Clinic, fact: str = "phone", message: str = "Nummeret er 86 00 00 14") -> Report:
    return reports.report_problem(clinic=clinic, fact=fact, message=message)


def test_a_report_is_one_person_s_for_an_hour(clinic: Clinic, ida: User, ole: User) -> None:
    row = report(clinic)
    reports.claim_report(report=row, by=ida, now=NOW)
    reports.claim_report(report=row, by=ida, now=NOW)
    with pytest.raises(ValidationError, match="ida"):
        reports.claim_report(report=row, by=ole, now=NOW + dt.timedelta(minutes=59))
    reports.claim_report(report=row, by=ole, now=NOW + dt.timedelta(minutes=60))
    assert row.claimed_by == ole


def test_a_right_report_becomes_a_fact_with_its_source(clinic: Clinic, ida: User) -> None:
    row = report(clinic)
    reports.resolve_report(report=row, changes={"phone": "86 00 00 14"}, by=ida, now=NOW)
    clinic.refresh_from_db()
    fact = Fact.objects.get(clinic=clinic, name="phone")
    assert clinic.phone == "+4586000014"
    assert (fact.source, fact.how, fact.confirmed_on) == ("Besøgendes oplysning, tjekket", "visitor", NOW.date())
    assert (row.is_closed, row.outcome) == (True, "fact")


def test_hours_are_written_as_people_write_them(clinic: Clinic, ida: User) -> None:
    row = report(clinic, "hours", "De har lukket onsdag")
    with pytest.raises(ValidationError):
        reports.resolve_report(report=row, changes={"hours": "Man-fre 8-16 kun træning"}, by=ida, now=NOW)
    row.refresh_from_db()
    assert not row.is_closed and not clinic.opening_hours.exists()
    reports.resolve_report(report=row, changes={"hours": "Man-tirs 8-16, ons lukket, tors-fre 8-16"}, by=ida, now=NOW)
    assert clinic.opening_hours.count() == 5 and row.is_closed


def test_a_clinic_that_has_closed_is_closed(clinic: Clinic, ida: User) -> None:
    row = report(clinic, reports.CLOSED_FOR_GOOD, "Den er flyttet til udlandet")
    reports.resolve_report(report=row, changes={"closed": True}, by=ida, now=NOW)
    assert Clinic.objects.get(pk=clinic.pk).status == "closed"


def test_the_clinic_s_own_word_stands_and_the_report_stays_open(clinic: Clinic, ida: User) -> None:
    owner = Origin("klinikken", "owner", NOW.date())
    actions.update_clinic(clinic=clinic, changes={"phone": "33 23 25 65"}, origin=owner)
    row = report(clinic)
    with pytest.raises(ValidationError):
        reports.resolve_report(report=row, changes={"phone": "86 00 00 14"}, by=ida, now=NOW)
    row.refresh_from_db()
    assert not row.is_closed and Clinic.objects.get(pk=clinic.pk).phone == "+4533232565"


def test_a_rejection_needs_its_reason(clinic: Clinic, ida: User) -> None:
    row = report(clinic)
    with pytest.raises(ValidationError):
        reports.reject_report(report=row, reason=" ", by=ida, now=NOW)
    reports.reject_report(report=row, reason="Ringet op: nummeret er rigtigt", by=ida, now=NOW)
    assert (row.outcome, row.is_closed, row.reason) == ("rejected", True, "Ringet op: nummeret er rigtigt")
    assert Clinic.objects.get(pk=clinic.pk).phone == "+4533232565"


@pytest.mark.parametrize("number", ["010180-1234", "0101801234", "010180 1234", "mit cpr er 010180-1234."])
def test_a_person_s_number_is_refused(clinic: Clinic, number: str) -> None:
    with pytest.raises(ValidationError, match="CPR"):
        report(clinic, message=f"Jeg hedder x, {number}")
    assert not Report.objects.exists()


@pytest.mark.parametrize("text", ["Ring 86 00 00 14", "tlf. 8600001486", "P-nummer 9999999999", "kl. 8-16, 350 kr."])
def test_other_numbers_are_let_through(clinic: Clinic, text: str) -> None:
    assert report(clinic, message=text).message == text


def test_a_claim_of_a_closed_report_is_nobody_s(clinic: Clinic, ida: User) -> None:
    row = report(clinic)
    reports.reject_report(report=row, reason="x", by=ida, now=timezone.now())
    assert reports.claimed_by(row, timezone.now()) is None
