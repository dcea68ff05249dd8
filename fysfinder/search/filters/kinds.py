"""The three shapes most filters have: a yes/no fact, a highest number, and choices from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from fysfinder.search.columns import Columns, Tags

YES = "ja"


@dataclass(frozen=True, eq=False)
class FactFilter(Filter[bool]):
    """Keeps clinics of which a yes/no fact is a known yes: ?ydernummer=ja."""

    key: str
    fact: str  # the attribute's name
    label: _StrOrPromise
    words: _StrOrPromise  # of the chip
    explanation: _StrOrPromise
    combines: Combines = "one"

    def parse(self, values: Sequence[str]) -> bool | None:
        return True if YES in (part.lower() for part in parts(values)) else None

    def text(self, value: bool) -> str:
        return YES

    def describe(self, value: bool) -> str:
        return str(self.words)

    def options(self, columns: Columns, value: bool | None) -> tuple[Option, ...]:
        return (Option(YES, str(self.words)),)

    def mask(self, columns: Columns, value: bool, asked: Asked) -> Mask:
        return columns.facts.mask(self.fact)


def whole_number(values: Sequence[str], highest: int) -> int | None:
    """The first text as a number from 1 to highest, in plain digits; None for anything else."""
    texts = parts(values)
    if not texts or len(texts[0]) > 9 or not (texts[0].isascii() and texts[0].isdigit()):
        return None
    number = int(texts[0])
    return number if 1 <= number <= highest else None


def number_options(steps: Sequence[int], value: int | None, words: Callable[[int], str]) -> tuple[Option, ...]:
    """The usual steps, and the visitor's own number among them."""
    return tuple(Option(str(step), words(step)) for step in steps_with(steps, value))


def steps_with(steps: Sequence[int], value: int | None) -> tuple[int, ...]:
    """The usual steps and the visitor's own number, rising."""
    return tuple(sorted({*steps, *([value] if value else [])}))


@dataclass(frozen=True, eq=False)
class ChoicesFilter(Filter[tuple[str, ...]]):
    """Keeps clinics that list one of the chosen (any) or every one (all): ?sprog=en,ar.

    `names` are the slugs in order with their words; only those some clinic has are offered.
    """

    key: str
    label: _StrOrPromise
    explanation: _StrOrPromise
    combines: Combines
    names: Callable[[], Mapping[str, str]]
    tags: Callable[[Columns], Tags]
    sentence: _StrOrPromise  # with %(names)s

    def parse(self, values: Sequence[str]) -> tuple[str, ...] | None:
        chosen = {part.lower() for part in parts(values)}
        return tuple(name for name in self.names() if name in chosen) or None

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def describe(self, value: tuple[str, ...]) -> str:
        names = self.names()
        joint = _(" eller ") if self.combines == "any" else _(" og ")
        return str(self.sentence) % {"names": joint.join(names[name] for name in value)}

    def options(self, columns: Columns, value: tuple[str, ...] | None) -> tuple[Option, ...]:
        offered = self.tags(columns).position
        return tuple(
            Option(name, words) for name, words in self.names().items() if name in offered or name in (value or ())
        )

    def mask(self, columns: Columns, value: tuple[str, ...], asked: Asked) -> Mask:
        tags = self.tags(columns)
        return combine([tags.mask(name) for name in value], self.combines)


def combine(masks: Sequence[Mask], combines: Combines) -> Mask:
    """Several answers as one, three-valued: unknown only where it would decide."""
    if len(masks) == 1:
        return masks[0]
    yes = np.stack([mask.yes for mask in masks])
    no = np.stack([mask.known & ~mask.yes for mask in masks])
    if combines == "any":
        some = np.bitwise_or.reduce(yes)
        return Mask(some, some | np.bitwise_and.reduce(no))
    every = np.bitwise_and.reduce(yes)
    return Mask(every, every | np.bitwise_or.reduce(no))
