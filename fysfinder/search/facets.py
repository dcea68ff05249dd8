"""Live counts: for every option of every filter, the exact total you would get by choosing it too.

How chosen options of one filter work together decides what "too" means:
- one: the option instead of the present one (maks-pris=600 instead of 450);
- all: the option besides the chosen ones (trinfri and also parkering);
- any: the option or the chosen ones (English or also Arabic).
A chosen option of 'one' and 'all' therefore shows the present total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any

import numpy as np
from django.utils.translation import get_language

from fysfinder.search import bits
from fysfinder.search.area import Area, Circle, square_of, squares_of
from fysfinder.search.bits import Bits, Mask, Rows
from fysfinder.search.columns import Columns, Floats, kilometres
from fysfinder.search.filters import FILTER_BY_KEY, FILTERS
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.filters.kinds import steps_with
from fysfinder.search.filters.radius import RADIUS, STEPS_KM
from fysfinder.search.filters.topics import TOPICS
from fysfinder.search.results import FacetGroup, FacetOption

AREA = RADIUS.key  # the place's borders and the radius answer the same question: where
PLACE = "sted"  # what a place asks besides: 'online' asks for clinics that treat online
FURTHEST_KM = 20_100  # further than anywhere on the earth
Numbers = Mapping[str, list[int]]  # filter key → the count of each option


@dataclass(frozen=True, eq=False)
class Narrowing:
    """The masks of one question: the area, and every active filter under its key."""

    columns: Columns
    asked: Asked
    area: Area
    masks: Mapping[str, Mask]

    def without(self, *keys: str) -> Bits:
        """Clinics that meet the question when some filters, or the AREA, are left out."""
        sets = [mask.yes for key, mask in self.masks.items() if key not in keys]
        found = reduce(and_, sets) if sets else self.columns.everyone()
        return found if AREA in keys else self.area.cut(found)

    def possible(self) -> int:
        """Clinics that would meet the question if everything unknown about them were yes."""
        found = self.columns.everyone()
        for mask in self.masks.values():
            found = found & (mask.yes | ~mask.known)
        return bits.count(self.area.cut(found))

    @cached_property
    def found(self) -> Found:
        """Clinics that meet the whole question, each measured once."""
        rest, point = self.without(AREA), self.asked.point
        if point is None:
            inside = self.area.cut(rest)
            return Found(inside, bits.rows_of(inside, self.columns.size), None, [])
        steps = steps_with(STEPS_KM, self.radius_km)
        rows, squares = Circle(self.columns, point, steps[-1]).measured(rest)
        within = np.add.reduce(squares <= squares_of(steps), axis=1, dtype=np.int64).tolist()
        if isinstance(self.area, Circle):
            is_inside = squares <= square_of(self.area.radius_km)
            rows, squares = rows[is_inside], squares[is_inside]
            return Found(bits.of_rows(rows, self.columns.size), rows, kilometres(squares), within)
        inside = self.area.cut(rest)
        rows, squares = Circle(self.columns, point, FURTHEST_KM).measured(inside)
        return Found(inside, rows, kilometres(squares), within)

    @property
    def radius_km(self) -> int | None:
        return int(self.area.radius_km) if isinstance(self.area, Circle) else None


@dataclass(frozen=True, eq=False)
class Found:
    """Some clinics, as a set and as rows, and how many an otherwise equal question finds within each offered radius."""

    clinics: Bits
    rows: Rows
    distances_km: Floats | None  # where there is a point to measure from
    within: list[int]


def options_of(each: Filter[Any], columns: Columns, value: Any) -> tuple[Option, ...]:
    """What the filter offers, in the language of the page, remembered."""
    return columns.remember(("options", each.key, value, get_language()), lambda: each.options(columns, value))


def choices_of(each: Filter[Any], columns: Columns, value: Any) -> tuple[Any, ...]:
    """The values behind the filter's options, remembered: the same in every language."""
    return columns.remember(
        ("choices", each.key, value),
        lambda: tuple(each.parse([option.value]) for option in each.options(columns, value)),
    )


