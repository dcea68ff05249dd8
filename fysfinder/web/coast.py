"""The coast for the maps, from static/map/coast.json: the same file that js/map.js draws. Web Mercator all through.

{"full": units around the world, "corner": [units from the west, from the north] of the frame's upper left corner,
"tolerances": units, "rings": [["0132…", dx, dy, dx, dy, …], …]}: one digit and one step per point, from the corner.
A point with digit k may be left out when nobody sees a movement of tolerances[k].
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from fysfinder.base.assets import STATIC_SOURCE

EARTH_KM = 40_075.0
VISIBLE = 2  # pixels: smaller movements of the line are left out
Points = npt.NDArray[np.float64]


def to_world(lat: float, lon: float) -> tuple[float, float]:
    """Web Mercator: parts of the world from the west and from the north, 0 to 1."""
    sine = math.sin(math.radians(lat))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def km_per_world(lat: float) -> float:
    """How many kilometres the whole world is wide at this latitude."""
    return EARTH_KM * math.cos(math.radians(lat))


@dataclass(frozen=True, slots=True)
class View:
    """A drawing: its middle in the world, pixels per world, and its size in pixels."""

    x: float
    y: float
    scale: float
    width: int
    height: int

    def pixels(self, world: Points) -> Points:
        return (world - (self.x, self.y)) * self.scale + (self.width / 2, self.height / 2)


@dataclass(frozen=True, eq=False)
class Land:
    """Rings of land, one after another, as points in the world."""

    points: Points
    starts: npt.NDArray[np.intp]  # of each ring; the first is 0
    before: npt.NDArray[np.intp]  # of each point, the one before it in its ring
    after: npt.NDArray[np.intp]

    @classmethod
    def of(cls, points: Points, sizes: npt.NDArray[np.intp]) -> Land:
        ends = sizes.cumsum()
        starts, places = ends - sizes, np.arange(len(points))
        before, after = places - 1, places + 1
        before[starts], after[ends - 1] = ends - 1, starts
        return cls(points, starts, before, after)


@cache
def coast() -> tuple[tuple[float, Land], ...]:
    """The land from coarse to fine, each with the largest movement (part of the world) it leaves out."""
    whole = json.loads((STATIC_SOURCE / "map" / "coast.json").read_text(encoding="utf-8"))
    full, corner, rings = whole["full"], np.array(whole["corner"]), whole["rings"]
    points = np.concatenate([np.array(steps).reshape(-1, 2).cumsum(axis=0) + corner for _, *steps in rings]) / full
    levels = np.array([*"".join(levels for levels, *_ in rings)], dtype=np.int8)
    owner = np.repeat(np.arange(len(rings)), [len(levels) for levels, *_ in rings])
    lands = []
    for level, tolerance in enumerate(whole["tolerances"]):
        stays = levels <= level
        sizes = np.bincount(owner[stays])
        stays &= sizes[owner] >= 3
        lands.append((tolerance / full, Land.of(points[stays], np.bincount(owner[stays])[np.unique(owner[stays])])))
    return tuple(lands)


@lru_cache(maxsize=256)
def land_path(view: View) -> str:
    """The land in view as the d of an SVG path, in pixels; '' when there is only water."""
    land = next((land for left_out, land in coast() if left_out * view.scale < VISIBLE), coast()[-1][1])
    points = view.pixels(land.points)
    kept = seen(points, land, view).nonzero()[0]
    digits = 1 if land is coast()[-1][1] else 0
    return path_of(points[kept].round(digits), np.searchsorted(kept, land.starts))


def path_of(points: Points, starts: npt.NDArray[np.intp]) -> str:
    """Rings, of which each begins at its place of `starts`: the first point, then from point to point, which is short.

    A step of nothing is left out, and a ring of fewer than three points. Written by one format for all: there are many.
    """
    sizes = np.diff(starts, append=len(points))
    is_drawn, starts, sizes = np.repeat(sizes >= 3, sizes), starts[sizes >= 3], sizes[sizes >= 3]
    points, starts = points[is_drawn], sizes.cumsum() - sizes
    values = np.diff(points, axis=0, prepend=0).round(1)
    values[starts] = points[starts]
    is_first = np.zeros(len(points), dtype=np.bool_)
    is_first[starts] = True
    stays = is_first | values.any(axis=1)
    steps = np.diff(stays.cumsum()[starts], append=stays.sum() + 1) - 1  # after the first point
    forms = ("M%g,%gl" + ("%g,%g " * count)[:-1] + "z" for count in steps.tolist())
    return "".join(forms) % tuple(values[stays].ravel().tolist())


def seen(points: Points, land: Land, view: View) -> npt.NDArray[np.bool_]:
    """Without the points whose neighbours lie beyond the same edge as they do: no line between them is in view."""
    x, y = points.T
    side = np.zeros(len(points), dtype=np.int8)
    for number, is_beyond in enumerate((x < 0, x > view.width, y < 0, y > view.height), start=1):
        side[is_beyond] = number
    kept: npt.NDArray[np.bool_] = (side == 0) | (side != side[land.before]) | (side != side[land.after])
    return kept
