"""The index of places: regions, the larger towns, the whole country."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from fysfinder.base.text import danish_key
from fysfinder.places.queries import Place, gazetteer
from fysfinder.web.head import Crumb
from fysfinder.web.nearest import Link

TOWNS = 60
TOWN_KINDS = {"city", "town", "district", "island"}


def place_links() -> dict[str, list[Link]]:
    """Regions as they are today, the most populous towns from A to Å."""
    places, largest = gazetteer(), largest_towns()[:TOWNS]
    return {
        "regions": [link(place) for place in places.current_regions],
        "towns": [link(place) for place in sorted(largest, key=lambda place: danish_key(place.name))],
        "everywhere": [
            Link(_("Hele Danmark"), reverse("find", args=["danmark"])),
            Link(_("Online konsultation"), reverse("find", args=["online"])),
        ],
    }


def largest_towns() -> list[Place]:
    """Towns, districts and islands whose population we know, the most populous first."""
    towns = [place for place in gazetteer().places.values() if place.kind in TOWN_KINDS and place.population]
    return sorted(towns, key=lambda place: (-place.population, place.slug))


def link(place: Place) -> Link:
    return Link(place.name, reverse("find", args=[place.slug]))


def find_crumb() -> Crumb:
    """The first step of every find page's breadcrumb."""
    return Crumb(_("Find klinik"), reverse("find_index"))
