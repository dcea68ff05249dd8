"""What a filter is. A filter knows its URL key, reads its values, says itself in Danish and gives its mask."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.search.bits import Mask
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from fysfinder.search.columns import Columns
    from fysfinder.search.course_prices import Course

V = TypeVar("V")
MAX_VALUES = 20  # of one parameter; the rest of a hostile query is not read
MAX_VALUE_CHARS = 80


class Option(NamedTuple):
    """One choice to show: its URL text and its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """When and from where a question is asked. Without a point there is no distance."""

    now: dt.datetime  # aware
    point: tuple[float, float] | None  # lat, lon
    course: Course | None = None  # who asks and what for, when they have said it: then a price is their own

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(COPENHAGEN).date()

    @property
    def minute(self) -> int:
        """The minute since 1970: masks that follow the clock are remembered by it."""
        return int(self.now.timestamp()) // 60


class Filter(ABC, Generic[V]):
    """One way to narrow the directory. Unknown never counts as no: a mask keeps known yes and tells what is known."""

    key: str
    label: _StrOrPromise
    explanation: _StrOrPromise
    combines: Combines
    is_fixed = True  # the usual options and who meets them follow from the clinics alone, not from when, where or what

    @abstractmethod
    def parse(self, values: Sequence[str]) -> V | None:
        """The value of a parameter's texts (each may hold several, split by comma), None for nonsense. Never raises."""

    @abstractmethod
    def text(self, value: V) -> str:
        """The canonical text in the URL; parse([text(v)]) == v."""

    @abstractmethod
    def describe(self, value: V) -> str:
        """The filter in words of the visitor's language: chip, title, empty state and saved link use it."""

    @abstractmethod
    def options(self, columns: Columns, value: V | None) -> tuple[Option, ...]:
        """The choices to offer with counts, the chosen ones among them."""

    @abstractmethod
    def mask(self, columns: Columns, value: V, asked: Asked) -> Mask:
        """Where the value holds, and where that is known."""


def parts(values: Sequence[str]) -> list[str]:
    """The single texts of a parameter that was repeated ('a', 'b') or listed ('a,b'), trimmed, without empty ones."""
    found: list[str] = []
    for value in values[:MAX_VALUES]:
        found += [part.strip() for part in value[: MAX_VALUES * MAX_VALUE_CHARS].split(",", MAX_VALUES)]
    return [part for part in found if part and len(part) <= MAX_VALUE_CHARS][:MAX_VALUES]
