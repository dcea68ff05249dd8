"""Every fact of a clinic as one plain JSON value, with who said it: what is kept of the past, merged and taken back.

A fact that is columns is {column: value}; one that is rows is {table: [[value, …], …]}, sorted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from fysfinder.base.prepared import Prepared
from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.cards import Past
from fysfinder.clinics.models import (
    Clinic,
    ClinicTopic,
    Fact,
    OpeningException,
    OpeningHours,
    PastFact,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.clinics.rows import columns_of

Value = dict[str, Any]
State = dict[str, Any]  # {"value": Value, "said": [source, how, day] or None}

_TABLES: Mapping[str, tuple[type[Model], ...]] = {
    "prices": (Price,),
    "hours": (OpeningHours, OpeningException),
    "topics": (ClinicTopic,),
    "waiting": (WaitingTime,),
    "team": (TeamMember,),
}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    **{attribute.name: (attribute.name,) for attribute in ATTRIBUTES},
    "street": ("street", "postcode_id", "lat", "lon", "precision"),
}
FACTS = (*_COLUMNS, *_TABLES)
_PLACE = {"postcode_id", "lat", "lon", "precision"}  # always there
_DATES = {"confirmed_on", "as_of", "source"}  # said again with another date it is still the same


def value_of(clinic: Clinic, fact: str) -> Value:
    """The fact's value now. No query for columns, one per table for rows."""
    if fact in _COLUMNS:
        return {name: getattr(clinic, name) for name in _COLUMNS[fact]}
    return {model.__name__: _rows(clinic, model) for model in _TABLES[fact]}


def _rows(clinic: Clinic, model: type[Model]) -> list[list[Any]]:
    manager: Any = model._default_manager
    return plain_rows(manager.filter(clinic=clinic).order_by().values_list(*columns_of(model)))


def plain_rows(found: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    """Rows of columns_of as JSON values, in one order."""
    plain = ([value.isoformat() if isinstance(value, dt.date) else value for value in row] for row in found)
    return sorted(plain, key=repr)


def is_nothing(value: Value) -> bool:
    """Unknown: nothing was said before."""
    return all(part in (None, "", []) for name, part in value.items() if name not in _PLACE)


def is_same(fact: str, a: Value, b: Value) -> bool:
    """They say the same, whatever the dates and sources of single rows."""
    if fact in _COLUMNS:
        return a == b
    return all(_undated(model, a) == _undated(model, b) for model in _TABLES[fact])


def _undated(model: type[Model], value: Value) -> list[list[Any]]:
    kept = [number for number, column in enumerate(columns_of(model)) if column not in _DATES]
    return [[row[number] for number in kept] for row in value.get(model.__name__, [])]


def keep(clinic: Clinic, values: Mapping[str, Value], held: Mapping[str, Fact], replaced_by: str) -> list[PastFact]:
    """Write down what facts said until now; those of which nothing was known are left out."""
    return PastFact.objects.bulk_create(past_facts(clinic, values, held, replaced_by))


def past_facts(
    clinic: Clinic, values: Mapping[str, Value], held: Mapping[str, Fact], replaced_by: str
) -> list[PastFact]:
    """The same, not yet written."""
    return [
        PastFact(
            clinic=clinic,
            name=fact,
            value=value,
            source=held[fact].source if fact in held else "",
            how=held[fact].how if fact in held else "",
            confirmed_on=held[fact].confirmed_on if fact in held else None,
            replaced_by=replaced_by,
        )
        for fact, value in values.items()
        if not is_nothing(value)
    ]


_PAST = Prepared(
    PastFact,
    lambda ids: (
        PastFact.objects.filter(clinic__in=ids).order_by("pk").values_list("name", "value", "source", "confirmed_on")
    ),
)


def past_of(clinic_id: int) -> dict[str, Past]:
    """What each changed fact last said before. One query."""
    return {name: Past(*past) for name, *past in _PAST([clinic_id])}


def states_of(clinic: Clinic, facts: Iterable[str] = FACTS) -> dict[str, State]:
    """Facts with who said them. Seven queries for all."""
    said = Fact.objects.filter(clinic=clinic).values_list("name", "source", "how", "confirmed_on")
    by_name = {name: [source, how, day.isoformat()] for name, source, how, day in said}
    return {fact: {"value": value_of(clinic, fact), "said": by_name.get(fact)} for fact in facts}


def write_state(clinic: Clinic, fact: str, state: State) -> None:
    """Put a fact back as it was. The caller holds the transaction, saves the clinic and moves the version."""
    for name in _COLUMNS.get(fact, ()):
        setattr(clinic, name, state["value"][name])
    for model in _TABLES.get(fact, ()):
        write_rows(clinic, model, state["value"].get(model.__name__, ()))
    write_said(clinic, fact, state["said"])


def write_rows(clinic: Clinic, model: type[Model], rows: Iterable[Sequence[Any]]) -> None:
    """In the place of those there are. rows: as plain_rows; what was kept before a column was there has its default."""
    manager: Any = model._default_manager
    manager.filter(clinic=clinic).delete()
    named = (dict(zip(columns_of(model), row, strict=False)) for row in rows)
    manager.bulk_create([model(clinic=clinic, **_typed(row)) for row in named])


def write_said(clinic: Clinic, fact: str, said: Sequence[str] | None) -> None:
    """Who said the fact, how and when; None: nobody."""
    Fact.objects.filter(clinic=clinic, name=fact).delete()
    if said:
        source, how, day = said
        Fact.objects.create(clinic=clinic, name=fact, source=source, how=how, confirmed_on=dt.date.fromisoformat(day))


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    days = {"confirmed_on", "as_of", "first_day", "last_day"}
    return {name: dt.date.fromisoformat(v) if name in days and isinstance(v, str) else v for name, v in row.items()}
