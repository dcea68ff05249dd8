"""Reports from visitors: stored, taken by one of the staff for an hour, and ended as a fact or with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.cpr import refuse_cpr
from fysfinder.base.text import clean, one_line
from fysfinder.clinics.actions import close_clinic, replace_hours, update_clinic
from fysfinder.clinics.hours_week_text import parse_week
from fysfinder.clinics.models import Clinic, Report
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import FACT_NAMES, Origin

MAX_REPORT = 2000
MOST_REPORTS_A_DAY = 20  # open ones about one clinic; who wrote them is not known, so the clinic is what is counted
REPORTS_KEPT = dt.timedelta(days=365)  # as the page about privacy promises
CLAIM_LASTS = dt.timedelta(hours=1)
CLOSED_FOR_GOOD = "closed"  # not a fact's name: what a visitor may also say


def report_problem(*, clinic: Clinic, fact: str, message: str) -> Report:
    """A visitor's 'noget forkert?'. fact is a declared fact's name, 'closed' or ''. Changes nothing that is shown."""
    text = clean(message[: MAX_REPORT * 4]).strip()
    if not text:
        raise ValidationError({"message": _("Skriv, hvad der er forkert.")})
    if len(text) > MAX_REPORT:
        raise ValidationError({"message": _("Skriv højst %(most)d tegn.") % {"most": MAX_REPORT}})
    refuse_cpr(text)
    if fact and fact not in FACT_NAMES and fact != CLOSED_FOR_GOOD:
        raise ValidationError({"fact": _("Vælg blandt svarene på listen.")})
    unread = Report.objects.filter(clinic=clinic, is_closed=False, created_at__date=timezone.localdate())
    if unread.count() >= MOST_REPORTS_A_DAY:
        text = _("Vi har fået mange beskeder om denne klinik i dag og skal først læse dem. Prøv igen i morgen.")
        raise ValidationError({"message": text})
    return Report.objects.create(clinic=clinic, fact=fact, message=text)


def claim_report(*, report: Report, by: Any, now: dt.datetime) -> None:
    """Take the report for an hour. Raises ValidationError when a colleague has it."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        holder = claimed_by(locked, now)
        if holder is not None and holder != by:
            raise ValidationError(_("%(name)s er i gang med den.") % {"name": holder})
        Report.objects.filter(pk=report.pk).update(claimed_by=by, claimed_at=now)
    report.refresh_from_db()


def claimed_by(report: Report, now: dt.datetime) -> Any:
    """Who has the report at this moment; None when nobody has, or the hour is over."""
    is_over = report.claimed_at is None or now - report.claimed_at >= CLAIM_LASTS
    return None if is_over or report.is_closed else report.claimed_by


def resolve_report(*, report: Report, changes: Mapping[str, Any], by: Any, now: dt.datetime) -> None:
    """The visitor was right: what they said becomes a fact, with its source. 'hours' is text, 'closed' is True.

    Raises ValidationError, and leaves the report open, when the value cannot be or the clinic itself says otherwise.
    """
    origin = Origin(_("Besøgendes oplysning, tjekket"), How.VISITOR, timezone.localdate(now))
    with transaction.atomic():
        claim_report(report=report, by=by, now=now)
        clinic, fields = report.clinic, dict(changes)
        if fields.pop(CLOSED_FOR_GOOD, False):
            close_clinic(clinic=clinic)
        if hours := fields.pop("hours", ""):
            _set_hours(clinic, hours, origin)
        update_clinic(clinic=clinic, changes=fields, origin=origin)
        refused = set(fields) - set(
            clinic.facts.filter(how=How.VISITOR, confirmed_on=origin.confirmed_on).values_list("name", flat=True)
        )
        if any(fields[name] not in (None, "") for name in refused):
            raise ValidationError(_("Klinikken har selv oplyst noget andet, og det vejer mere. Spørg klinikken."))
        _close(report, Report.Outcome.FACT, "", now)


def _set_hours(clinic: Clinic, text: str, origin: Origin) -> None:
    week = parse_week(text)
    if not week.is_stated or week.rest:
        raise ValidationError({"hours": _("Det kunne ikke læses: %(rest)s") % {"rest": week.rest or text}})
    replace_hours(clinic=clinic, hours=week.days, origin=origin)
    if clinic.facts.filter(name="hours").exclude(how=How.VISITOR).exists():
        raise ValidationError(_("Klinikken har selv oplyst noget andet, og det vejer mere. Spørg klinikken."))


def reject_report(*, report: Report, reason: str, by: Any, now: dt.datetime) -> None:
    """Not so, or not ours to say; the reason is kept with it. Raises ValidationError without one."""
    text = one_line(reason, max_length=200)
    if not text:
        raise ValidationError({"reason": _("Skriv hvorfor.")})
    refuse_cpr(text)
    with transaction.atomic():
        claim_report(report=report, by=by, now=now)
        _close(report, Report.Outcome.REJECTED, text, now)


def _close(report: Report, outcome: str, reason: str, now: dt.datetime) -> None:
    Report.objects.filter(pk=report.pk).update(is_closed=True, outcome=outcome, reason=reason, closed_at=now)
    report.refresh_from_db()


def delete_old_reports(*, today: dt.date) -> int:
    """Reports are kept a year at most, whether they were answered or not; how many went."""
    return Report.objects.filter(created_at__date__lte=today - REPORTS_KEPT).delete()[0]
