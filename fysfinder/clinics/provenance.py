"""Who said a fact, and who wins when two disagree.

The one rule: the clinic itself is the strongest, then the editors, a register, an import, demo data. A weaker origin
never overwrites nor re-dates what a stronger one has said. A stronger one always does; an equal one does unless it
speaks of an earlier day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fysfinder.clinics.attributes import ATTRIBUTES, ROW_FACTS
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.facts import How

STRENGTH: Mapping[str, int] = {How.OWNER: 5, How.EDITOR: 4, How.REGISTER: 3, How.IMPORT: 2, How.DEMO: 1}
FACT_NAMES = frozenset((*ROW_FACTS, *(attribute.name for attribute in ATTRIBUTES)))
# Columns that share one provenance: whoever says where the clinic is, says all of it.
_FACT_OF_FIELD: Mapping[str, str] = {"postcode": "street", "lat": "street", "lon": "street", "precision": "street"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where facts come from: a source in words, how it reached us (How), and the day it was true."""

    source: str
    how: str
    confirmed_on: dt.date

    def __post_init__(self) -> None:
        if self.how not in STRENGTH:
            raise ValueError(f"unknown origin {self.how!r}; one of {', '.join(STRENGTH)}")


def fact_of(field: str) -> str:
    """The fact under which a column's provenance is kept."""
    return _FACT_OF_FIELD.get(field, field)


def accepted(clinic: Clinic, names: Collection[str], origin: Origin) -> set[str]:
    """Those of the facts that this origin may set or confirm. One query."""
    held = {fact.name: fact for fact in Fact.objects.filter(clinic=clinic, name__in=names)}
    return {name for name in names if name not in held or _wins(origin, held[name])}


def _wins(origin: Origin, held: Fact) -> bool:
    mine, theirs = STRENGTH[origin.how], STRENGTH[held.how]
    return mine > theirs or (mine == theirs and origin.confirmed_on >= held.confirmed_on)


def confirm(clinic: Clinic, names: Collection[str], origin: Origin) -> bool:
    """Date the facts and name their source; True when that was news."""
    held = set(
        Fact.objects.filter(
            clinic=clinic, name__in=names, source=origin.source, how=origin.how, confirmed_on=origin.confirmed_on
        ).values_list("name", flat=True)
    )
    news = [
        Fact(clinic=clinic, name=name, source=origin.source, how=origin.how, confirmed_on=origin.confirmed_on)
        for name in sorted(set(names) - held)
    ]
    Fact.objects.bulk_create(
        news,
        update_conflicts=True,
        unique_fields=["clinic", "name"],
        update_fields=["source", "how", "confirmed_on"],
    )
    return bool(news)


def forget(clinic: Clinic, names: Collection[str]) -> bool:
    """An unknown has no provenance: nobody said anything. True when there was one."""
    return bool(Fact.objects.filter(clinic=clinic, name__in=names).delete()[0])
