"""Names of towns on the maps: the largest first, none over a dot, over another name or over the edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fysfinder.places.gazetteer import Gazetteer
from fysfinder.places.queries import gazetteer
from fysfinder.web.coast import Points, View, to_world

POINTS = frozenset(
    {"city", "district", "town", "postcode"}
)  # islands, municipalities and regions have no middle to name
MOST = 9
LETTER, LINE = 6.4, 15  # pixels: a letter's usual width, a line's height
DOT = 18  # pixels around the middle of a dot
ASIDE = (0, 27, -27)  # pixels down from the town's own place


@dataclass(frozen=True, slots=True)
class TownName:
    text: str
    x: int  # the middle of the name, in pixels
    y: int
    lat: float  # of the town
    lon: float


def town_names(view: View, dots: Iterable[tuple[float, float]] = (), most: int = MOST) -> tuple[TownName, ...]:
    """What can be read on this view. dots: where clinics are drawn, in pixels."""
    names, degrees, world = _towns(gazetteer())
    pixels = view.pixels(world)
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in dots]
    found: list[TownName] = []
    in_view = np.flatnonzero(np.all((pixels > 0) & (pixels < (view.width, view.height)), axis=1))
    for row in in_view.tolist():
        x, half = float(pixels[row, 0]), len(names[row]) * LETTER / 2
        for aside in ASIDE:
            y = float(pixels[row, 1]) + aside
            box = (x - half, y - LINE / 2, x + half, y + LINE / 2)
            is_inside = box[0] > 2 and box[1] > 2 and box[2] < view.width - 2 and box[3] < view.height - LINE * 2
            if is_inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found.append(TownName(names[row], round(x), round(y), *degrees[row]))
                break
        if len(found) == most:
            break
    return tuple(found)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@lru_cache(maxsize=1)
def _towns(known: Gazetteer) -> tuple[list[str], list[tuple[float, float]], Points]:
    """Name, degrees and place in the world of every town, the largest first."""
    towns = sorted((p for p in known.places.values() if p.kind in POINTS), key=lambda p: (-p.weight, p.name))
    world = np.array([to_world(p.lat, p.lon) for p in towns]).reshape(-1, 2)
    return [p.name for p in towns], [(p.lat, p.lon) for p in towns], world
