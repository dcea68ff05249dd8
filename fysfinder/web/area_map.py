"""The page's clinics as numbered dots on plain ground: a drawing without tiles. Degrees in, pixels out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 438  # of the drawing; it is shown at this size or larger
MARGIN = 26  # room for half a dot at the edges
NEAR = 24  # dots closer than this become one ring
SMALLEST_KM = 0.8  # a single clinic still stands in some surroundings
KM_PER_DEGREE = 111.2


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

    @property
    def has_many(self) -> bool:
        return any(dot.is_many for dot in self.dots)


def area_map(points: Sequence[Point]) -> AreaMap | None:
    """The drawing of these points; None when there are none."""
    if not points:
        return None
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = math.cos(math.radians(lat))  # a degree of longitude is shorter than one of latitude
    km_wide = max((max(lons) - min(lons)) * squeeze * KM_PER_DEGREE, SMALLEST_KM)
    km_high = max((max(lats) - min(lats)) * KM_PER_DEGREE, SMALLEST_KM)
    scale = min((WIDTH - 2 * MARGIN) / km_wide, (HEIGHT - 2 * MARGIN) / km_high) * KM_PER_DEGREE
    placed = [
        (point, WIDTH / 2 + (point.lon - lon) * squeeze * scale, HEIGHT / 2 - (point.lat - lat) * scale)
        for point in points
    ]
    return AreaMap(WIDTH, HEIGHT, gather(placed))


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
