"""Where: what area a place means in a search, and the point distances are measured from."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from fysfinder.base.geo import EARTH_RADIUS_KM
from fysfinder.places.gazetteer import Place
from fysfinder.places.queries import gazetteer
from fysfinder.search import bits
from fysfinder.search.bits import Mask
from fysfinder.search.columns import Columns
from fysfinder.search.nearness import Blocks

Point = tuple[float, float]  # lat, lon

WORTH_BLOCKS = 250_000  # clinics; below that measuring everybody is quicker
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


def within_radius(columns: Columns, point: Point, radius_km: int) -> Mask:
    """Clinics no further than this, along the great circle."""
    if columns.size >= WORTH_BLOCKS:
        blocks = columns.remember("blocks", lambda: Blocks.of(columns.x, columns.y, columns.z))
        return Mask(blocks.within(*point, radius_km), columns.everyone())
    near = columns.cosines(*point) >= math.cos(radius_km / EARTH_RADIUS_KM)
    return Mask(bits.pack(near), columns.everyone())


def borders(columns: Columns, place: Place) -> Mask:
    """The clinics of a place without a radius: by postcode, or the whole country."""
    if place.kind in {"country", "online"}:
        return Mask(columns.everyone(), columns.everyone())
    inside = columns.remember(("borders", place.slug), lambda: columns.in_postcodes(place.postcodes))
    return Mask(inside, columns.everyone())
