"""A run taken back whole: every clinic and kept row as it was, except what somebody has said since.

A fact goes back, value and provenance together, when both still are what the run made them. A clinic the run made is
deleted when nobody has touched it since; else it is closed, with what they wrote, for a person to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fysfinder.clinics.actions import close_clinic
from fysfinder.clinics.models import Clinic, ClinicSlug, PastFact
from fysfinder.imports.models import ImportRun, RunChange, SourceRow
from fysfinder.imports.states import fact_behind, row_state, state_of, write_state


@dataclass
class Undone:
    restored: int = 0
    deleted: int = 0
    closed: list[str] = field(default_factory=list)  # made by the run, edited since
    kept: list[str] = field(default_factory=list)  # 'clinic: fact' said by somebody since


def undo(run: ImportRun) -> Undone:
    """The caller holds the transaction. Rows first: they point at the clinics."""
    result = Undone()
    changes = list(run.changes.order_by("-pk"))
    for change in changes:
        if change.table == RunChange.Table.ROW:
            _undo_row(change)
    for change in changes:
        if change.table == RunChange.Table.CLINIC:
            _undo_clinic(change, result)
    return result


def _undo_row(change: RunChange) -> None:
    row = SourceRow.objects.filter(pk=change.object_id).first()
    if row is None or row.last_run_id != change.run_id:  # a later run has read it again
        return
    if change.before is None:
        row.delete()
        return
    before = dict(change.before)
    if not Clinic.objects.filter(pk=before["clinic_id"]).exists():
        before["clinic_id"] = None
    for name, value in before.items():
        setattr(row, name, value)
    if row_state(row) != change.after:
        row.save()


def _undo_clinic(change: RunChange, result: Undone) -> None:
    clinic = Clinic.objects.select_for_update().filter(pk=change.object_id).first()
    if clinic is None:
        return
    now = state_of(clinic)
    facts: dict[str, list[str]] = {}
    for key in change.after:
        facts.setdefault(fact_behind(key), []).append(key)
    later = {fact for fact, keys in facts.items() if any(now.get(key) != change.after[key] for key in keys)}
    result.kept += [f"{clinic.name}: {fact}" for fact in sorted(later)]
    if change.before is None:
        is_untouched = not later and set(now) <= set(change.after) | {key for key in now if now[key] in (None, "", [])}
        if is_untouched and not SourceRow.objects.filter(clinic=clinic).exists():
            clinic.delete()
            result.deleted += 1
        else:
            close_clinic(clinic=clinic)
            result.closed.append(clinic.name)
        return
    values = {key: change.before[key] for fact, keys in facts.items() if fact not in later for key in keys}
    if "field slug" in values:
        ClinicSlug.objects.filter(clinic=clinic, slug=values["field slug"]).delete()  # it takes its old address back
        ClinicSlug.objects.get_or_create(slug=clinic.slug, defaults={"clinic": clinic})  # the other goes on answering
    write_state(clinic, values)
    PastFact.objects.filter(pk__in=change.past_ids, name__in=facts.keys() - later).delete()
    result.restored += bool(values)
