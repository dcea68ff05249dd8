"""What a first visit costs at most, in kroner: ?maks-pris=450."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.search.bits import Mask
from fysfinder.search.columns import at_most
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.filters.kinds import number_options, whole_number
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

STEPS_KR = (400, 500, 600, 800)
HIGHEST_KR = 20_000


class PriceFilter(Filter[int]):
    """Compares the lowest price of a first visit without any subsidy: it is the one price every clinic can be asked."""

    key = "maks-pris"
    label = gettext_lazy("Pris, første gang")
    explanation = gettext_lazy(
        "Sammenligner prisen for første besøg uden tilskud. Har klinikken flere priser, tæller den laveste."
    )
    combines: Combines = "one"

    def parse(self, values: Sequence[str]) -> int | None:
        return whole_number(values, HIGHEST_KR)

    def text(self, value: int) -> str:
        return str(value)

    def describe(self, value: int) -> str:
        return _("Første gang højst %(price)d kr.") % {"price": value}

    def options(self, columns: Columns, value: int | None) -> tuple[Option, ...]:
        return number_options(STEPS_KR, value, lambda step: _("Højst %(price)d kr.") % {"price": step})

    def mask(self, columns: Columns, value: int, asked: Asked) -> Mask:
        return columns.remember((self.key, value), lambda: at_most(columns.first_price, value * 100))


PRICE = PriceFilter()
