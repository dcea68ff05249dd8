"""The page's clinics as numbered dots on the coast: a drawing without tiles. Degrees in, pixels out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fysfinder.base.jinja import language
from fysfinder.web.coast import View, km_per_world, land_path, to_world
from fysfinder.web.town_names import TownName, town_names

WIDTH, HEIGHT = 320, 438  # of the drawing; it is shown at this size or larger
COUNTRY_WIDTH, COUNTRY_HEIGHT = 480, 430
MARGIN = 26  # room for half a dot at the edges
NEAR = 24  # dots closer than this become one ring
SMALLEST_KM = 0.8  # a single clinic still stands in some surroundings
BAR_KM = (200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1)
WIDEST_BAR = 90


@dataclass(frozen=True, slots=True)
class Point:
    """A clinic to draw: its place in the list and where it lies."""

    slug: str
    rank: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Dot:
    slug: str  # of the clinic, or of the first of several
    x: float
    y: float
    text: str  # the rank, or how many lie here
    is_many: bool


@dataclass(frozen=True, slots=True)
class AreaMap:
    width: int
    height: int
    dots: tuple[Dot, ...]
    view: View
    land: str  # the d of a path
    bar_px: float  # how long a line of bar_words is
    bar_words: str
    towns: tuple[TownName, ...] = ()

    @property
    def has_many(self) -> bool:
        return any(dot.is_many for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Bubble:
    """A place on the map of the country: the larger, the more clinics."""

    label: str
    path: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class CountryMap:
    width: int
    height: int
    land: str
    bubbles: tuple[Bubble, ...]
    towns: tuple[TownName, ...] = ()


def country_map(places: Sequence[tuple[str, str, int, float, float]]) -> CountryMap | None:
    """Places as (label, path, clinics, lat, lon); the largest lie undermost. None when there are none."""
    if not places:
        return None
    view = view_of([(lat, lon) for *_, lat, lon in places], COUNTRY_WIDTH, COUNTRY_HEIGHT)
    bubbles = []
    for label, path, count, lat, lon in sorted(places, key=lambda place: -place[2]):
        x, y = view.pixels(np.array(to_world(lat, lon))).round(1).tolist()
        bubbles.append(Bubble(label, path, x, y, round(min(4 + math.sqrt(count) * 0.9, MARGIN), 1)))
    return CountryMap(COUNTRY_WIDTH, COUNTRY_HEIGHT, land_path(view), tuple(bubbles), town_names(view, most=6))


def area_map(points: Sequence[Point]) -> AreaMap | None:
    """The drawing of these points; None when there are none."""
    if not points:
        return None
    view = view_of([(point.lat, point.lon) for point in points])
    placed = [(point, *view.pixels(np.array(to_world(point.lat, point.lon))).tolist()) for point in points]
    px_per_km = view.scale / km_per_world(points[0].lat)
    bar_km = next((km for km in BAR_KM if km * px_per_km <= WIDEST_BAR), BAR_KM[-1])
    dots = gather(placed)
    towns = town_names(view, [(dot.x, dot.y) for dot in dots])
    bar_px = round(bar_km * px_per_km, 1)
    return AreaMap(WIDTH, HEIGHT, dots, view, land_path(view), bar_px, short_km(bar_km), towns)


def short_km(km: float) -> str:
    """'20 km', '0,5 km'."""
    text = f"{km:g}\u00a0km"
    return text.replace(".", ",") if language() == "da" else text


def view_of(places: Sequence[tuple[float, float]], width: int = WIDTH, height: int = HEIGHT) -> View:
    """The closest view that holds all of these degrees."""
    xs, ys = zip(*(to_world(lat, lon) for lat, lon in places), strict=True)
    smallest = SMALLEST_KM / km_per_world(places[0][0])
    scale = min(
        (width - 2 * MARGIN) / max(max(xs) - min(xs), smallest),
        (height - 2 * MARGIN) / max(max(ys) - min(ys), smallest),
    )
    return View((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, scale, width, height)


def gather(placed: Sequence[tuple[Point, float, float]]) -> tuple[Dot, ...]:
    """One dot per clinic; those that would cover each other become a ring with their number."""
    groups: list[list[tuple[Point, float, float]]] = []
    for each in placed:
        group = next((group for group in groups if math.dist(group[0][1:], each[1:]) < NEAR), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    return tuple(
        Dot(
            group[0][0].slug,
            round(group[0][1], 1),
            round(group[0][2], 1),
            str(len(group) if len(group) > 1 else group[0][0].rank),
            len(group) > 1,
        )
        for group in groups
    )
