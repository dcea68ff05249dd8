"""Who said a fact, and who wins when two disagree.

The one rule, for a word that is said and the word that is held (the table stands in docs/architecture.md):

1. Demo data never stands against anything else.
2. Of two equally strong words the one of the later day wins; of the same day, the one said last.
3. Else the stronger wins: the clinic itself, then the editors (and visitors' reports they have checked), a register,
   an import. Unless the stronger has lapsed: it is of a day more than twice the fact's interval
   (attributes.confirm_days) before the other's. Nobody has confirmed it for so long that a newer word is better.

What loses neither overwrites nor dates anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from fysfinder.base.insert import insert_rows
from fysfinder.clinics.attributes import ATTRIBUTES, ROW_FACTS, confirm_days
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.facts import How

STRENGTH: Mapping[str, int] = {
    How.OWNER: 5,
    How.EDITOR: 4,
    How.VISITOR: 4,  # an editor has checked it
    How.REGISTER: 3,
    How.IMPORT: 2,
    How.DEMO: 1,
}
LAPSES_AFTER = 2  # intervals
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


class Word(Protocol):
    """What is said now: an Origin, or another clinic's Fact."""

    @property
    def how(self) -> str: ...

    @property
    def confirmed_on(self) -> dt.date: ...


class HeldWord(Word, Protocol):
    """What is held: a Fact, or what was read of one."""

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> str: ...


class Held(NamedTuple):
    """A Fact's columns, for reading many."""

    name: str
    source: str
    how: str
    confirmed_on: dt.date


def wins(said: Word, held: HeldWord) -> bool:
    """Whether what is said now takes the place of what is held."""
    mine, theirs = STRENGTH[said.how], STRENGTH[held.how]
    if mine == theirs:
        return said.confirmed_on >= held.confirmed_on
    stronger, weaker = (said, held) if mine > theirs else (held, said)
    lapse = dt.timedelta(days=LAPSES_AFTER * confirm_days(held.name))
    has_lapsed = weaker.how != How.DEMO and weaker.confirmed_on - stronger.confirmed_on > lapse
    return (stronger is said) != has_lapsed


def held_facts(clinic: Clinic, names: Collection[str]) -> dict[str, Fact]:
    """What is known of where these facts come from. One query."""
    return {fact.name: fact for fact in Fact.objects.filter(clinic=clinic, name__in=names)}


def accepted(held: Mapping[str, HeldWord], names: Collection[str], origin: Origin) -> set[str]:
    """Those of the facts that this origin may set or confirm."""
    return {name for name in names if name not in held or wins(origin, held[name])}


def is_news(origin: Origin, held: HeldWord) -> bool:
    """Whether it is another source, way or day than what is held."""
    return (held.source, held.how, held.confirmed_on) != (origin.source, origin.how, origin.confirmed_on)


def confirm(clinic: Clinic, names: Collection[str], origin: Origin) -> bool:
    """Date the facts and name their source; True when that was news."""
    held = held_facts(clinic, names)
    news = sorted(name for name in set(names) if name not in held or is_news(origin, held[name]))
    write_facts((clinic.pk, name, origin) for name in news)
    return bool(news)


def write_facts(said: Iterable[tuple[int, str, Origin]]) -> None:
    """Of (clinic's id, fact, origin): new, or in the place of what was held. Who may is the caller's to know."""
    insert_rows(
        Fact,
        ("clinic_id", "name", "source", "how", "confirmed_on"),
        ((pk, name, origin.source, origin.how, origin.confirmed_on) for pk, name, origin in said),
        unique=("clinic", "name"),
    )


def forget(clinic: Clinic, names: Collection[str]) -> bool:
    """An unknown has no provenance: nobody said anything. True when there was one."""
    return bool(Fact.objects.filter(clinic=clinic, name__in=names).delete()[0])
