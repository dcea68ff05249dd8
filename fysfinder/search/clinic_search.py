"""One question about clinics and its answer. Every surface (page, API, FHIR) asks through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fysfinder.search.results import Pairs, Results, Target

if TYPE_CHECKING:
    from fysfinder.places.queries import Place

PAGE_SIZE = 20
Params = Mapping[str, str | Sequence[str]]  # a QueryDict, or a plain dictionary of texts or lists of texts


@dataclass(frozen=True)
class ClinicSearch:
    """A question in canonical form: place, topics and filters that mean something, sort and page."""

    place: Place
    topic_slug: str | None  # the one in the path
    values: Mapping[str, Any]  # filter key → parsed value, in the order of FILTERS; 'emner' includes the path's topic
    sort: str  # '' for best match
    page: int
    now: dt.datetime
    point: tuple[float, float] | None  # where the visitor is, if told

    @classmethod
    def from_query(
        cls,
        *,
        place: Place,
        topic_slug: str | None,
        params: Params,
        now: dt.datetime,
        point: tuple[float, float] | None = None,
    ) -> ClinicSearch:
        """The question of a URL. Never raises: what cannot be read is left out (and so out of the canonical URL)."""
        raise NotImplementedError

    def canonical_path(self) -> tuple[str, str | None]:
        """Place slug and topic slug of the one URL of this question. A lone ?emner=x moves into the path."""
        raise NotImplementedError

    def canonical_pairs(self) -> Pairs:
        """The query of the one URL: known parameters in the order of FILTERS, then naer, sorter, side."""
        raise NotImplementedError

    def target(self) -> Target:
        """Path and pairs together."""
        raise NotImplementedError

    def with_page(self, page: int) -> Target:
        """The same question, another page."""
        raise NotImplementedError

    def with_sort(self, sort: str) -> Target:
        """The same question in another order, from page 1."""
        raise NotImplementedError

    def toggled(self, key: str, value: str) -> Target:
        """The question after clicking one option of a facet on or off, from page 1."""
        raise NotImplementedError

    def sentence(self) -> str:
        """The filters in words, joined by commas: 'har ydernummer, første gang højst 450 kr.'. '' without filters."""
        raise NotImplementedError

    def run(self) -> Results:
        """The answer from this process's columns of the directory."""
        raise NotImplementedError
