"""One question about clinics and its answer. Every surface (page, API, FHIR) asks through here.

A question has one canonical URL: known parameters in the order of FILTERS, the answers of situation.py, then naer,
sorter, side. What means nothing (an unknown language, a negative price, a radius in the whole country) is left out, so
the view's 301 drops it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fysfinder.places.gazetteer import Place
from fysfinder.search import area
from fysfinder.search.answer import Results
from fysfinder.search.area import Area, Borders, Circle, Point
from fysfinder.search.columns import Columns
from fysfinder.search.directory import directory
from fysfinder.search.facets import AREA, PLACE, Narrowing
from fysfinder.search.filters import FILTER_BY_KEY, FILTERS
from fysfinder.search.filters.base import Asked
from fysfinder.search.filters.kinds import whole_number
from fysfinder.search.filters.online import ONLINE
from fysfinder.search.filters.topics import MAX_TOPICS, TOPICS
from fysfinder.search.results import Pairs, Target
from fysfinder.search.situation import NO_ANSWERS, Answers
from fysfinder.search.sorting import SORT_BY_VALUE, SORTS, Candidates, ordered
from fysfinder.topics.queries import get_topic

PAGE_SIZE = 20
HIGHEST_PAGE = 100_000
NEAR, SORT, PAGE = "naer", "sorter", "side"
Params = Mapping[str, str | Sequence[str]]  # a QueryDict, or a plain dictionary of texts or lists of texts
_POINT = re.compile(r"(\d{2}(?:\.\d{1,12})?),(\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
_DENMARK = (54.0, 58.5, 7.0, 16.0)  # south, north, west, east


@dataclass(frozen=True)
class ClinicSearch:
    """A question in canonical form: place, topics and filters that mean something, sort and page."""

    place: Place
    topic_slug: str | None  # the one in the path
    values: Mapping[str, Any]  # filter key → parsed value, in the order of FILTERS; 'emner' includes the path's topic
    sort: str  # '' for best match
    page: int
    now: dt.datetime
    point: Point | None  # where the visitor is, if told: rounded to about 100 metres
    answers: Answers = NO_ANSWERS  # who the visitor is and what they plan, if told: then prices are their own

    @classmethod
    def from_query(
        cls, *, place: Place, topic_slug: str | None, params: Params, now: dt.datetime, point: Point | None = None
    ) -> ClinicSearch:
        """The question of a URL. Never raises: what cannot be read is left out (and so out of the canonical URL)."""
        values = {}
        for key in params:
            each = FILTER_BY_KEY.get(key)
            value = each.parse(_texts(params, key)) if each else None
            if value is not None:
                values[key] = value
        if topic_slug is not None and get_topic(topic_slug):
            values = {TOPICS.key: _with_first(topic_slug, values.get(TOPICS.key, ())), **values}
            values[TOPICS.key] = _with_first(topic_slug, values[TOPICS.key])
        point = _rounded(point) if point else _read_point(_texts(params, NEAR))
        sort = next(iter(_texts(params, SORT)), "")
        page = whole_number(_texts(params, PAGE), HIGHEST_PAGE) or 1
        search = cls(place, None, values, sort, page, now, point, Answers.read(params))
        return search._settled()

    def _settled(self) -> ClinicSearch:
        """Without what means nothing here; the first topic in the path."""
        values = dict(self.values)
        if values.get(AREA) == area.usual_radius_km(self.place, self.point) or not self.origin:
            values.pop(AREA, None)
        sort = SORT_BY_VALUE.get(self.sort)
        if sort is None or (sort.needs_point and not self.origin):
            sort = SORTS[0]
        topics = values.get(TOPICS.key, ())
        values = {each.key: values[each.key] for each in FILTERS if each.key in values}
        topic = topics[0] if topics else None
        return ClinicSearch(self.place, topic, values, sort.value, self.page, self.now, self.point, self.answers)

    @property
    def topic_slugs(self) -> tuple[str, ...]:
        """Every topic asked for, the path's first."""
        topics: tuple[str, ...] = self.values.get(TOPICS.key, ())
        return topics

    @cached_property
    def origin(self) -> Point | None:
        """Where distances are measured from; None in the whole country, a region and online, unless a point is told."""
        return area.origin(self.place, self.point)

    @cached_property
    def radius_km(self) -> int | None:
        """The radius in use: the chosen one, else the place's usual one; None where its borders count."""
        chosen: int | None = self.values.get(AREA)
        return chosen or area.usual_radius_km(self.place, self.point)

    def canonical_path(self) -> tuple[str, str | None]:
        """Place slug and topic slug of the one URL of this question. A lone ?emner=x moves into the path."""
        return self.place.slug, self.topic_slug

    def canonical_pairs(self) -> Pairs:
        """The query of the one URL."""
        pairs = []
        for key, value in self.values.items():
            value = value[1:] if key == TOPICS.key else value
            if value:
                pairs.append((key, FILTER_BY_KEY[key].text(value)))
        pairs += self.answers.pairs
        if self.point:
            pairs.append((NEAR, f"{self.point[0]:.3f},{self.point[1]:.3f}"))
        if self.sort:
            pairs.append((SORT, self.sort))
        if self.page > 1:
            pairs.append((PAGE, str(self.page)))
        return tuple(pairs)

    def target(self) -> Target:
        """Path and pairs together."""
        return Target(self.place.slug, self.topic_slug, self.canonical_pairs())

    def with_page(self, page: int) -> Target:
        """The same question, another page."""
        return dataclasses.replace(self, page=page).target()

    def replacing(self, key: str, value: Any) -> ClinicSearch:
        """The same question with another value of one filter (None: without it), from page 1."""
        if key == TOPICS.key and value and self.topic_slug and self.topic_slug in value:
            value = _with_first(self.topic_slug, value)
        values = {**self.values, key: value}
        if value is None:
            del values[key]
        return dataclasses.replace(self, values=values, page=1)._settled()

    def bare(self) -> ClinicSearch:
        """The place and nothing else asked of the clinics."""
        return dataclasses.replace(self, values={}, page=1)._settled()

    def in_place(self, place_slug: str) -> Target:
        """The same wishes in another place, without radius and point."""
        values = {key: value for key, value in self.values.items() if key != AREA}
        target = dataclasses.replace(self, values=values, point=None, page=1)._settled().target()
        pairs = tuple(pair for pair in target.pairs if pair != (SORT, "afstand"))
        return dataclasses.replace(target, place_slug=place_slug, pairs=pairs)

    def sentence(self) -> str:
        """The filters in words, joined by commas: 'Har ydernummer, Første gang højst 450 kr.'. '' without filters."""
        return ", ".join(FILTER_BY_KEY[key].describe(value) for key, value in self.values.items())

    def run(self) -> Results:
        """The answer from this process's columns of the directory."""
        return self.answer(directory())

    def narrowing(self, columns: Columns) -> Narrowing:
        """The masks of the question."""
        course = self.answers.course(Asked(self.now, None).today) if self.answers else None
        asked = Asked(self.now, self.origin, course)
        masks = {}
        if self.place.kind == "online":
            masks[PLACE] = ONLINE.mask(columns, True, asked)
        for key, value in self.values.items():
            if key != AREA:
                masks[key] = FILTER_BY_KEY[key].mask(columns, value, asked)
        return Narrowing(columns, asked, self._area(columns), masks)

    def _area(self, columns: Columns) -> Area:
        """The clinics of the place, or within the radius."""
        if self.radius_km is None or self.origin is None:
            return Borders.of(columns, self.place)
        return Circle(columns, self.origin, self.radius_km)

    def answer(self, columns: Columns) -> Results:
        """The answer from these columns. Pure: the same question and columns give the same answer."""
        narrowing = self.narrowing(columns)
        found = narrowing.found
        total = len(found.rows)
        page_count = max(1, -(-total // PAGE_SIZE))
        page = min(self.page, page_count)
        first = (page - 1) * PAGE_SIZE
        candidates = Candidates(columns, found.rows, found.distances_km, self.topic_slugs, narrowing.asked)
        chosen = ordered(SORT_BY_VALUE[self.sort], candidates, first=first, after=first + PAGE_SIZE)
        shown = candidates.only(chosen)
        return Results(
            search=self,
            narrowing=narrowing,
            total=total,
            ids=tuple(columns.ids[shown.rows].tolist()),
            distances_km=(None,) * len(chosen) if shown.distances_km is None else tuple(shown.distances_km.tolist()),
            page=page,
            page_count=page_count,
            first_number=first + 1 if total else 0,
            last_number=min(total, first + PAGE_SIZE),
            shown=shown,
        )


def _texts(params: Params, key: str) -> list[str]:
    """The texts of a parameter, whatever kind of mapping it is in."""
    found = params.getlist(key) if hasattr(params, "getlist") else params.get(key, ())
    return [found] if isinstance(found, str) else [text for text in found if isinstance(text, str)]


def _with_first(slug: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
    return (slug, *(other for other in slugs if other != slug))[:MAX_TOPICS]


def _read_point(texts: list[str]) -> Point | None:
    """?naer=56.157,10.211 within Denmark."""
    match = _POINT.fullmatch(texts[0]) if texts else None
    return _rounded((float(match[1]), float(match[2]))) if match else None


def _rounded(point: Point) -> Point | None:
    """To three decimals, about 100 metres: near enough to sort by, and no address. None outside Denmark."""
    south, north, west, east = _DENMARK
    lat, lon = point
    return (round(lat, 3), round(lon, 3)) if south <= lat <= north and west <= lon <= east else None
