"""The coast under the dots: there is land where there is land, and only what is in view is drawn."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import numpy as np
import pytest

from fysfinder.base.assets import STATIC_SOURCE
from fysfinder.places.models import City
from fysfinder.places.queries import reset_gazetteer
from fysfinder.web.area_map import Point, area_map, view_of
from fysfinder.web.coast import View, coast, land_path, to_world
from fysfinder.web.town_names import town_names
from tests.make import make_postcode

pytestmark = pytest.mark.django_db

FILE = STATIC_SOURCE / "map" / "coast.json"


def rings_of(path: str) -> list[list[tuple[float, float]]]:
    """The points of a path of absolute starts and relative steps."""
    rings = []
    for ring in re.findall(r"M([^Mz]+)z", path):
        steps = [tuple(map(float, pair.split(","))) for pair in re.split("[l ]", ring) if pair]
        rings.append(list(accumulate(steps, lambda a, b: (a[0] + b[0], a[1] + b[1]))))
    return rings


def is_inside(x: float, y: float, ring: list[tuple[float, float]]) -> bool:
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def is_land(view: View, lat: float, lon: float) -> bool:
    x, y = view.pixels(np.array(to_world(lat, lon)))
    return any(is_inside(x, y, ring) for ring in rings_of(land_path(view)))


@pytest.mark.parametrize("km_wide", [3, 30, 300])
@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (56.155, 10.19, True),  # Aarhus
        (56.15, 10.26, False),  # its bay
        (55.13, 14.91, True),  # Bornholm
        (55.45, 10.95, False),  # Storebælt
        (56.0, 9.0, True),  # Jutland
        (57.29, 11.03, True),  # Læsø
        (56.5, 11.0, False),  # Kattegat
    ],
)
def test_land_is_land_at_every_scale(km_wide: int, lat: float, lon: float, expected: bool):
    half = km_wide / 111 / 2
    view = view_of([(lat - half, lon - half), (lat + half, lon + half)])
    assert is_land(view, lat, lon) is expected


def test_a_map_of_the_whole_country_stays_small():
    drawing = area_map([Point("a", 1, 54.6, 8.2), Point("b", 2, 57.7, 15.1)])
    assert drawing is not None and len(drawing.land) < 10_000


def test_the_scale_bar_is_as_long_as_it_says():
    north, south = Point("a", 1, 56.0, 10.0), Point("b", 2, 56.0 + 10 / 111.2, 10.0)
    drawing = area_map([north, south])
    assert drawing is not None
    words, per_km = drawing.bar_words, (drawing.dots[0].y - drawing.dots[1].y) / 10
    assert abs(drawing.bar_px / per_km - float(words.split("\u00a0")[0].replace(",", "."))) < 0.05


def test_the_coast_is_small_enough_to_fetch():
    assert FILE.stat().st_size <= 100_000
    assert [len(land.points) for _, land in coast()] == sorted(len(land.points) for _, land in coast())


def test_towns_are_named_largest_first_and_never_over_a_dot_or_another_name(db: None):
    for code, name, lon in (("8000", "Aarhus C", 10.20), ("8200", "Aarhus N", 10.201), ("8900", "Randers", 10.23)):
        make_postcode(code, name=name, lat=56.15, lon=lon)
    City.objects.create(slug="randers", name="Randers", kind="town", lat=56.15, lon=10.23, population=60_000)
    reset_gazetteer()
    view = view_of([(56.1, 10.1), (56.2, 10.3)])
    names = town_names(view)
    assert [town.text for town in names] == ["Randers", "Aarhus C", "Aarhus N"]
    assert names[1].y != names[2].y  # they lie beside each other, so one steps aside
    (randers,) = [town for town in town_names(view, [(names[0].x, names[0].y)]) if town.text == "Randers"]
    assert abs(randers.y - names[0].y) > 17
    assert [town.text for town in town_names(view, most=1)] == ["Randers"]
    assert town_names(view_of([(55.1, 14.8), (55.2, 14.9)])) == ()
    reset_gazetteer()
