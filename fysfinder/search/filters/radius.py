"""How far away at most, in kilometres as the crow flies: ?radius=10. It replaces the usual area of the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.search.area import Circle
from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.filters.kinds import number_options, whole_number
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

STEPS_KM = (2, 5, 10, 20, 50)
HIGHEST_KM = 200


class RadiusFilter(Filter[int]):
    """Measured from the visitor's point when there is one, else from the middle of the place."""

    key = "radius"
    label = gettext_lazy("Afstand")
    explanation = gettext_lazy(
        "Afstand i luftlinje fra dig eller fra midten af stedet. "
        "Uden valg gælder stedets sædvanlige afstand eller dets grænser."
    )
    combines: Combines = "one"
    is_fixed = False

    def parse(self, values: Sequence[str]) -> int | None:
        return whole_number(values, HIGHEST_KM)

    def text(self, value: int) -> str:
        return str(value)

    def describe(self, value: int) -> str:
        return _("Inden for %(km)d km") % {"km": value}

    def options(self, columns: Columns, value: int | None) -> tuple[Option, ...]:
        return number_options(STEPS_KM, value, self.describe)

    def mask(self, columns: Columns, value: int, asked: Asked) -> Mask:
        everyone = columns.everyone()
        return Mask(Circle(columns, asked.point, value).cut(everyone) if asked.point else everyone, everyone)


RADIUS = RadiusFilter()
