"""A hand-made list of clinics: one CSV row each, Danish columns, a dash for what nobody knows.

Decisions about what a column means:
- handicapadgang: whatever it says it measures nothing: not steps, doors, lift or toilet. It becomes no fact; every cell
  that says something is reported, and its words are kept with the row.
- ydernummer: Ja and Nej are read as agreement; a number is the ydernummer itself.
- lokation is an area, not an address: it gives the postcode and the point, with precision 'postcode', and is reported.
- parkering: Gratis, Betalt and the like say that there is parking, and are kept as the note about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import fold, one_line, slugify
from fysfinder.clinics.hours_text import parse_day
from fysfinder.clinics.opening import Day
from fysfinder.imports import cells
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
from fysfinder.imports.sheets import Line, csv_lines, text_of
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


def read(file: BinaryIO) -> Reading:
    """The rows of the file. Raises BrokenFileError with every line that cannot be used."""
    text = text_of(file)
    lines = csv_lines(text.lines)
    line, head = next(lines, (1, []))
    if not head:
        raise BrokenFileError([(1, "the file is empty")])
    if text.odd_line and "hjemmetræning" not in head:  # the Danish column names prove or refute Windows-1252
        raise BrokenFileError([(text.odd_line, "is neither UTF-8 nor Windows-1252 text")])
    return Reading(_rows(_columns(head, line), lines), text.remarks)


def _rows(columns: list[str], lines: Iterator[Line]) -> Iterator[RawRow]:
    broken: list[tuple[int, str]] = []
    for line, values in lines:
        if len(values) != len(columns):
            if values:
                broken.append((line, f"has {len(values)} cells where there are {len(columns)} columns"))
        elif any(value.strip() for value in values):
            yield RawRow(line, dict(zip(columns, values, strict=True)))
        if len(broken) == MOST_BROKEN:
            break
    if broken:
        raise BrokenFileError(broken)


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
