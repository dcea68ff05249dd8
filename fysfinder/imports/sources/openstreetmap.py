"""OpenStreetMap, as an Overpass answer in JSON ('out center') or an extract (.osm.pbf): physiotherapists as mapped by
volunteers.

Suggestions only: they fill in what nobody has said, under the source's own name, which carries the attribution that
the Open Database Licence asks for to every fact. What the tags mean here:
- wheelchair: yes and no are read as step_free; limited is neither and is reported.
- opening_hours: used when the whole of it is understood, seasons too, else reported.
- check_date (also check_date:opening_hours) is the day somebody stood there; without one it is the file's day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, BinaryIO
from urllib.parse import urlencode

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import one_line
from fysfinder.clinics.hours_week_text import WeekText, parse_week
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, Problem, RawRow, Reading, Record, Source
from fysfinder.imports.sources.osm_pbf import is_pbf, read_pbf
from fysfinder.places.queries import Gazetteer

FACTS: dict[str, tuple[tuple[str, ...], Callable[[str], Any]]] = {
    "phone": (("phone", "contact:phone"), cells.phone),
    "email": (("email", "contact:email"), cells.email),
    "website": (("website", "contact:website"), cells.website),
}
_FARTHEST_POSTCODE_KM = 15


def read(file: BinaryIO) -> Reading:
    """Every physiotherapist. Raises BrokenFileError when it is neither an answer of Overpass nor an extract."""
    start = file.read(20)
    file.seek(0)
    elements, stamp = read_pbf(file) if is_pbf(start) else _overpass(file)
    rows = (RawRow(number, cells_of(element, stamp)) for number, element in enumerate(elements, 1) if _fits(element))
    return Reading(tuple(rows))


def _overpass(file: BinaryIO) -> tuple[list[Any], str]:
    """The elements, and when they were so."""
    try:
        answer = json.load(file)
    except (ValueError, RecursionError) as error:
        raise BrokenFileError([(getattr(error, "lineno", 1), "is not JSON")]) from None
    elements = answer.get("elements") if isinstance(answer, dict) else None
    if not isinstance(elements, list):
        raise BrokenFileError([(1, "has no list 'elements': it is no answer of the Overpass API")])
    if answer.get("remark"):  # a query cut short by time or memory answers with what it had
        raise BrokenFileError([(1, f"the answer is not whole: {one_line(str(answer['remark']), max_length=200)}")])
    base = answer.get("osm3s")
    return elements, str(base.get("timestamp_osm_base", "")) if isinstance(base, dict) else ""


def _fits(element: Any) -> bool:
    tags = element.get("tags") if isinstance(element, dict) else None
    if not isinstance(tags, dict):
        return False
    kinds = str(tags.get("healthcare", "")).split(";") + str(tags.get("healthcare:speciality", "")).split(";")
    return bool({"physiotherapist", "physiotherapy"} & {kind.strip() for kind in kinds})


def cells_of(element: dict[str, Any], stamp: str) -> dict[str, str]:
    """The tags, and what stands beside them under names with an @."""
    center = element.get("center")
    point = center if isinstance(center, dict) else element
    beside = {"@id": f"{element.get('type')}/{element.get('id')}", "@base": stamp}
    beside |= {f"@{axis}": str(point[axis]) for axis in ("lat", "lon") if point.get(axis) is not None}
    return {str(key): str(value) for key, value in element["tags"].items()} | beside


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    tags = {key: cells.stated(value) for key, value in raw.cells.items()}
    problems: list[Problem] = []

    def report(tag: str, message: str) -> None:
        problems.append(Problem(raw.row, tag, raw.cells.get(tag, ""), message))

    facts = _contacts(tags, report)
    wheelchair = tags.get("wheelchair", "")
    if wheelchair in {"yes", "no"}:
        facts["step_free"] = wheelchair == "yes"
    elif wheelchair:
        report("wheelchair", "is neither yes nor no")
    street = f"{tags.get('addr:street', '')} {tags.get('addr:housenumber', '')}".strip()
    if street:
        facts["street"] = street[:160]
    week = _week(tags, report)
    name = tags.get("name", "")[:120]
    if not name:
        report("name", "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id=raw.cells["@id"],
        name=name,
        cells=dict(raw.cells),
        facts=facts,
        location=_location(tags, places, report),
        week=week.with_switches if week.is_week_stated else (),
        seasons=week.seasons,
        problems=tuple(problems),
        confirmed_on=_day(tags),
    )


_Report = Callable[[str, str], None]


def _contacts(tags: dict[str, str], report: _Report) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for fact, (names, rule) in FACTS.items():
        tag = next((name for name in names if tags.get(name)), None)
        if tag:
            try:
                facts[fact] = rule(tags[tag].split(";")[0].strip())
            except ValueError as error:
                report(tag, str(error))
    return facts


def _week(tags: dict[str, str], report: _Report) -> WeekText:
    text = tags.get("opening_hours", "")
    week = parse_week(text) if text else WeekText()
    if text and (week.rest or not week.is_stated):
        report("opening_hours", "is not understood whole: the hours are unknown")
        return WeekText()
    return week


def _location(tags: dict[str, str], places: Gazetteer, report: _Report) -> Location | None:
    try:
        lat, lon = cells.point(tags["@lat"], tags["@lon"])
    except (KeyError, ValueError):
        report("@lat", "has no point: an Overpass answer must be made with 'out center'")
        return None
    code = tags.get("addr:postcode", "")
    if code in places.postcodes:
        return Location(code, lat, lon, is_stated=True, is_point_exact=True)
    if code:
        report("addr:postcode", f"there is no postcode {code}")
    km, nearest = min(
        ((float(haversine_km(lat, lon, point.lat, point.lon)), known) for known, point in places.postcodes.items()),
        default=(float("inf"), ""),
    )
    if km > _FARTHEST_POSTCODE_KM:
        report("@lat", "lies outside the country")
        return None
    return Location(nearest, lat, lon, is_stated=False, is_point_exact=True)


def _day(tags: dict[str, str]) -> dt.date | None:
    """Of several days the oldest: it holds for all the facts."""
    days = []
    for text in (tags.get("check_date", ""), tags.get("check_date:opening_hours", "")):
        try:
            days.append(dt.date.fromisoformat(text[:10]))
        except ValueError:
            continue
    try:
        return min(days, default=None) or dt.date.fromisoformat(tags.get("@base", "")[:10])
    except ValueError:
        return None


QUERY = (
    '[out:json][timeout:180];area["ISO3166-1"="DK"][admin_level=2]->.dk;'
    '(nwr["healthcare"="physiotherapist"](area.dk);nwr["healthcare:speciality"~"physiotherap"](area.dk););out center;'
)

SOURCE = Source(
    name="osm",
    label="© OpenStreetMap-bidragydere (ODbL)",
    read=read,
    to_record=to_record,
    is_suggestion=True,
    url=f"https://overpass-api.de/api/interpreter?{urlencode({'data': QUERY})}",
)
