"""How long one waits at most, in days: ?maks-ventetid=7."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from fysfinder.search.bits import Mask
from fysfinder.search.columns import at_most
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.filters.kinds import number_options, whole_number
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

STEPS_DAYS = (3, 7, 14, 30)
HIGHEST_DAYS = 365


class WaitingFilter(Filter[int]):
    """A waiting time said more than columns.FRESH_DAYS ago is not trusted here: it counts as unknown."""

    key = "maks-ventetid"
    label = gettext_lazy("Ventetid")
    explanation = gettext_lazy(
        "Ventetid til almindelig fysioterapi. Er den oplyst for over 60 dage siden, er den ukendt."
    )
    combines: Combines = "one"
    is_fixed = False

    def parse(self, values: Sequence[str]) -> int | None:
        return whole_number(values, HIGHEST_DAYS)

    def text(self, value: int) -> str:
        return str(value)

    def describe(self, value: int) -> str:
        return ngettext("Ventetid højst %(days)d dag", "Ventetid højst %(days)d dage", value) % {"days": value}

    def options(self, columns: Columns, value: int | None) -> tuple[Option, ...]:
        return number_options(
            STEPS_DAYS, value, lambda step: ngettext("Højst %(days)d dag", "Højst %(days)d dage", step) % {"days": step}
        )

    def mask(self, columns: Columns, value: int, asked: Asked) -> Mask:
        def make() -> Mask:
            days = columns.fresh_waiting_days(asked.today)
            return at_most(days, days, value)

        return columns.remember((self.key, value, asked.today), make)


WAITING = WaitingFilter()
