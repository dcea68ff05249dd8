"""SOR, the health service's register of organisations: the nightly SorEntity_daily.csv, physiotherapists only.

Semicolons, UTF-8 (or Windows-1252), ids written ="123" so that spreadsheets leave them alone; the file has no units
whose closing has come into force, but it has future ones and the organisations above and below them. A clinic is the
institution (SI) of a physiotherapist's type; the units under it (OE) lend it what it lacks: an address, a ydernummer.

COLUMNS is the whole mapping: correct it there. Seen in the register's documentation or in public programs that read
the file: those marked seen. Not seen, and therefore optional: the others; a name that is wrong there loses a fact and
nothing more. A seen column that is missing stops the import, with the names the file has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from fysfinder.base.geo import utm32_to_wgs84
from fysfinder.base.text import one_line
from fysfinder.clinics import validation
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, Problem, RawRow, Reading, Record, Source
from fysfinder.imports.sheets import Line, csv_lines, text_of
from fysfinder.places.queries import Gazetteer

URL = "https://sor-filer.sundhedsdata.dk/sor2_produktion/V1_00/data/SorEntity_daily.csv"
SEEN = {
    "id": "SorId", "level": "SorType", "name": "EntityName", "type": "EntityTypeName",
    "parent": "HealthInstitutionSorId", "from": "FromDate", "to": "ToDate",
}  # fmt: skip
OPTIONAL = {
    "phone": "VirtualAddressTelephoneNumber", "email": "VirtualAddressEmailAddress",
    "website": "VirtualAddressWebsite",  # these three seen; the four below not
    "type_code": "EntityTypeIdentifier", "ydernummer": "ProviderIdentifier", "cvr": "CvrNumberIdentifier",
    "p_number": "PNumberIdentifier",
}  # fmt: skip
_ADDRESS = {
    "street": "StreetName", "number": "StreetBuildingId", "floor": "FloorId", "door": "SuiteId",
    "postcode": "PostCodeId", "town": "DistrictName", "east": "CoordETRS89z32EMeasure",
    "north": "CoordETRS89z32NMeasure",
}  # fmt: skip
ADDRESSES = ("VisitingAddress", "ActivityAddress", "PostalAddress")  # where patients come, before where letters do
COLUMNS = {**SEEN, **OPTIONAL}
TYPES = {"fysioterapiklinik", "fysioterapi og ergoterapiklinik"}
TYPE_CODES = {"547011000005103", "550861000005106"}  # the same two, as SNOMED CT's Danish codes
_DENMARK = range(1000, 9991)  # Greenland has 39xx; the Faroes' three digits are no numbers here
_GREENLAND = range(3900, 4000)


def read(file: BinaryIO) -> Reading:
    """A row per clinic, with what its units add. Raises BrokenFileError when a seen column is missing.

    Two passes in one: units may stand before or after their clinic, so the physiotherapists' rows are held.
    """
    text = text_of(file)
    lines = csv_lines(text.lines)
    _line, head = next(lines, (1, []))
    names = [name.strip().lstrip("\ufeff") for name in head]
    missing = [name for name in SEEN.values() if name not in names]
    missing += [] if any(f"{kind}PostCodeId" in names for kind in ADDRESSES) else ["VisitingAddressPostCodeId"]
    if missing:
        has = ", ".join(one_line(name, max_length=40) for name in names[:60]) or "nothing"
        raise BrokenFileError([(1, f"column {name!r} is missing; the file has {has}") for name in missing])
    return Reading(_clinics(_units(names, lines)), text.remarks)


def _units(names: list[str], lines: Iterator[Line]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, values in lines:
        if len(values) != len(names):
            raise BrokenFileError([(line, f"has {len(values)} cells where there are {len(names)} columns")])
        yield line, {name: _plain(value) for name, value in zip(names, values, strict=True)}


def _plain(value: str) -> str:
    """'="123"' is 123."""
    text = value.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _clinics(units: Iterator[tuple[int, dict[str, str]]]) -> Iterator[RawRow]:
    clinics: dict[str, tuple[int, dict[str, str]]] = {}
    below: dict[str, list[dict[str, str]]] = {}
    for line, unit in units:
        level, sor_id, parent = (unit[SEEN[name]] for name in ("level", "id", "parent"))
        if level.upper() in {"SI", "HI"} and _is_physio(unit):
            clinics[sor_id] = line, unit
        elif parent and parent != sor_id and _is_physio_below(unit):
            below.setdefault(parent, []).append(unit)
    for sor_id, (line, unit) in clinics.items():
        yield RawRow(line, _joined(unit, below.get(sor_id, [])))


def _is_physio(unit: dict[str, str]) -> bool:
    words = " ".join(unit[SEEN["type"]].casefold().replace("-", " ").split())
    return words in TYPES or unit.get(OPTIONAL["type_code"], "") in TYPE_CODES


def _is_physio_below(unit: dict[str, str]) -> bool:
    """Units carry their institution's type beside their own."""
    words = " ".join(unit.get("HealthInstitutionEntityTypeName", "").casefold().replace("-", " ").split())
    return words in TYPES or _is_physio(unit)


