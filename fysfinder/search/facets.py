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
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import get_language

from fysfinder.search import bits
from fysfinder.search.bits import Bits, Mask
from fysfinder.search.columns import Columns
from fysfinder.search.filters import FILTERS
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.results import FacetGroup, FacetOption

AREA = "radius"  # the place's borders and the radius answer the same question: where
PLACE = "sted"  # what a place asks besides: 'online' asks for clinics that treat online


@dataclass(frozen=True, eq=False)
class Narrowing:
    """The masks of one question: the area under AREA and every active filter under its key."""

    columns: Columns
    asked: Asked
    masks: Mapping[str, Mask]

    def everything(self) -> Bits:
        """Clinics that meet the whole question."""
        return self.without("")

    def without(self, *keys: str) -> Bits:
        """Clinics that meet it when some filters are left out."""
        found = self.columns.everyone()
        for key, mask in self.masks.items():
            if key not in keys:
                found = found & mask.yes
        return found

    def possible(self) -> int:
        """Clinics that would meet the question if everything unknown about them were yes."""
        found = self.columns.everyone()
        for mask in self.masks.values():
            found = found & (mask.yes | ~mask.known)
        return bits.count(found)


class Choices(NamedTuple):
    """What a filter offers in one language, and the value behind each option."""

    options: tuple[Option, ...]
    values: tuple[Any, ...]


def option_sets(each: Filter[Any], columns: Columns, asked: Asked, values: Sequence[Any]) -> Bits:
    """The bit sets of the options, one row each."""
    masks = [each.mask(columns, value, asked).yes for value in values]
    return np.stack(masks) if masks else np.zeros((0, bits.word_count(columns.size)), dtype=np.uint64)


def choices_of(each: Filter[Any], columns: Columns, value: Any, language: str) -> Choices:
    """The filter's options in the language of the page, remembered."""

    def make() -> Choices:
        options = each.options(columns, value)
        return Choices(options, tuple(each.parse([option.value]) for option in options))

    return columns.remember(("options", each.key, value, language), make)


def words_of(each: Filter[Any], columns: Columns, language: str) -> tuple[str, str]:
    """Label and explanation in the language of the page, remembered."""
    return columns.remember(("words", each.key, language), lambda: (str(each.label), str(each.explanation)))


def facets(narrowing: Narrowing, values: Mapping[str, Any], found: Bits) -> tuple[FacetGroup, ...]:
    """One group for each filter; `found` is narrowing.everything()."""
    language = get_language() or ""
    unused = fixed_counts(narrowing, found)
    groups = []
    for each in FILTERS:
        if each.key == AREA and narrowing.asked.point is None:
            continue
        value = values.get(each.key)
        choices = choices_of(each, narrowing.columns, value, language)
        is_unused = value is None and each.key in unused
        numbers = unused[each.key] if is_unused else counts(each, narrowing, value, choices.values, found)
        groups.append(group(each, words_of(each, narrowing.columns, language), value, choices.options, numbers))
    return tuple(groups)


def fixed_counts(narrowing: Narrowing, found: Bits) -> dict[str, list[int]]:
    """Counts of all fixed filters as if unused, by one pass over one table that is made once per directory."""
    columns = narrowing.columns

    def make() -> tuple[Bits, list[tuple[str, int, int]]]:
        tables, spans, first = [], [], 0
        for each in FILTERS:
            if each.is_fixed:
                tables.append(option_sets(each, columns, narrowing.asked, choices_of(each, columns, None, "").values))
                spans.append((each.key, first, first + len(tables[-1])))
                first += len(tables[-1])
        return np.concatenate(tables), spans

    table, spans = columns.remember("fixed options", make)
    numbers = bits.counts(table, found)
    return {key: numbers[first:after] for key, first, after in spans}


def counts(each: Filter[Any], narrowing: Narrowing, value: Any, offered: Sequence[Any], found: Bits) -> list[int]:
    """The total that each option would give."""
    sets = option_sets(each, narrowing.columns, narrowing.asked, offered)
    within = found
    if (value is not None and each.combines != "all") or each.key == AREA:
        within = narrowing.without(each.key)
    if value is not None and each.combines == "any":
        sets = sets | narrowing.masks[each.key].yes
    return bits.counts(sets, within)


def group(
    each: Filter[Any], words: tuple[str, str], value: Any, options: Sequence[Option], numbers: Sequence[int]
) -> FacetGroup:
    """The filter with its options and counts."""
    text = "" if value is None else each.text(value)
    chosen = text.split(",")
    return FacetGroup(
        key=each.key,
        label=words[0],
        explanation=words[1],
        combines=each.combines,
        text=text,
        options=tuple(
            FacetOption(option.value, option.label, number, option.value in chosen)
            for option, number in zip(options, numbers, strict=True)
        ),
    )
