"""Everything an import can change of a clinic, as plain JSON values: what a run keeps of before and after."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.bulk import Draft, facts_of, rows_of
from fysfinder.clinics.ledger import plain_rows, write_rows, write_said
from fysfinder.clinics.models import Clinic, Fact, OpeningException, OpeningHours, Price
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import fact_of
from fysfinder.clinics.rows import columns_of
from fysfinder.imports.models import SourceRow

State = dict[str, Any]
FIELDS = tuple(
    dict.fromkeys((
        "name", "slug", "status", "postcode_id", "lat", "lon", "precision", "cvr", "p_number", "sor_id", "ydernummer",
        *(attribute.name for attribute in ATTRIBUTES),
    ))
)  # fmt: skip
_KEYS = tuple(f"field {name}" for name in FIELDS)
_TABLES: Mapping[str, type[Model]] = {
    "rows prices": Price,
    "rows hours": OpeningHours,
    "rows exceptions": OpeningException,
}
_ROW = ("source_id", "raw", "problems", "clinic_id", "last_run_id")


def state_of(clinic: Clinic) -> State:
    """Columns, provenance, prices and hours."""
    return states_of([clinic.pk])[clinic.pk]


def states_of(pks: Iterable[int]) -> dict[int, State]:
    """The states of many clinics in five queries."""
    pks = list(pks)
    columns = Clinic.objects.filter(pk__in=pks).values_list("pk", *FIELDS)
    states = {pk: dict(zip(_KEYS, values, strict=True)) for pk, *values in columns}
    facts = Fact.objects.filter(clinic_id__in=pks).values_list("clinic_id", "name", "source", "how", "confirmed_on")
    for pk, name, source, how, day in facts:
        states[pk][f"fact {name}"] = [source, how, day.isoformat()]
    for key, model in _TABLES.items():
        manager: Any = model._default_manager
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for pk, *values in manager.filter(clinic_id__in=pks).order_by().values_list("clinic_id", *columns_of(model)):
            found[pk].append(tuple(values))
        for pk, state in states.items():
            state[key] = plain_rows(found.get(pk, ()))
    return states


def state_of_new(clinic: Clinic, draft: Draft) -> State:
    """The state of a clinic just made of the draft, as states_of would read it. No query."""
    state: State = {key: getattr(clinic, name) for key, name in zip(_KEYS, FIELDS, strict=True)}
    origin = draft.origin
    said = [origin.source, origin.how, origin.confirmed_on.isoformat()]
    state |= {f"fact {name}": said for name in facts_of(draft)}
    return state | {key: plain_rows(rows_of(draft, model)) for key, model in _TABLES.items()}


def prices_of(state: Mapping[str, Any]) -> list[PriceRow]:
    """The price list of a state, each row with its own source and date."""
    rows = (dict(zip(columns_of(Price), row, strict=True)) for row in state["rows prices"])
    return [PriceRow(**{**row, "confirmed_on": dt.date.fromisoformat(row["confirmed_on"])}) for row in rows]


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[State, State]:
    """Only what differs; a missing key stands as None."""
    keys = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def row_state(row: SourceRow) -> State:
    return {name: getattr(row, name) for name in _ROW}


def fact_behind(key: str) -> str:
    """The fact a key of the state belongs to: its value and its provenance stand and fall together."""
    kind, name = key.split(" ", 1)
    if kind != "field":
        return "hours" if name == "exceptions" else name
    name = {"postcode_id": "postcode", "slug": "name"}.get(name, name)
    return fact_of(name)


def write_state(clinic: Clinic, values: Mapping[str, Any]) -> None:
    """Put the values back as they were. The caller holds the transaction and moves the directory's version."""
    columns = {key.split(" ", 1)[1]: value for key, value in values.items() if key.startswith("field ")}
    for name, value in columns.items():
        setattr(clinic, name, value)
    if columns:
        clinic.save()
    for key, value in values.items():
        kind, name = key.split(" ", 1)
        if kind == "fact":
            write_said(clinic, name, value)
        elif kind == "rows":
            write_rows(clinic, _TABLES[key], value or ())
