"""What a register no longer lists has closed: its clinics are closed too, unless that looks like a file cut short."""

from __future__ import annotations

from fysfinder.clinics.actions import close_clinic
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.facts import How
from fysfinder.imports.batch import Context
from fysfinder.imports.models import RunChange
from fysfinder.imports.record import Problem
from fysfinder.imports.result import Change

MOST_CLOSED = 0.1  # of the register's clinics in one run; more than that is a mistake, not a day's news
FEW = 5


def close_missing(context: Context) -> None:
    """Inside the caller's transaction. A clinic that speaks for itself is not closed: a person must look."""
    matcher, result = context.matcher, context.result
    clinics = Clinic.objects.filter(pk__in=matcher.gone_rows, status="active").order_by("pk")
    gone = [clinic for clinic in clinics if clinic.pk not in context.taken]
    listed = sum(clinic is not None for _pk, clinic in matcher.rows.values())
    if len(gone) > max(FEW, MOST_CLOSED * listed):
        result.remarks.append(
            f"{len(gone)} of {listed} clinics are not in this file: it looks cut short, so none of them is closed"
        )
        return
    own = set(
        Fact.objects.filter(clinic__in=gone, how=How.OWNER, confirmed_on__gte=context.origin.confirmed_on).values_list(
            "clinic_id", flat=True
        )
    )
    for clinic in gone:
        if clinic.pk in own:
            message = "has left the register, but has itself said something since: a person must look"
            result.tell_conflict(Problem(0, "status", clinic.name, message))
            continue
        close_clinic(clinic=clinic)
        context.has_written = True
        before, after = {"field status": "active"}, {"field status": "closed"}
        RunChange.objects.create(run=context.run, table="clinic", object_id=clinic.pk, before=before, after=after)
        result.closed += 1
        result.tell(Change(0, clinic.name, False, ("status: active → closed",)))
