"""A hand-made list of clinics: one CSV row each, Danish columns, a dash for what nobody knows.

Decisions about what a column means:
- handicapadgang: whatever it says it measures nothing: not steps, doors, lift or toilet. It becomes no fact; every cell
  that says something is reported, and its words are kept with the row.
- ydernummer: Ja and Nej are read as agreement; a number is the ydernummer itself.
- lokation is an area, not an address: it gives the postcode and the point, with precision 'postcode', and is reported.
- parkering: Gratis, Betalt and the like say that there is parking, and are kept as the note about it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import fold, one_line, slugify
from fysfinder.clinics.hours_text import parse_day
from fysfinder.clinics.opening import Day
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, PriceCell, Problem, RawRow, Reading, Record, Source
from fysfinder.places.queries import Gazetteer, Place

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
COLUMNS = (
    "lokation", "klinikNavn", "tlf", "email", "website", "adresse", "ydernummer", *WEEKDAYS, "antalBehandlere",
    "handicapadgang", "hjemmetræning", "holdtræning", "parkering", "førsteKons", "opfølgning",
)  # fmt: skip
PRICES = (("førsteKons", "first"), ("opfølgning", "follow_up"))
# column → the fact it states, and how its text is read
FACTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "tlf": ("phone", cells.phone),
    "email": ("email", cells.email),
    "website": ("website", cells.website),
    "antalBehandlere": ("therapist_count", cells.count),
    "hjemmetræning": ("home_training", cells.yes_no),
    "holdtræning": ("group_classes", cells.yes_no),
}
_BY_FOLDED = {fold(column): column for column in COLUMNS}


def read(data: bytes) -> Reading:
    """The rows of the file. Raises BrokenFileError with every line that cannot be used."""
    text, remarks = _decode(data)
    if "\x00" in text:
        lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\x00" in line]
        raise BrokenFileError([(number, "holds a NUL character") for number in lines[:20]])
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    broken: list[tuple[int, str]] = []
    rows: list[RawRow] = []
    columns: list[str] = []
    line = 1
    try:
        for values in reader:
            if not columns:
                columns = _columns(values, line)
            elif len(values) == len(columns):
                rows.append(RawRow(line, dict(zip(columns, values, strict=True))))
            elif values:
                broken.append((line, f"has {len(values)} cells where there are {len(columns)} columns"))
            line = reader.line_num + 1
    except csv.Error as error:
        broken.append((line, f"is not CSV: {error}"))
    if not columns and not broken:
        broken.append((1, "the file is empty"))
    if broken:
        raise BrokenFileError(broken)
    return Reading(tuple(row for row in rows if any(value.strip() for value in row.cells.values())), remarks)


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8 with or without a BOM; else Windows-1252, which the Danish column names prove or refute."""
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    text = data.decode("cp1252", errors="replace")
    if "hjemmetræning" not in text.split("\n", 1)[0] or "\ufffd" in text:
        raise BrokenFileError([(line, "is neither UTF-8 nor Windows-1252 text")])
    return text, ("read as Windows-1252: the file is not UTF-8",)


def _columns(values: list[str], line: int) -> list[str]:
    names = [_BY_FOLDED.get(fold(value), one_line(value, max_length=60)) for value in values]
    missing = [column for column in COLUMNS if column not in names]
    unknown = [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    messages = [("is missing", missing), ("is not known", unknown), ("stands twice", twice)]
    broken = [(line, f"column {name!r} {what}") for what, those in messages for name in those]
    if broken:
        raise BrokenFileError(broken)
    return names


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    """Every cell as a fact, as 'not stated', or as a problem."""
    problems: list[Problem] = []
    text = {column: cells.stated(raw.cells[column]) for column in COLUMNS}

    def report(column: str, message: str) -> None:
        problems.append(Problem(raw.row, column, raw.cells[column], message))

    facts: dict[str, Any] = {}
    for column, (fact, parse) in FACTS.items():
        if text[column]:
            try:
                facts[fact] = parse(text[column])
            except ValueError as error:
                report(column, str(error))
    facts.update(_agreement(text["ydernummer"], report))
    facts.update(_parking(text["parkering"], report))
    street, postcode = cells.split_street(text["adresse"])
    if street:
        facts["street"] = street[:160]
    if text["handicapadgang"]:
        report("handicapadgang", "does not say whether the way in is step-free, and measures nothing: kept as text")
    name = text["klinikNavn"][:120]
    if not name:
        report("klinikNavn", "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id="/".join(slugify(part) for part in (name, street, text["lokation"])),
        name=name,
        cells=dict(raw.cells),
        facts=facts,
        location=_location(text["lokation"], postcode, places, report),
        prices=_prices(text, report),
        week=_week(raw, report),
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]


def _agreement(text: str, report: _Report) -> dict[str, Any]:
    if not text:
        return {}
    if text.isascii() and text.isdigit() and 3 <= len(text) <= 6:
        return {"agreement": True, "ydernummer": text}
    try:
        return {"agreement": cells.yes_no(text)}
    except ValueError:
        report("ydernummer", "is neither Ja, Nej nor a number")
        return {}


def _parking(text: str, report: _Report) -> dict[str, Any]:
    if not text:
        return {}
    has_parking, note = cells.parking(text)
    if has_parking is None:
        report("parkering", "does not say whether there is parking: kept as a note only")
    facts: dict[str, Any] = {"parking_note": note[:120]} if note else {}
    return facts | ({} if has_parking is None else {"parking": has_parking})


def _location(area: str, postcode: str, places: Gazetteer, report: _Report) -> Location | None:
    if postcode:
        if point := places.postcodes.get(postcode):
            return Location(postcode, point.lat, point.lon, is_stated=True)
        report("adresse", f"there is no postcode {postcode}")
    resolution = places.resolve(area) if area else None
    place = resolution.place if resolution else None
    if place is None or place.kind == "country" or not place.postcodes:
        choices = ", ".join(choice.name for choice in resolution.choices) if resolution else ""
        report("lokation", f"is not one place{f' (could be {choices})' if choices else ''}: the row cannot be placed")
        return None
    code = _postcode_of(place, places)
    if place.kind == "postcode" and len(place.postcodes) == 1:
        return Location(code, place.lat, place.lon, is_stated=True)
    report("lokation", f"the row has no postcode: {code} and the middle of the area {place.name} are used")
    return Location(code, place.lat, place.lon, is_stated=False)


def _postcode_of(place: Place, places: Gazetteer) -> str:
    """The postcode that carries the place's own name, or else the one nearest to its middle."""

    def rank(code: str) -> tuple[bool, float, str]:
        point = places.postcodes[code]
        return point.name != place.name, float(haversine_km(place.lat, place.lon, point.lat, point.lon)), code

    return min(place.postcodes, key=rank)


def _prices(text: dict[str, str], report: _Report) -> tuple[PriceCell, ...]:
    found = []
    for column, service in PRICES:
        if text[column]:
            try:
                found.append(PriceCell(service, *cells.price(text[column])))
            except ValueError as error:
                report(column, str(error))
    return tuple(found)


def _week(raw: RawRow, report: _Report) -> tuple[Day, ...]:
    days = []
    for column in WEEKDAYS:
        day = parse_day(raw.cells[column])
        if day.rest:
            report(column, "is not understood as opening hours: the day is unknown")
        days.append(Day(day.state, day.intervals))
    return () if all(day.state == "unknown" for day in days) else tuple(days)


SOURCE = Source(name="csv", label="Klinikliste (CSV)", read=read, to_record=to_record)
