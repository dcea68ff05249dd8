"""In which order. Every order is a pure function of the visitor's question and documented facts; nothing else enters.

A sort gives each clinic a whole number, smaller first. Equal numbers are settled by distance (by name where there is
no distance), then by the clinic's number. What is unknown comes last. There is no column for payment or for who owns
a profile, so neither can move a clinic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext_lazy as _

from fysfinder.search.bits import Rows, holds
from fysfinder.search.columns import UNKNOWN, Columns, Floats, Ints
from fysfinder.search.course_prices import compared
from fysfinder.search.filters.base import Asked
from fysfinder.search.price_columns import Ore

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Keys = npt.NDArray[np.int64]
LAST = 2**31 - 1
TIE_BITS = 24  # a tie is settled by metres or by the place in A–Å, both below 16.7 million

# The figures of "best match". They are shown on /saadan-rangerer-vi/: change both together.
METRES_A_WAITING_DAY = 500
WAITING_DAYS_WHEN_UNKNOWN = 14
METRES_A_NARROWER_TOPIC = 2_000


@dataclass(frozen=True, eq=False)
class Candidates:
    """What is to be ordered: rows of the columns, their distances if there is a point, and the question."""

    columns: Columns
    rows: Rows
    distances_km: Floats | None
    topics: tuple[str, ...]
    asked: Asked

    @cached_property
    def metres(self) -> Keys:
        if self.distances_km is None:
            return np.zeros(len(self.rows), dtype=np.int64)
        return np.rint(self.distances_km * 1000).astype(np.int64)

    def only(self, chosen: Rows) -> Candidates:
        """Some of them, by their position."""
        distances = None if self.distances_km is None else self.distances_km[chosen]
        return Candidates(self.columns, self.rows[chosen], distances, self.topics, self.asked)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order: its URL value ('' is the default), its words and its numbers."""

    value: str
    label: _StrOrPromise
    explanation: _StrOrPromise
    keys: Callable[[Candidates], Keys]
    needs_point: bool = False


class MatchParts(NamedTuple):
    """What "best match" adds up for each clinic, all in metres. Nothing else enters."""

    distance: Keys
    waiting: Keys
    topics: Keys


def match_parts(candidates: Candidates) -> MatchParts:
    """Metres to travel, 500 more a day of waiting (unknown: 14 days), 2,000 more for a topic met only in part."""
    columns, rows = candidates.columns, candidates.rows
    days = columns.fresh_waiting_days(candidates.asked.today, rows).astype(np.int64)
    waiting = METRES_A_WAITING_DAY * np.where(days == UNKNOWN, WAITING_DAYS_WHEN_UNKNOWN, days)
    topics = np.zeros(len(rows), dtype=np.int64)
    for slug in candidates.topics:
        topics += np.where(holds(columns.topics.mask(slug).yes, rows), 0, METRES_A_NARROWER_TOPIC)
    return MatchParts(candidates.metres, waiting, topics)


def best_match(candidates: Candidates) -> Keys:
    """The parts added up: the smallest sum comes first."""
    parts = match_parts(candidates)
    return np.asarray(parts.distance + parts.waiting + parts.topics, dtype=np.int64)


def distance(candidates: Candidates) -> Keys:
    return candidates.metres


def price(candidates: Candidates) -> Keys:
    """My course when I have answered who I am (what it may cost at most), else the first visit without subsidy."""
    columns, course = candidates.columns, candidates.asked.course
    ore = columns.first_price if course is None else compared(columns, course).high
    return known_first(ore[candidates.rows])


def waiting(candidates: Candidates) -> Keys:
    return known_first(candidates.columns.fresh_waiting_days(candidates.asked.today, candidates.rows))


def name(candidates: Candidates) -> Keys:
    return candidates.columns.name_rank[candidates.rows].astype(np.int64)


def known_first(values: Ints | Ore) -> Keys:
    """The numbers as keys; unknown ones after every known one."""
    return np.where(values == UNKNOWN, LAST, values.astype(np.int64))


SORTS: tuple[Sort, ...] = (
    Sort(
        "",
        _("Bedste match"),
        _(
            "Afstand og ventetid lagt sammen: en dags ventetid tæller som en halv kilometer, "
            "ukendt ventetid, og en oplyst for over 60 dage siden, som 14 dage. "
            "Tilbyder klinikken kun et emne under det, du søger, tæller det som to kilometer. "
            "Uden et sted at måle fra tæller kun ventetid og emne."
        ),
        best_match,
    ),
    Sort("afstand", _("Afstand"), _("Nærmeste først, målt i luftlinje."), distance, needs_point=True),
    Sort(
        "ventetid",
        _("Ventetid"),
        _("Korteste ventetid først. Ukendt ventetid, og ventetid oplyst for over 60 dage siden, til sidst."),
        waiting,
    ),
    Sort(
        "pris",
        _("Pris"),
        _(
            "Har du svaret på din situation: laveste pris for hele dit forløb først. "
            "Ellers laveste pris for første besøg uden tilskud. Ukendt pris til sidst. "
            "Afhænger prisen af noget, vi ikke ved, tæller den højeste, den kan blive. "
            "En sundhedsforsikring er ikke regnet med."
        ),
        price,
    ),
    Sort("navn", _("Navn"), _("Efter navn fra A til Å."), name),
)
SORT_BY_VALUE = {each.value: each for each in SORTS}


def ordered(sort: Sort, candidates: Candidates, *, first: int, after: int) -> npt.NDArray[np.intp]:
    """Positions within candidates.rows of numbers first … after−1 in the order, without sorting the rest."""
    columns, rows = candidates.columns, candidates.rows
    ties = candidates.metres if candidates.distances_km is not None else columns.name_rank[rows].astype(np.int64)
    keys = (sort.keys(candidates) << TIE_BITS) | np.minimum(ties, 2**TIE_BITS - 1)
    chosen = np.arange(len(rows))
    if after < len(rows):
        chosen = np.flatnonzero(keys <= np.partition(keys, after - 1)[after - 1])
    order = np.lexsort((columns.ids[rows[chosen]], keys[chosen]))
    return chosen[order[first:after]]
