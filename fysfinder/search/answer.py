"""The answer to a clinic search: the numbers at once, the words around them when somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from fysfinder.search import bits, relax
from fysfinder.search.facets import AREA, Narrowing, Numbers, counted, facets
from fysfinder.search.filters import FILTER_BY_KEY
from fysfinder.search.results import Chip, FacetGroup, Nearest, Relax, SortChoice
from fysfinder.search.sorting import SORTS, Candidates, match_parts

if TYPE_CHECKING:
    from fysfinder.search.clinic_search import ClinicSearch


@dataclass(frozen=True, eq=False)
class Results:
    """One page of clinic ids in order, with everything the page around them needs. Counts are exact.

    Words are those of the language that is active when they are first asked for.
    """

    search: ClinicSearch
    narrowing: Narrowing
    total: int
    ids: tuple[int, ...]
    distances_km: tuple[float | None, ...]  # one per id; None where the question has no point to measure from
    page: int  # within 1 … page_count, also when a page beyond the last was asked for
    page_count: int  # at least 1
    first_number: int  # '21' of '21–40 af 73'; 0 when there are none
    last_number: int
    shown: Candidates  # what `ids` are of

    @cached_property
    def counts(self) -> Numbers:
        """Of every option of every filter, in the order of its options."""
        return counted(self.narrowing, self.search.values)

    @cached_property
    def match(self) -> tuple[tuple[int, int, int], ...]:
        """One (distance, waiting, topics) in metres per id in the order "best match": why each stands where it does."""
        return () if self.search.sort else tuple(zip(*(part.tolist() for part in match_parts(self.shown)), strict=True))

    @cached_property
    def facets(self) -> tuple[FacetGroup, ...]:
        return facets(self.narrowing, self.search.values, self.counts)

    @cached_property
    def sorts(self) -> tuple[SortChoice, ...]:
        """The orders this question can have, remembered."""
        sort, has_origin = self.search.sort, bool(self.search.origin)
        return self.narrowing.columns.remember(
            ("sorts", sort, has_origin, get_language()),
            lambda: tuple(
                SortChoice(each.value, str(each.label), str(each.explanation), each.value == sort)
                for each in SORTS
                if has_origin or not each.needs_point
            ),
        )

    @property
    def sort(self) -> SortChoice:
        return next(choice for choice in self.sorts if choice.is_chosen)

    @cached_property
    def unknown_left_out(self) -> int:
        """Clinics that would match if everything unknown about them were yes."""
        return self.narrowing.possible() - self.total

    @cached_property
    def relax(self) -> tuple[Relax, ...]:
        """The ways out when nothing was found."""
        return () if self.total else relax.relaxations(self.search, self.narrowing)

    @property
    def nearest(self) -> tuple[Nearest, ...]:
        """The nearest clinics when nothing was found."""
        return self._nearest[0]

    @property
    def nearest_ignores_filters(self) -> bool:
        """No clinic anywhere matches, so `nearest` are simply the nearest ones."""
        return self._nearest[1]

    @cached_property
    def _nearest(self) -> tuple[tuple[Nearest, ...], bool]:
        return ((), False) if self.total else relax.nearest(self.narrowing, self.search.topic_slugs)

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """One chip a filter; where every chosen option must hold, one chip an option."""
        chips = []
        for key, value in self.search.values.items():
            if FILTER_BY_KEY[key].combines == "all":
                chips += [self._chip(key, (one,), tuple(other for other in value if other != one)) for one in value]
            else:
                chips.append(self._chip(key, value, ()))
        return tuple(chips)

    def _chip(self, key: str, piece: object, others: tuple[str, ...]) -> Chip:
        """`others` are what is left of the filter without the chip."""
        each, narrowing = FILTER_BY_KEY[key], self.narrowing
        target = self.search.replacing(key, others or None).target()
        unknown = 0
        if key != AREA:  # where a clinic is is always known
            masks = dict(narrowing.masks)
            masks[key] = each.mask(narrowing.columns, piece, narrowing.asked)
            masks[key] = bits.Mask(~masks[key].known, masks[key].known)
            if others:
                masks["others"] = each.mask(narrowing.columns, others, narrowing.asked)
            unknown = bits.count(replace(narrowing, masks=masks).without(""))
        return Chip(key, each.describe(piece), target, unknown)
