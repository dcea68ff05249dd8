"""Any table of clinics, CSV or XLSX, with a file that says what its columns mean.

The mapping is YAML, a line per column: 'Kliniknavn: name'. What a column can be is in TARGETS. Columns that are not
in it are guessed from their names; --explain shows what each is read as, before anything is written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, BinaryIO

import yaml

from fysfinder.base.text import fold, one_line, slugify
from fysfinder.clinics import validation
from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.hours_text import parse_day
from fysfinder.clinics.hours_week_text import WeekText, parse_week
from fysfinder.clinics.opening import Day, SpecialDays
from fysfinder.imports import cells
from fysfinder.imports.identity import field_of
from fysfinder.imports.record import (
    MOST_BROKEN,
    BrokenFileError,
    Location,
    PriceCell,
    Problem,
    RawRow,
    Reading,
    Record,
    Source,
)
from fysfinder.imports.sheets import Line, read_lines
from fysfinder.places.queries import Gazetteer

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_DAY_TARGETS = {fold(day): f"hours {number + 1}" for number, day in enumerate(WEEKDAYS)}
_DIGITS: Mapping[str, tuple[int, int]] = {"p_number": (10, 10), "sor_id": (6, 18), "ydernummer": (3, 6)}
_RULES: dict[str, Callable[[str], Any]] = {
    "phone": cells.phone, "email": cells.email, "website": cells.website, "therapist_count": cells.count,
    **{attribute.name: cells.yes_no for attribute in ATTRIBUTES if attribute.kind == "yes_no"},
}  # fmt: skip
_QUOTED = re.compile(r'="([^"]*)"')  # how a register keeps a spreadsheet from reading an id as a number
TARGETS = frozenset(
    {"id", "name", "street", "postcode", "city", "lat", "lon", "cvr", *_DIGITS, *_RULES, "hours", "ignore",
     *_DAY_TARGETS.values(), "price first", "price follow_up"}
)  # fmt: skip


def read_mapping(text: str) -> dict[str, str]:
    """Folded column name → target. Raises BrokenFileError naming what is wrong."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BrokenFileError([(mark.line + 1 if mark else 1, "is not YAML")]) from None
    except (ValueError, RecursionError):  # a date or a number that cannot be, or brackets within brackets
        raise BrokenFileError([(1, "is not YAML")]) from None
    if not isinstance(raw, dict):
        raise BrokenFileError([(1, "must be lines of 'column: what it is'")])
    wrong = [f"{target!r} (of {column!r})" for column, target in raw.items() if str(target) not in TARGETS]
    if wrong:
        raise BrokenFileError([(1, f"{what} is none of {', '.join(sorted(TARGETS))}") for what in wrong])
    return {fold(str(column)): str(target) for column, target in raw.items()}


@lru_cache(maxsize=5_000)
def _guess(column: str) -> tuple[str, str | None]:
    words = fold(column)
    return words, field_of(column) or _DAY_TARGETS.get(words) or {"aabningstider": "hours", "id": "id"}.get(words)


def target_of(column: str, mapping: Mapping[str, str]) -> str:
    """What the column is read as; 'ignore' when nothing says."""
    words, guess = _guess(column)
    return mapping.get(words) or guess or "ignore"


def read(file: BinaryIO) -> Reading:
    """The rows, by the first line's column names. Raises BrokenFileError with every line that cannot be used."""
    lines, remarks = read_lines(file)
    line, head = next(lines)
    columns = [one_line(cell, max_length=80) for cell in head]
    while columns and not columns[-1]:
        columns.pop()
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise BrokenFileError([(line, _doubled(name, columns)) for name in twice])
    return Reading(_rows(columns, lines), remarks)


def _doubled(name: str, columns: list[str]) -> str:
    places = " and ".join(str(at) for at, column in enumerate(columns, start=1) if column == name)
    return f"column {name!r} stands twice (columns {places})" if name else f"columns {places} have no name"


def _rows(columns: list[str], lines: Iterator[Line]) -> Iterator[RawRow]:
    broken: list[tuple[int, str]] = []
    for line, values in lines:
        if any(value.strip() for value in values[len(columns) :]):
            broken.append((line, f"has {len(values)} cells where there are {len(columns)} columns"))
            if len(broken) == MOST_BROKEN:
                break
        else:
            yield RawRow(line, dict(itertools.zip_longest(columns, values[: len(columns)], fillvalue="")))
    if broken:
        raise BrokenFileError(broken)


def _key(raw: RawRow, places: Gazetteer, mapping: Mapping[str, str]) -> str:
    """The row's source_id alone, when a column says it: all that the first reading of a file needs."""
    column = next((column for column in raw.cells if target_of(column, mapping) == "id"), None)
    cell = raw.cells[column] if column is not None else ""
    said = cells.stated(cell) if cell.isalnum() else ""
    return said or _record(raw, places, mapping).source_id


