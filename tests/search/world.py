"""A small directory in plain Python: what hypothesis draws, the columns made of it, and a place to ask from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from fysfinder.base.geo import unit_vectors
from fysfinder.base.text import danish_key
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.clinics.opening_rows import SpecialRow, UsualRow
from fysfinder.places.gazetteer import Place
from fysfinder.search.columns import UNKNOWN, Columns, Waits, fact_tags, tags, widen
from fysfinder.search.hours import Hours, hours
from fysfinder.search.price_columns import PriceColumns, no_prices
from fysfinder.search.reading import DOOR, FACTS
from fysfinder.topics.queries import counted_as, taxonomy

NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=COPENHAGEN)  # a Wednesday
AARHUS = Place("aarhus-c", "Aarhus C", "postcode", 56.153, 10.203, 10.0, "i", frozenset({"8000"}))
SAMSOE = Place("samsoe", "Samsø", "island", 55.87, 10.6, None, "på", frozenset({"8305"}))
DENMARK = Place("danmark", "Danmark", "country", 56.0, 10.6, None, "i", frozenset())
NAMES = (DOOR, *FACTS)


@dataclass(frozen=True)
class Known:
    """What is known of one clinic. None is unknown; topics lists what it says it offers, None when it was not asked."""

    id: int
    name: str = "Klinik"
    lat: float = 56.153
    lon: float = 10.203
    postcode: str = "8000"
    facts: dict[str, bool | None] = field(default_factory=dict)
    topics: frozenset[str] | None = None
    languages: tuple[str, ...] | None = None
    insurers: tuple[str, ...] | None = None
    price_ore: int | None = None
    follow_up_ore: int | None = None
    wait: tuple[int, dt.date] | None = None
    week: tuple[UsualRow, ...] = ()
    special: tuple[SpecialRow, ...] = ()


def columns_of(clinics: Sequence[Known]) -> Columns:
    """The columns directory.py would read of them."""
    rows = sorted(clinics, key=lambda clinic: (clinic.postcode, clinic.id))
    size = len(rows)
    vectors = unit_vectors([clinic.lat for clinic in rows], [clinic.lon for clinic in rows])
    topics = tags(
        size,
        [(slug, row) for row, clinic in enumerate(rows) for slug in clinic.topics or ()],
        np.array([clinic.topics is not None for clinic in rows], dtype=bool),
    )
    codes = [clinic.postcode for clinic in rows]
    rank = np.empty(size, dtype=np.int32)
    rank[sorted(range(size), key=lambda row: (danish_key(rows[row].name), rows[row].id))] = range(size)
    waits = [clinic.wait or (UNKNOWN, dt.date.min) for clinic in rows]
    return Columns(
        version=1,
        ids=np.array([clinic.id for clinic in rows], dtype=np.int64),
        vectors=np.ascontiguousarray(vectors.T),
        postcodes={code: (codes.index(code), codes.index(code) + codes.count(code)) for code in set(codes)},
        name_rank=rank,
        facts=fact_tags(NAMES, [[clinic.facts.get(name) for clinic in rows] for name in NAMES], size),
        topics=topics,
        topics_wide=widen(topics, lambda slug: (card.slug for card in counted_as(slug)), taxonomy().topics),
        languages=_listed([clinic.languages for clinic in rows]),
        insurers=_listed([clinic.insurers for clinic in rows]),
        first_price=np.array([UNKNOWN if c.price_ore is None else c.price_ore for c in rows], dtype=np.int32),
        prices=_prices(rows),
        waits=Waits(
            np.array([days for days, _ in waits], dtype=np.int32),
            np.array([as_of.toordinal() for _, as_of in waits], dtype=np.int32),
        ),
        hours=hours_of(rows),
    )


def hours_of(rows: Sequence[Known]) -> Hours:
    return hours(
        len(rows),
        [(row, *each) for row, clinic in enumerate(rows) for each in clinic.week],
        [
            (row, first.toordinal(), last.toordinal(), opens, closes, weekday, yearly)
            for row, clinic in enumerate(rows)
            for first, last, opens, closes, _, weekday, yearly in clinic.special
        ],
    )


def _prices(rows: Sequence[Known]) -> PriceColumns:
    own = {
        name: np.array([UNKNOWN if ore is None else ore for ore in amounts], dtype=np.int32)
        for name, amounts in {
            "first": [clinic.price_ore for clinic in rows],
            "follow_up": [clinic.follow_up_ore for clinic in rows],
        }.items()
    }
    return replace(no_prices(len(rows)), low=own, high=own)


def _listed(lists: list[tuple[str, ...] | None]):
    entries = [(name, row) for row, names in enumerate(lists) for name in names or ()]
    return tags(len(lists), entries, np.array([names is not None for names in lists], dtype=bool))
