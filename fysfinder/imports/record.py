"""What every source turns its rows into: typed facts, and what could not become one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from fysfinder.clinics.opening import Day, SpecialDays
from fysfinder.places.queries import Gazetteer


@dataclass(frozen=True, order=True)
class Problem:
    """A value that did not become a fact, or did so with a reservation."""

    row: int  # the line of the file
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.value!r}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "value": self.value, "message": self.message}


MOST_BROKEN = 50  # lines named when a file cannot be used


class BrokenFileError(Exception):
    """The file is not what the source reads. Nothing of it is used; problems say where it breaks."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"line {line}: {message}" for line, message in problems))


@dataclass(frozen=True)
class RawRow:
    """A row as it came: its line and its cells by column."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """rows come one at a time and once; what is broken is raised while they are read."""

    rows: Iterable[RawRow]
    remarks: tuple[str, ...] = ()  # about the file as a whole


@dataclass(frozen=True)
class Location:
    """Where the row says the clinic is. is_stated: the postcode itself stands in the row, not only an area."""

    postcode: str
    lat: float
    lon: float
    is_stated: bool
    is_point_exact: bool = False  # the point is the door's own, not the middle of the postcode


@dataclass(frozen=True)
class PriceCell:
    service: str
    low_ore: int
    high_ore: int


@dataclass(frozen=True)
class Record:
    """A row read. facts holds only what is known, by the names of Clinic's columns."""

    row: int
    source_id: str
    name: str
    cells: Mapping[str, str]
    facts: Mapping[str, Any] = field(default_factory=dict)
    location: Location | None = None
    prices: tuple[PriceCell, ...] = ()
    week: tuple[Day, ...] = ()  # seven days, or none when no day is known; the two switches may stand behind
    seasons: tuple[SpecialDays, ...] = ()  # other hours in some weeks, and single days
    problems: tuple[Problem, ...] = ()
    confirmed_on: dt.date | None = None  # the day this row was true, when it says so itself


@dataclass(frozen=True)
class Source:
    """One way facts reach us: how a file is read and how a row becomes a record."""

    name: str  # on the command line and in SourceRow
    label: str  # what visitors are told the facts come from
    read: Callable[[BinaryIO], Reading]
    to_record: Callable[[RawRow, Gazetteer], Record]
    is_suggestion: bool = False  # fills in what nobody has said; never adds a clinic, never contradicts
    is_register: bool = False  # an authority's own list, whole every time: what is no longer in it has closed
    key_of: Callable[[RawRow, Gazetteer], str] | None = None  # a record's source_id for less than to_record costs
    url: str = ""  # where fetch_source gets it, when it is one place

    def key(self, raw: RawRow, places: Gazetteer) -> str:
        return self.key_of(raw, places) if self.key_of else self.to_record(raw, places).source_id
