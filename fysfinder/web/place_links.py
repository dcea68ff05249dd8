"""The index of places: regions, the larger towns, the whole country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fysfinder.base.jinja import url
from fysfinder.base.text import danish_key
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search import bits
from fysfinder.search.area import Borders
from fysfinder.search.directory import directory
from fysfinder.web.area_map import country_map
from fysfinder.web.head import Crumb
from fysfinder.web.nearest import Link

TOWNS, LARGEST = 60, 12  # how many are named; how many of them are not folded
TOWN_KINDS = {"city", "town", "district", "island"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A place and how many clinics lie in it."""

    label: str
    path: str
    count: int


def place_links() -> dict[str, Any]:
    """Regions as they are today and municipalities with their clinics, the most populous towns, the map."""
    places, towns = gazetteer(), [with_count(place) for place in largest_towns()[:TOWNS]]
    municipalities = sorted(
        (place for place in places.places.values() if place.kind == "municipality"),
        key=lambda place: danish_key(place.name),
    )
    counted = [with_count(place) for place in municipalities]
    return {
        "regions": [with_count(place) for place in places.current_regions],
        "municipalities": counted,
        "map": country_map(
            [
                (each.label, each.path, each.count, place.lat, place.lon)
                for each, place in zip(counted, municipalities, strict=True)
                if each.count
            ]
        ),
        "largest": towns[:LARGEST],
        "towns": sorted(towns[LARGEST:], key=lambda town: danish_key(town.label)),
        "everywhere": [
            Link(_("Hele Danmark"), url("find", "danmark")),
            Link(_("Online konsultation"), url("find", "online")),
        ],
    }


def largest_towns() -> list[Place]:
    """Towns, districts and islands whose population we know, the most populous first."""
    towns = [place for place in gazetteer().places.values() if place.kind in TOWN_KINDS and place.population]
    return sorted(towns, key=lambda place: (-place.population, place.slug))


def with_count(place: Place) -> Counted:
    columns = directory()
    return Counted(place.name, url("find", place.slug), bits.count(Borders.of(columns, place).cut(columns.everyone())))


def find_crumb() -> Crumb:
    """The first step of every find page's breadcrumb."""
    return Crumb(_("Find klinik"), url("find_index"))
