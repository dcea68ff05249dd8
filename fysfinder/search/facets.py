"""Live counts: for every option of every filter, the exact total you would get by choosing it too.

How chosen options of one filter work together decides what "too" means:
- one: the option instead of the present one (maks-pris=600 instead of 450);
- all: the option besides the chosen ones (trinfri and also parkering);
- any: the option or the chosen ones (English or also Arabic).
A chosen option of 'one' and 'all' therefore shows the present total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import get_language

from fysfinder.search import bits
from fysfinder.search.bits import Bits, Mask
from fysfinder.search.columns import Columns
from fysfinder.search.filters import FILTERS
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.results import FacetGroup, FacetOption

AREA = "radius"  # the place's borders and the radius answer the same question: where


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

    def unknown_left_out(self, key: str) -> int:
        """Clinics that meet the rest, and of whom this one thing is not known."""
        return bits.count(self.without(key) & ~self.masks[key].known)

    def possible(self) -> int:
        """Clinics that would meet the question if everything unknown about them were yes."""
        found = self.columns.everyone()
        for mask in self.masks.values():
            found = found & (mask.yes | ~mask.known)
        return bits.count(found)


def option_sets(each: Filter[Any], columns: Columns, asked: Asked, options: tuple[Option, ...]) -> Bits:
    """The bit sets of the options, one row each; remembered unless they depend on where one stands."""

    def make() -> Bits:
        masks = [each.mask(columns, each.parse([option.value]), asked).yes for option in options]
        return np.stack(masks) if masks else np.zeros((0, bits.word_count(columns.size)), dtype=np.uint64)

    if each.key == AREA:
        return make()
    key = ("sets", each.key, tuple(option.value for option in options), each.moment(asked))
    return columns.remember(key, make)


def facet_options(each: Filter[Any], columns: Columns, value: Any) -> tuple[Option, ...]:
    """The filter's options in the language of the page, remembered."""
    return columns.remember(("options", each.key, value, get_language()), lambda: each.options(columns, value))


def facets(narrowing: Narrowing, values: Mapping[str, Any], found: Bits) -> tuple[FacetGroup, ...]:
    """One group for each filter; `found` is narrowing.everything()."""
    return tuple(
        facet(each, narrowing, values.get(each.key), found)
        for each in FILTERS
        if each.key != AREA or narrowing.asked.point is not None
    )


def facet(each: Filter[Any], narrowing: Narrowing, value: Any, found: Bits) -> FacetGroup:
    """The options of one filter with their counts."""
    columns = narrowing.columns
    options = facet_options(each, columns, value)
    sets = option_sets(each, columns, narrowing.asked, options)
    within = found
    if (value is not None and each.combines != "all") or each.key == AREA:
        within = narrowing.without(each.key)
    if value is not None and each.combines == "any":
        sets = sets | narrowing.masks[each.key].yes
    text = "" if value is None else each.text(value)
    chosen = set(text.split(",")) if text else set()
    return FacetGroup(
        key=each.key,
        label=str(each.label),
        explanation=str(each.explanation),
        combines=each.combines,
        text=text,
        options=tuple(
            FacetOption(option.value, option.label, number, option.value in chosen)
            for option, number in zip(options, bits.counts(sets, within), strict=True)
        ),
    )
