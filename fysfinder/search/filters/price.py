"""What a first visit or a whole course costs at most, in kroner: ?maks-pris=450, ?maks-forloeb=1500."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.jinja import language
from fysfinder.base.money import format_ore
from fysfinder.search.bits import Mask
from fysfinder.search.columns import at_most
from fysfinder.search.course_prices import course_totals, first_totals
from fysfinder.search.filters.base import Asked, Filter, Option
from fysfinder.search.filters.kinds import number_options, whole_number
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

STEPS_KR = (400, 500, 600, 800)
HIGHEST_KR = 20_000
COURSE_STEPS_KR = (1_000, 1_500, 2_500, 4_000)
HIGHEST_COURSE_KR = 100_000


def kr(kroner: int) -> str:
    """1000 → '1.000 kr.', in English 'DKK 1,000'."""
    return format_ore(kroner * 100, language())


class PriceFilter(Filter[int]):
    """The first visit: what it costs the visitor, or without subsidy when nothing was said of the situation."""

    key = "maks-pris"
    label = gettext_lazy("Pris, første gang")
    explanation = gettext_lazy(
        "Sammenligner prisen for første besøg: din egen, når du har svaret på din situation, "
        "ellers prisen uden tilskud. Har klinikken flere priser, tæller den laveste. "
        "Afhænger prisen af noget, vi ikke ved, tæller den højeste, den kan blive. "
        "En sundhedsforsikring er ikke regnet med."
    )
    combines: Combines = "one"
    is_fixed = False

    def parse(self, values: Sequence[str]) -> int | None:
        return whole_number(values, HIGHEST_KR)

    def text(self, value: int) -> str:
        return str(value)

    def describe(self, value: int) -> str:
        return _("Første gang højst %(price)s") % {"price": kr(value)}

    def options(self, columns: Columns, value: int | None) -> tuple[Option, ...]:
        return number_options(STEPS_KR, value, lambda step: _("Højst %(price)s") % {"price": kr(step)})

    def mask(self, columns: Columns, value: int, asked: Asked) -> Mask:
        return columns.remember(
            (self.key, value, asked.course), lambda: at_most(*first_totals(columns, asked.course), value * 100)
        )


class CourseFilter(PriceFilter):
    """The whole course: the visitor's own plan, or a first visit and five more without subsidy."""

    key = "maks-forloeb"
    label = gettext_lazy("Pris for et forløb")
    explanation = gettext_lazy(
        "Sammenligner prisen for hele dit forløb. Har du ikke svaret på din situation, "
        "regner vi med et første besøg og fem behandlinger uden tilskud. "
        "Har klinikken flere priser, tæller den laveste. "
        "Afhænger prisen af noget, vi ikke ved, tæller den højeste, den kan blive. "
        "En sundhedsforsikring er ikke regnet med."
    )

    def parse(self, values: Sequence[str]) -> int | None:
        return whole_number(values, HIGHEST_COURSE_KR)

    def describe(self, value: int) -> str:
        return _("Højst %(price)s for et forløb") % {"price": kr(value)}

    def options(self, columns: Columns, value: int | None) -> tuple[Option, ...]:
        return number_options(COURSE_STEPS_KR, value, lambda step: _("Højst %(price)s") % {"price": kr(step)})

    def mask(self, columns: Columns, value: int, asked: Asked) -> Mask:
        return columns.remember(
            (self.key, value, asked.course), lambda: at_most(*course_totals(columns, asked.course), value * 100)
        )


PRICE = PriceFilter()
COURSE = CourseFilter()
