"""A run as staff read it: its counts, what each clinic became, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.clinics import ledger, ledger_words
from fysfinder.clinics.attributes import fact_label
from fysfinder.clinics.models import Clinic
from fysfinder.imports.models import ImportRun
from fysfinder.imports.states import fact_behind

MOST_SHOWN = 500
# Columns that are no fact of their own: of a new clinic they say nothing a person would look for.
_PLAIN = {
    "slug": gettext_lazy("Sidens adresse"),
    "postcode_id": gettext_lazy("Postnummer"),
    "lat": gettext_lazy("Breddegrad"),
    "lon": gettext_lazy("Længdegrad"),
    "precision": gettext_lazy("Nøjagtighed"),
    "status": gettext_lazy("Status"),
}


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClinicChange:
    name: str
    clinic_id: int | None  # None: it has been deleted since
    is_new: bool
    lines: tuple[Line, ...]


def counts_of(run: ImportRun) -> list[tuple[str, int]]:
    """What was read, added, changed, closed, conflicting …, in words."""
    labels = {
        "rows": _("Rækker"),
        "created": _("Nye"),
        "updated": _("Ændrede"),
        "closed": _("Lukkede"),
        "conflicts": _("I modstrid"),
        "unchanged": _("Uændrede"),
        "left_out": _("Udeladt"),
        "problems": _("Ikke forstået"),
    }
    return [(label, run.counts[name]) for name, label in labels.items() if name in run.counts]


def changes_of(run: ImportRun) -> list[ClinicChange]:
    """The first MOST_SHOWN clinics the run made or changed."""
    changes = list(run.changes.filter(table="clinic")[:MOST_SHOWN])
    names = dict(Clinic.objects.filter(pk__in=[change.object_id for change in changes]).values_list("pk", "name"))
    return [
        ClinicChange(
            names.get(change.object_id) or str(change.after.get("field name") or change.object_id),
            change.object_id if change.object_id in names else None,
            change.before is None,
            lines or (Line(_("Dato eller kilde"), "", _("bekræftet igen")),),
        )
        for change in changes
        for lines in [tuple(_lines(change.before, change.after))]
    ]


def _lines(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Line]:
    found = []
    for key, value in after.items():
        kind, _space, name = key.partition(" ")
        is_said = value not in (None, "", [])
        is_plain = kind == "field" and name in _PLAIN
        if kind == "fact" or (before is None and (is_plain or not is_said)):
            continue
        old = "" if before is None else _words(key, before.get(key))
        label = str(_PLAIN[name]) if is_plain else fact_label(fact_behind(key)) or name
        found.append(Line(label, old, _words(key, value)))
    return found


def _words(key: str, value: Any) -> str:
    kind, _space, name = key.partition(" ")
    if kind == "rows":
        table = {"prices": "Price", "hours": "OpeningHours", "exceptions": "OpeningException"}[name]
        held = {"OpeningHours": [], table: value or []}
        return ledger_words.value_words(fact_behind(key), held)
    if kind == "field" and name in ledger.FACTS:
        return ledger_words.value_words(name, {name: value})
    return "–" if value in (None, "") else str(value)


def problems_of(run: ImportRun) -> list[dict[str, Any]]:
    """What of the rows could not be read: row, column, value, message."""
    rows = run.rows.exclude(problems=[])[:MOST_SHOWN]
    return [problem for row in rows for problem in row.problems]