def _joined(unit: dict[str, str], below: list[dict[str, str]]) -> dict[str, str]:
    """The clinic's own cells, and of its units' those it lacks when they all say the same."""
    joined = {name: value for name, value in unit.items() if value}
    names = sorted({name for other in below for name in other} - set(SEEN.values()))
    for name in names:
        said = {other[name] for other in below if other.get(name)}
        if name not in joined and len(said) == 1:
            joined[name] = said.pop()
    return joined


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    text = {name: cells.stated(raw.cells.get(column, "")) for name, column in COLUMNS.items()}
    problems: list[Problem] = []

    def report(column: str, message: str) -> None:
        problems.append(Problem(raw.row, column, raw.cells.get(column, ""), message))

    address = _address(raw)
    facts = _facts(text, report)
    if address.get("street"):
        facts["street"] = _street(address)[:160]
    is_open = _is_open(text, report)
    name = text["name"][:120] if is_open else ""
    if is_open and not name:
        report(COLUMNS["name"], "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id=text["id"],
        name=name,
        cells=dict(raw.cells),
        facts=facts,
        location=_location(address, places, report),
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]
_RULES: dict[str, Callable[[str], Any]] = {
    "phone": cells.phone, "email": cells.email, "website": cells.website, "cvr": validation.cvr,
}  # fmt: skip


def _facts(text: dict[str, str], report: _Report) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, rule in _RULES.items():
        if text[name]:
            try:
                facts[name] = rule(text[name])
            except ValueError as error:
                report(COLUMNS[name], str(error))
    for name, low, high in (("p_number", 10, 10), ("ydernummer", 3, 6)):
        if text[name].isascii() and text[name].isdigit() and low <= len(text[name]) <= high:
            facts[name] = text[name]
        elif text[name]:
            report(COLUMNS[name], f"is not a number of {low} to {high} digits")
    if "ydernummer" in facts:
        facts["agreement"] = True
    if 6 <= len(text["id"]) <= 18 and text["id"].isdigit():
        facts["sor_id"] = text["id"]
    return facts


def _address(raw: RawRow) -> dict[str, str]:
    """The first of the addresses that has a postcode, whole."""
    for kind in ADDRESSES:
        found = {part: cells.stated(raw.cells.get(f"{kind}{column}", "")) for part, column in _ADDRESS.items()}
        if found["postcode"]:
            return found
    return {}


def _street(address: dict[str, str]) -> str:
    """'Vestergade 12, 1. tv'."""
    floor = address["floor"].rstrip(".")
    inside = " ".join(part for part in (f"{floor}." if floor else "", address["door"]) if part)
    road = " ".join(part for part in (address["street"], address["number"].lstrip("0")) if part)
    return ", ".join(part for part in (road, inside) if part)


def _is_open(text: dict[str, str], report: _Report) -> bool:
    """Today between its days. A unit that has not begun, or has ended, is kept as a row only."""
    today = dt.date.today().isoformat()
    opens, closes = _day(text["from"]), _day(text["to"])
    if opens > today:
        report(COLUMNS["from"], "has not opened yet")
    elif closes and closes < today:
        report(COLUMNS["to"], "has closed")
    else:
        return True
    return False


def _day(text: str) -> str:
    """ISO from 2024-01-31 or 31-01-2024, with or without a clock; '' when there is none."""
    parts = text[:10].replace(".", "-").replace("/", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return ""
    return "-".join(parts if len(parts[0]) == 4 else reversed(parts))


def _location(address: dict[str, str], places: Gazetteer, report: _Report) -> Location | None:
    code = address.get("postcode", "")
    known = places.postcodes.get(code)
    if known is None:
        is_abroad = not code.isdigit() or int(code) not in _DENMARK or int(code) in _GREENLAND
        where = "lies outside Denmark proper (Greenland and the Faroes have their own)" if is_abroad else "is not known"
        report("VisitingAddressPostCodeId", f"postcode {code!r} {where}: it cannot be placed")
        return None
    point = _point(address)
    if point is None:
        return Location(code, known.lat, known.lon, is_stated=True)
    return Location(code, *point, is_stated=True, is_point_exact=True)


def _point(address: dict[str, str]) -> tuple[float, float] | None:
    """Metres of UTM zone 32 by the documentation; some exports are said to hold degrees, which no metre can be."""
    try:
        east, north = (float(address[axis].replace(",", ".")) for axis in ("east", "north"))
    except ValueError:
        return None
    lat, lon = (north, east) if abs(east) < 180 else utm32_to_wgs84(east, north)
    return (lat, lon) if 54.4 <= lat <= 57.9 and 7.9 <= lon <= 15.3 else None


SOURCE = Source(name="sor", label="SOR", read=read, to_record=to_record, is_register=True, url=URL)