def counted(narrowing: Narrowing, values: Mapping[str, Any]) -> Numbers:
    """The total that each option of each filter would give."""
    found = bits.Within(narrowing.found.clinics)
    table, spans = _table(narrowing)
    total = found.counts(table)
    numbers = {key: total[first:after] for key, first, after in spans}
    numbers[TOPICS.key] = _topic_counts(narrowing.columns, values.get(TOPICS.key), found)
    if narrowing.asked.point is not None:
        numbers[AREA] = narrowing.found.within
    for key, value in values.items():
        if key != AREA and FILTER_BY_KEY[key].combines != "all":
            numbers[key] = _instead(FILTER_BY_KEY[key], narrowing, value)
    return numbers


def _table(narrowing: Narrowing) -> tuple[Bits, list[tuple[str, int, int]]]:
    """The sets of all options but topics and radii as if nothing were chosen, and which rows are whose.

    Opening hours follow the clock and prices the visitor, so it is made again each minute.
    """

    def make() -> tuple[Bits, list[tuple[str, int, int]]]:
        sets, spans, first = [], [], 0
        for each in FILTERS:
            if each.key not in (AREA, TOPICS.key):
                sets.append(_sets(each, narrowing, choices_of(each, narrowing.columns, None)))
                spans.append((each.key, first, first + len(sets[-1])))
                first += len(sets[-1])
        return np.concatenate(sets), spans

    return narrowing.columns.remember_course(("options", narrowing.asked.minute, narrowing.asked.course), make)


def _sets(each: Filter[Any], narrowing: Narrowing, values: Sequence[Any]) -> Bits:
    """The bit sets of the options, one row each."""
    words = bits.word_count(narrowing.columns.size)
    masks = [each.mask(narrowing.columns, value, narrowing.asked).yes for value in values]
    return np.stack(masks) if masks else np.zeros((0, words), dtype=np.uint64)


def _topic_counts(columns: Columns, value: Any, found: bits.Within) -> list[int]:
    """Of the offered topics; one that no clinic has counts none."""
    wide = columns.topics_wide

    def make() -> tuple[Rows, list[bool]]:
        slugs = [option.value for option in TOPICS.options(columns, value)]
        rows = np.array([wide.position.get(slug, 0) for slug in slugs], dtype=np.intp)
        return rows, [slug in wide.position for slug in slugs]

    rows, is_offered = columns.remember(("topic rows", value), make)
    if not wide.position:
        return [0] * len(rows)
    return [count * offers for count, offers in zip(found.counts(wide.yes, rows), is_offered, strict=True)]


def _instead(each: Filter[Any], narrowing: Narrowing, value: Any) -> list[int]:
    """Of a filter in use: its options in the place of what is chosen, or where any one is enough besides it."""
    choices = choices_of(each, narrowing.columns, value)
    if each.combines == "one" and choices == (value,):
        return [len(narrowing.found.rows)]
    sets = _sets(each, narrowing, choices)
    if each.combines == "any":
        sets = sets | narrowing.masks[each.key].yes
    return bits.counts(sets, narrowing.without(each.key))


def facets(narrowing: Narrowing, values: Mapping[str, Any], numbers: Numbers) -> tuple[FacetGroup, ...]:
    """The counts with their words: one group for each filter, `numbers` are `counted` for the same question."""
    values = {**values, AREA: narrowing.radius_km}
    return tuple(
        _group(each, narrowing.columns, values.get(each.key), numbers[each.key])
        for each in FILTERS
        if each.key in numbers
    )


def _group(each: Filter[Any], columns: Columns, value: Any, numbers: Sequence[int]) -> FacetGroup:
    """The filter with its options and counts."""
    label, explanation = columns.remember(
        ("words", each.key, get_language()), lambda: (str(each.label), str(each.explanation))
    )
    text = "" if value is None else each.text(value)
    chosen = text.split(",")
    return FacetGroup(
        key=each.key,
        label=label,
        explanation=explanation,
        combines=each.combines,
        text=text,
        options=tuple(
            FacetOption(option.value, option.label, number, option.value in chosen)
            for option, number in zip(options_of(each, columns, value), numbers, strict=True)
        ),
    )
