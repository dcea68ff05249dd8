"""What a map shows: ?udsnit=56.100-10.100-56.200-10.300, its south, west, north and east in degrees."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.search import bits
from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

_BOX = re.compile(r"(\d\d\.\d{3})-(\d{1,2}\.\d{3})-(\d\d\.\d{3})-(\d{1,2}\.\d{3})", re.ASCII)


class Box(NamedTuple):
    """Degrees, to about 100 metres."""

    south: float
    west: float
    north: float
    east: float


class MapViewFilter(Filter[Box]):
    """Offered by the map, so the form has no choices of its own: the chosen box can only be dropped."""

    key = "udsnit"
    label = gettext_lazy("Kort")
    explanation = gettext_lazy("Viser klinikker, der ligger i det udsnit af kortet, du har valgt.")
    combines: Combines = "one"

    def parse(self, values: Sequence[str]) -> Box | None:
        match = _BOX.fullmatch(next(iter(parts(values)), ""))
        box = Box(*map(float, match.groups())) if match else None
        return box if box and box.south < box.north <= 85 and box.west < box.east <= 60 else None

    def text(self, value: Box) -> str:
        return "-".join(f"{each:.3f}" for each in value)

    def describe(self, value: Box) -> str:
        return _("Udsnit af kortet")

    def options(self, columns: Columns, value: Box | None) -> tuple[Option, ...]:
        return (Option(self.text(value), self.describe(value)),) if value else ()

    def mask(self, columns: Columns, value: Box, asked: Asked) -> Mask:
        south, west, north, east = map(math.radians, value)
        is_inside = (columns.z >= math.sin(south)) & (columns.z <= math.sin(north))
        is_inside &= (columns.y >= columns.x * math.tan(west)) & (columns.y <= columns.x * math.tan(east))
        return Mask(bits.pack(is_inside), columns.everyone())


MAP_VIEW = MapViewFilter()
