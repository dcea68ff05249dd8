"""What a tool is: named fields with limits and reasons, a pure rule, examples that are its tests, and its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise  # a lazy translation counts as text
Kind = Literal["number", "duration", "choice"]
Tone = Literal["plain", "note", "warn", "urgent"]
State = Literal["", "yes", "no", "unknown"]
Output = TypeVar("Output")
CALCULATE = _("Regn ud")

SEEN = dt.date(2026, 11, 22)  # the day the sources below were read


class ToolError(ValueError):
    """What is wrong with the input, in words for the visitor: field name → message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str  # stands in addresses: Danish ASCII
    label: Words


YES_NO = (Choice("ja", _("Ja")), Choice("nej", _("Nej")))
YES_NO_UNSURE = (*YES_NO, Choice("ved-ikke", _("Ved ikke")))
SEXES = (Choice("kvinde", _("Kvinde")), Choice("mand", _("Mand")))


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound that is itself allowed, and why what lies beyond it is not."""

    value: int
    reason: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One question. name is its key in JSON, param its name in addresses; a duration is held in milliseconds."""

    name: str
    param: str
    label: Words
    kind: Kind = "number"
    unit: Words = ""
    low: Limit | None = None
    high: Limit | None = None
    is_whole: bool = False
    choices: tuple[Choice, ...] = ()
    is_required: bool = True
    is_conditional: bool = False  # not required by itself, but may be by what else was answered
    hint: Words = ""
    example: str = ""  # what a right answer looks like, for hints and messages
    group: Words = ""  # fields after each other with the same group stand under one heading


@dataclass(frozen=True)
class Values:
    """Input that has been read and is within its limits. today is given, never asked of a clock."""

    given: Mapping[str, Fraction | int | str]
    today: dt.date

    def has(self, name: str) -> bool:
        return name in self.given

    def exact(self, name: str) -> Fraction:
        """A number exactly as it was written."""
        return Fraction(self.given[name])

    def number(self, name: str) -> float:
        return float(self.exact(name))

    def milliseconds(self, name: str) -> int:
        return int(self.exact(name))

    def text(self, name: str) -> str:
        """The value chosen, '' when none was."""
        return str(self.given.get(name, ""))


@dataclass(frozen=True, slots=True)
class Source:
    """A page we opened and what we use it for."""

    title: str
    publisher: str
    url: str
    used_for: Words
    seen: dt.date = SEEN


@dataclass(frozen=True, slots=True)
class Example:
    """Input with (a part of) the output it must give, and whose published figure that is.

    source counts from 1 in the tool's sources; 0 when the figure is worked out from the formula itself.
    """

    given: Mapping[str, Any]
    expected: Mapping[str, Any]
    reference: Words
    source: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """One line of an answer: its words, how it stands (met, not met, unknown) and its source, counted from 1."""

    text: str
    state: State = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    points: tuple[Point, ...]
    is_checklist: bool = False  # to be ticked off on paper


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_numeric: bool = True  # all columns but the first hold numbers
    is_form: bool = False  # to be filled in by hand on paper


@dataclass(frozen=True, slots=True)
class Result:
    """An answer as a page shows it, in the words of the language of the moment."""

    label: str
    value: str
    tone: Tone = "plain"
    rows: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[Tone, str], ...] = ()
    sections: tuple[Section, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Tool(Generic[Output]):
    """A calculator, questionnaire or print-out. compute is pure; present puts its output into words."""

    name: str
    slug: str
    title: Words
    summary: Words
    fields: tuple[Field, ...]
    compute: Callable[[Values], Output]
    present: Callable[[Output], Result]
    examples: tuple[Example, ...]
    sources: tuple[Source, ...]
    method: tuple[Words, ...]  # how the answer is found, one paragraph each
    cautions: tuple[Words, ...] = ()
    urgent_signs: tuple[Words, ...] = ()  # call now
    doctor_signs: tuple[Words, ...] = ()  # call your doctor
    submit: Words = CALCULATE
    topics: tuple[str, ...] = ()  # slugs of what it is for: it is offered beside them and what is below them
    keywords: tuple[str, ...] = ()  # what else people call it when they search, in Danish and English
    is_printed: bool = False
