"""The directory as columns: what a search reads, one array per fact, one position per clinic.

Positions follow (postcode, neighbourhood): a place is a few slices, the words of its bit sets lie together.
−1 is unknown. Everything here is pure: `directory.py` fills it from the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from fysfinder.base.geo import EARTH_RADIUS_KM
from fysfinder.clinics.cards import WAIT_TRUSTED_DAYS
from fysfinder.search import bits
from fysfinder.search.bits import Bits, Flags, Mask, Rows
from fysfinder.search.hours import Hours
from fysfinder.search.memory import Memory
from fysfinder.search.nearness import Blocks
from fysfinder.search.price_columns import Ore, PriceColumns, no_prices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
T = TypeVar("T")
UNKNOWN = -1
FRESH_DAYS = WAIT_TRUSTED_DAYS
COMMON_TOPICS = 12
MEMO_LIMIT = 512  # remembered masks and option lists; at 100,000 clinics a mask is 12.5 kB
COURSES_LIMIT = 16  # remembered prices of everybody for one visitor; at 100,000 clinics 1.6 MB each


@dataclass(frozen=True, eq=False)
class Tags:
    """Named sets of clinics: one fact each, or the topics, languages or insurers they list."""

    position: dict[str, int]  # name → row of yes
    yes: Bits  # (names, words)
    known: Bits  # (names, words), or (1, words) when one answer covers all names

    def mask(self, name: str) -> Mask:
        """Known yes and known; a name nobody has said anything about is unknown everywhere."""
        row = self.position.get(name)
        if row is None:
            nobody = np.zeros(self.yes.shape[1], dtype=np.uint64)
            return Mask(nobody, self.known[0] if len(self.known) == 1 else nobody)
        return Mask(self.yes[row], self.known[row if len(self.known) > 1 else 0])


@dataclass(frozen=True, eq=False)
class Waits:
    """Days until the next free time and the date it was said (proleptic ordinal), UNKNOWN when not said."""

    days: Ints
    as_of: Ints


@dataclass(frozen=True, eq=False)
class Columns:
    """One version of the directory. Replaced as a whole, never changed; `memo` only remembers what follows from it."""

    version: int
    ids: npt.NDArray[np.int64]
    vectors: Floats  # unit vectors, shape (3, clinics)
    postcodes: dict[str, tuple[int, int]]  # code → first row, row after the last
    name_rank: Ints  # 0 … n−1 in the order A–Å, then id
    facts: Tags
    topics: Tags  # as the clinic says it
    topics_wide: Tags  # with everything under the topic
    languages: Tags
    insurers: Tags
    first_price: Ints  # the lowest price of a first visit in øre, without any subsidy
    waits: Waits
    hours: Hours
    prices: PriceColumns = field(default_factory=lambda: no_prices(0))
    memo: Memory = field(default_factory=lambda: Memory(MEMO_LIMIT))
    courses: Memory = field(default_factory=lambda: Memory(COURSES_LIMIT))

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def x(self) -> Floats:
        axis: Floats = self.vectors[0]
        return axis

    @property
    def y(self) -> Floats:
        axis: Floats = self.vectors[1]
        return axis

    @property
    def z(self) -> Floats:
        axis: Floats = self.vectors[2]
        return axis

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """make() once per key and version, as long as the key is asked for now and then."""
        return self.memo.get(key, make)  # type: ignore[return-value]  # the key names the type

    def remember_course(self, key: Hashable, make: Callable[[], T]) -> T:
        """The same for what is large and one visitor's own: only the last few are kept."""
        return self.courses.get(key, make)  # type: ignore[return-value]  # as above

    def everyone(self) -> Bits:
        return self.remember("everyone", lambda: bits.all_of(self.size))

    def in_postcodes(self, codes: Iterable[str]) -> Bits:
        """Clinics whose address has one of the postcodes."""
        flags = np.zeros(self.size, dtype=np.bool_)
        for code in codes:
            first, after = self.postcodes.get(code, (0, 0))
            flags[first:after] = True
        return bits.pack(flags)

    def fresh_waiting_days(self, today: dt.date, rows: Rows | slice = slice(None)) -> Ints:
        """Days of waiting, UNKNOWN where nothing was said within FRESH_DAYS (or the date lies ahead)."""
        age = today.toordinal() - self.waits.as_of[rows]
        return np.where((age >= 0) & (age <= FRESH_DAYS), self.waits.days[rows], np.int32(UNKNOWN))

    def common_topics(self) -> tuple[str, ...]:
        """The topics most clinics say they offer, most first, then by slug."""
        return self.remember("common topics", self._common_topics)

    def _common_topics(self) -> tuple[str, ...]:
        found = zip(bits.counts(self.topics.yes, self.everyone()), self.topics.position, strict=True)
        return tuple(slug for _, slug in sorted((-number, slug) for number, slug in found)[:COMMON_TOPICS])

    def blocks(self) -> Blocks:
        return self.remember("blocks", lambda: Blocks.of(self.vectors))

    def squares(self, point: tuple[float, float, float], rows: Rows) -> Floats:
        """The square of the chord from a unit vector to some rows: exact also for neighbours."""
        away = self.vectors.take(rows, axis=1)
        away -= np.array(point)[:, np.newaxis]
        away *= away
        result: Floats = np.add.reduce(away, axis=0)
        return result


def kilometres(squares: Floats) -> Floats:
    """Great-circle distances of chords on the unit sphere."""
    result: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(squares) / 2))
    return result


def at_most(low: Ints | Ore, high: Ints | Ore, limit: int) -> Mask:
    """Where a number that lies between low and high is surely not above the limit, and where that is decided."""
    is_within = (low >= 0) & (high <= limit)
    return Mask(bits.pack(is_within), bits.pack(is_within | (low > limit)))


def tags(size: int, entries: Sequence[tuple[str, int]], known: Flags) -> Tags:
    """Tags from (name, row) pairs, where `known` says of whom the list is known at all."""
    names = sorted({name for name, _ in entries})
    position = {name: row for row, name in enumerate(names)}
    flags = np.zeros((len(names), size), dtype=np.bool_)
    if entries:
        flags[[position[name] for name, _ in entries], [row for _, row in entries]] = True
    return Tags(position, bits.pack(flags), bits.pack(known)[np.newaxis, :])


def fact_tags(names: Sequence[str], answers: Sequence[Sequence[bool | None]], size: int) -> Tags:
    """Tags of yes/no/unknown facts; answers[k][row] is the answer to names[k]."""
    table = np.array([[UNKNOWN if a is None else int(a) for a in row] for row in answers], dtype=np.int8)
    table = table.reshape(len(names), size)
    return Tags({name: row for row, name in enumerate(names)}, bits.pack(table == 1), bits.pack(table >= 0))


def widen(direct: Tags, descendants: Callable[[str], Iterable[str]], slugs: Iterable[str]) -> Tags:
    """Topics with everything under them: who offers 'manuel terapi' also offers 'manuel behandling'."""
    rows: list[Bits] = []
    position: dict[str, int] = {}
    for slug in slugs:
        under = [direct.position[each] for each in {slug, *descendants(slug)} if each in direct.position]
        if under:
            position[slug] = len(rows)
            rows.append(np.bitwise_or.reduce(direct.yes[under], axis=0))
    table = np.stack(rows) if rows else np.zeros((0, direct.yes.shape[1]), dtype=np.uint64)
    return Tags(position, table, direct.known)
