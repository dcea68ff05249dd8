"""Where: what area a place means in a search, and the point distances are measured from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from django.utils.translation import gettext as _

from fysfinder.base.geo import EARTH_RADIUS_KM, unit_vector
from fysfinder.places.gazetteer import Place
from fysfinder.places.queries import gazetteer
from fysfinder.search import bits
from fysfinder.search.bits import Bits, Rows
from fysfinder.search.columns import Columns, Floats

Point = tuple[float, float]  # lat, lon

WORTH_BLOCKS = 20_000  # clinics; below that measuring everybody is quicker
NEAR_ME_KM = 10  # the usual distance from a visitor who told where they are
WITHOUT_MIDDLE = frozenset({"country", "region", "online"})  # too wide for a distance from the middle to help anybody


class Online(Place):
    """/find/fysioterapeut/online/: no place at all, but the clinics known to treat online."""

    __slots__ = ()

    @property
    def phrase(self) -> str:
        return _("online")


ONLINE = Online("online", "Online", "online", 56.0, 10.6, None, "", frozenset())


def find_place(slug: str) -> Place | None:
    """A place of the gazetteer (a postcode answers its place: compare .slug), or ONLINE."""
    return ONLINE if slug == ONLINE.slug else gazetteer().get_place(slug)


def origin(place: Place, point: Point | None) -> Point | None:
    """From where distances count: the visitor's point, else the middle of a place small enough to have one."""
    if point is not None:
        return point
    return None if place.kind in WITHOUT_MIDDLE else (place.lat, place.lon)


def usual_radius_km(place: Place, point: Point | None) -> int | None:
    """The radius when none is chosen; None where the place's own borders count."""
    if point is not None and place.kind not in WITHOUT_MIDDLE:
        return NEAR_ME_KM
    return None if place.radius_km is None else math.ceil(place.radius_km)


class Area(Protocol):
    """Where: it cuts any set of clinics down to those that lie there."""

    def cut(self, found: Bits) -> Bits: ...


@dataclass(frozen=True, eq=False)
class Borders:
    """The clinics of a place without a radius: by postcode, or the whole country."""

    inside: Bits

    @classmethod
    def of(cls, columns: Columns, place: Place) -> Borders:
        if place.kind in {"country", "online"}:
            return cls(columns.everyone())
        return cls(columns.remember(("borders", place.slug), lambda: columns.in_postcodes(place.postcodes)))

    def cut(self, found: Bits) -> Bits:
        return found & self.inside


@dataclass(frozen=True, eq=False)
class Circle:
    """The clinics no further from a point than this, along the great circle."""

    columns: Columns
    point: Point
    radius_km: float

    def cut(self, found: Bits) -> Bits:
        rows, squares = self.measured(found)
        return bits.of_rows(rows[squares <= square_of(self.radius_km)], self.columns.size)

    def measured(self, found: Bits) -> tuple[Rows, Floats]:
        """Everybody of the set who may be inside, and the square of the chord to each."""
        point = unit_vector(*self.point)
        if self.columns.size >= WORTH_BLOCKS:
            rows = self.columns.blocks().rows(found, point, math.sqrt(square_of(self.radius_km)))
        else:
            rows = bits.rows_of(found, self.columns.size)
        return rows, self.columns.squares(point, rows)


def square_of(radius_km: float) -> float:
    """The square of the chord over so many kilometres: compared, it needs no root and no arc."""
    return float((2 * math.sin(min(radius_km / EARTH_RADIUS_KM, math.pi) / 2)) ** 2)


@lru_cache(maxsize=256)
def squares_of(steps_km: tuple[int, ...]) -> Floats:
    """The same for several, as a column to compare with a row of squares."""
    return np.array([square_of(step) for step in steps_km])[:, np.newaxis]