def _record(raw: RawRow, places: Gazetteer, mapping: Mapping[str, str]) -> Record:
    problems: list[Problem] = []
    text: dict[str, str] = {}
    column_of: dict[str, str] = {}
    for column, cell in raw.cells.items():
        target = target_of(column, mapping)
        value = cells.stated(
            cell.strip().removeprefix('="').removesuffix('"') if cell.strip().startswith('="') else cell
        )
        if value.startswith(("=", "@")):
            problems.append(Problem(raw.row, column, cell, "is a formula, not a value"))
        elif target != "ignore" and value and target not in text:
            text[target], column_of[target] = value, column

    def report(target: str, message: str) -> None:
        column = column_of.get(target, target)
        problems.append(Problem(raw.row, column, raw.cells.get(column, ""), message))

    street, postcode = cells.split_street(text.get("street", ""))
    text["postcode"] = text.get("postcode") or postcode
    facts = _facts(text, report) | ({"street": street[:160]} if street else {})
    week, seasons = _hours(text, report)
    name = text.get("name", "")[:120]
    if not name:
        report("name", "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id=text.get("id") or "/".join(slugify(part) for part in (name, street, text["postcode"])),
        name=name,
        cells=dict(raw.cells),
        facts=facts,
        location=_location(text, places, report),
        prices=_prices(text, report),
        week=week,
        seasons=seasons,
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]


def _facts(text: Mapping[str, str], report: _Report) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for target, rule in _RULES.items():
        if target in text:
            try:
                facts[target] = rule(text[target])
            except ValueError as error:
                report(target, str(error))
    for target, (low, high) in _DIGITS.items():
        digits = text.get(target, "").replace(" ", "")
        if digits.isascii() and digits.isdigit() and low <= len(digits) <= high:
            facts[target] = digits
        elif digits:
            report(target, f"is not a number of {low} to {high} digits")
    if "cvr" in text:
        try:
            facts["cvr"] = validation.cvr(text["cvr"])
        except ValueError:
            report("cvr", "is not a CVR number: the last digit does not fit the others, or there are not eight")
    return facts


def _location(text: Mapping[str, str], places: Gazetteer, report: _Report) -> Location | None:
    code = text["postcode"].split(" ")[0].upper().removeprefix("DK-").zfill(4) if text["postcode"] else ""
    lat, lon = (text.get(axis, "").replace(",", ".") for axis in ("lat", "lon"))
    try:
        return cells.location(code, lat, lon, places)
    except ValueError as error:
        report("postcode", str(error))
        return None


def _prices(text: Mapping[str, str], report: _Report) -> tuple[PriceCell, ...]:
    found = []
    for service in ("first", "follow_up"):
        if f"price {service}" in text:
            try:
                found.append(PriceCell(service, *cells.price(text[f"price {service}"])))
            except ValueError as error:
                report(f"price {service}", str(error))
    return tuple(found)


def _hours(text: Mapping[str, str], report: _Report) -> tuple[tuple[Day, ...], tuple[SpecialDays, ...]]:
    """The week and the seasons. A day's own column wins over the column with the whole week."""
    week = parse_week(text.get("hours", ""))
    if week.rest:
        report("hours", "is not understood whole: the hours are unknown")
        week = WeekText()
    days = list(week.with_switches)
    for number, target in enumerate(_DAY_TARGETS.values()):
        if target in text:
            day = parse_day(text[target])
            if day.rest:
                report(target, "is not understood as opening hours: the day is unknown")
            days[number] = Day(day.state, day.intervals)
    is_nothing = all(day.state == "unknown" and not day.is_usual for day in days)
    return () if is_nothing else tuple(days), week.seasons


def explain(reading: Reading, mapping: Mapping[str, str]) -> list[str]:
    """A line per column: what it is read as and the first values; then what is still missing."""
    rows = list(itertools.islice(reading.rows, 50))
    columns = list(rows[0].cells) if rows else []
    lines = []
    for column in columns:
        values = [value for row in rows if (value := one_line(row.cells[column], max_length=40))]
        lines.append(f"{column!r} → {target_of(column, mapping)}: {'; '.join(dict.fromkeys(values[:3])) or '(empty)'}")
    targets = {target_of(column, mapping) for column in columns}
    lines += [
        f"no column is {needed!r}: add a line 'Your column: {needed}'" for needed in ("name",) if needed not in targets
    ]
    if not targets & {"postcode", "street"}:
        lines.append("no column is 'postcode' or 'street': the rows cannot be placed")
    return lines


def with_mapping(mapping: Mapping[str, str]) -> Source:
    return replace(
        SOURCE,
        to_record=lambda raw, places: _record(raw, places, mapping),
        key_of=lambda raw, places: _key(raw, places, mapping),
    )


SOURCE = Source(name="table", label="Klinikliste", read=read, to_record=lambda raw, places: _record(raw, places, {}))
