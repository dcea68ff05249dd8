"""When it is open: ?aabent=nu,aften,weekend. Every chosen time must be known to be open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.filters.kinds import combine
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

TIMES = {
    "nu": gettext_lazy("Åbent nu"),
    "aften": gettext_lazy("Åbent en hverdag efter kl. 17"),
    "weekend": gettext_lazy("Åbent i weekenden"),
}


class OpeningFilter(Filter[tuple[str, ...]]):
    key = "aabent"
    label = gettext_lazy("Åbningstid")
    explanation = gettext_lazy(
        "Åbent nu følger klokken og klinikkens særlige dage. På helligdage stoler vi kun på særligt oplyste tider."
    )
    combines: Combines = "all"
    is_fixed = False

    def parse(self, values: Sequence[str]) -> tuple[str, ...] | None:
        chosen = {part.lower() for part in parts(values)}
        return tuple(time for time in TIMES if time in chosen) or None

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def describe(self, value: tuple[str, ...]) -> str:
        return _(" og ").join(str(TIMES[time]) for time in value)

    def options(self, columns: Columns, value: tuple[str, ...] | None) -> tuple[Option, ...]:
        return tuple(Option(time, str(words)) for time, words in TIMES.items())

    def mask(self, columns: Columns, value: tuple[str, ...], asked: Asked) -> Mask:
        return combine([self._one(columns, time, asked) for time in value], "all")

    def _one(self, columns: Columns, time: str, asked: Asked) -> Mask:
        if time == "nu":
            return columns.remember((self.key, asked.minute), lambda: columns.hours.open_at(asked.now))
        if time == "aften":
            return columns.remember((self.key, time), columns.hours.evening)
        return columns.remember((self.key, time), columns.hours.weekend)


OPENING = OpeningFilter()
