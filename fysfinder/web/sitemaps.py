"""The sitemap's parts. A page has a lastmod only when we know the day its content changed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from django.urls import reverse

from fysfinder.clinics.queries import published_slugs
from fysfinder.encyclopedia.kinds import PAGE_KINDS, Kind
from fysfinder.encyclopedia.queries import dated_slugs, has_pages
from fysfinder.places.queries import gazetteer
from fysfinder.search.bits import counts
from fysfinder.search.directory import directory
from fysfinder.tools import TOOLS
from fysfinder.topics.queries import taxonomy
from fysfinder.web.body_map import body_map
from fysfinder.web.head import alternates
from fysfinder.web.place_links import largest_towns

PART_SIZE = 10_000  # the protocol allows 50,000; smaller parts are fetched again more cheaply
TOWNS = 40
FEWEST_CLINICS = 3  # in the town's own postcodes
PAGES = (
    *("home", "find_index", "prices", "tool_index"),
    *("ranking", "about", "sources", "accessibility", "privacy"),
)


@dataclass(frozen=True)
class Entry:
    """One page: its addresses per language (the Danish first) and its day."""

    addresses: tuple[tuple[str, str], ...]
    changed_on: dt.date | None = None

    @property
    def address(self) -> str:
        return self.addresses[0][1]


@dataclass(frozen=True)
class Part:
    name: str
    changed_on: dt.date | None


def _pages() -> Iterator[tuple[str, dt.date | None]]:
    for name in PAGES:
        yield reverse(name), None
    for kind in PAGE_KINDS:
        if has_pages(kind.kind):
            yield reverse(kind.index_url_name), None
    for tool in TOOLS:
        yield reverse("tool", args=[tool.slug]), None


def _of_kind(kind: Kind) -> Iterator[tuple[str, dt.date | None]]:
    for slug, day in dated_slugs(kind.kind):
        yield reverse(kind.url_name, args=[slug]), day


def _body_parts() -> Iterator[tuple[str, dt.date | None]]:
    """Those with an exercise."""
    for point in body_map():
        if point.exercises:
            yield point.path, None


def _places() -> Iterator[tuple[str, dt.date | None]]:
    for slug in gazetteer().places:
        yield reverse("find", args=[slug]), None
    for slug in taxonomy().topics:
        yield reverse("find_topic", args=["danmark", slug]), None


def _clinics() -> Iterator[tuple[str, dt.date | None]]:
    for slug, confirmed_on in published_slugs():
        yield reverse("clinic", args=[slug]), confirmed_on


def _topics_in_towns() -> Iterator[tuple[str, dt.date | None]]:
    """Topics in the largest towns, where a visitor has something to choose between."""
    columns = directory()
    for town in largest_towns()[:TOWNS]:
        numbers = counts(columns.topics_wide.yes, columns.in_postcodes(town.postcodes))
        for slug, number in zip(columns.topics_wide.position, numbers, strict=True):
            if number >= FEWEST_CLINICS:
                yield reverse("find_topic", args=[town.slug, slug]), None


SECTIONS: dict[str, Callable[[], Iterator[tuple[str, dt.date | None]]]] = {
    "sider": _pages,
    **{kind.folder: partial(_of_kind, kind) for kind in PAGE_KINDS},
    "kropsdele": _body_parts,
    "steder": _places,
    "byemner": _topics_in_towns,
    "klinikker": _clinics,
}


def sitemap_parts() -> list[Part]:
    """Every part with the newest day in it: 'sider', 'klinikker', 'klinikker-2' …"""
    parts = []
    for section, pages in SECTIONS.items():
        rows = list(pages())
        for number, start in enumerate(range(0, len(rows), PART_SIZE), start=1):
            days = [day for _path, day in rows[start : start + PART_SIZE] if day]
            parts.append(Part(section if number == 1 else f"{section}-{number}", max(days, default=None)))
    return parts


def get_part(name: str) -> list[Entry] | None:
    """The entries of one part; None when there is no such part."""
    section, dash, number = name.partition("-")
    if section not in SECTIONS or (dash and not re.fullmatch(r"[2-9]|[1-9][0-9]{1,3}", number, re.ASCII)):
        return None
    start = (int(number or 1) - 1) * PART_SIZE
    rows = list(islice(SECTIONS[section](), start, start + PART_SIZE))
    return [Entry(alternates(path), day) for path, day in rows] if rows else None
