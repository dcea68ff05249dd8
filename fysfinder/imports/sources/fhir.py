"""A FHIR R4 Bundle: each Location is a clinic, with what its HealthcareServices and its Organization add.

The bundle is taken to hold physiotherapists only; no code system is looked into. Hours come from the Location's
hoursOfOperation, else from the only availableTime of its services; days that are not named are unknown.
Identifiers are left alone: which number system they belong to differs from sender to sender.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from fysfinder.clinics.opening import MINUTES_A_DAY, UNKNOWN, Day, open_day
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, Problem, RawRow, Reading, Record, Source
from fysfinder.places.queries import Gazetteer

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FACTS: dict[str, Callable[[str], Any]] = {"phone": cells.phone, "email": cells.email, "url": cells.website}
_Resource = dict[str, Any]


def read(file: BinaryIO) -> Reading:
    """Every active Location. Raises BrokenFileError when it is no Bundle."""
    try:
        bundle = json.load(file)
    except (ValueError, RecursionError) as error:
        raise BrokenFileError([(getattr(error, "lineno", 1), "is not JSON")]) from None
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise BrokenFileError([(1, "is no FHIR Bundle")])
    resources: list[_Resource] = []
    by_reference: dict[str, _Resource] = {}
    for entry in _dicts(bundle.get("entry")):
        resource = entry.get("resource")
        if isinstance(resource, dict):
            resources.append(resource)
            by_reference[f"{resource.get('resourceType')}/{resource.get('id')}"] = resource
            if isinstance(entry.get("fullUrl"), str):
                by_reference[entry["fullUrl"]] = resource
    places = [resource for resource in resources if resource.get("resourceType") == "Location"]
    active = [place for place in places if place.get("status", "active") == "active" and place.get("id")]
    services = [resource for resource in resources if resource.get("resourceType") == "HealthcareService"]
    rows = [
        RawRow(number, _cells(place, _services_of(place, services, by_reference), by_reference))
        for number, place in enumerate(active, start=1)
    ]
    left_out = len(places) - len(active)
    return Reading(tuple(rows), (f"{left_out} locations are not active or have no id",) if left_out else ())


def _dicts(value: Any) -> list[_Resource]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> _Resource:
    return value if isinstance(value, dict) else {}


def _services_of(place: _Resource, services: list[_Resource], by_reference: dict[str, _Resource]) -> list[_Resource]:
    return [
        service
        for service in services
        if service.get("active", True)
        and any(by_reference.get(str(found.get("reference"))) is place for found in _dicts(service.get("location")))
    ]


def _cells(place: _Resource, services: list[_Resource], by_reference: dict[str, _Resource]) -> dict[str, str]:
    organization = by_reference.get(str(_dict(place.get("managingOrganization")).get("reference")), {})
    address, position = _dict(place.get("address")), _dict(place.get("position"))
    lines = address.get("line")
    texts: dict[str, Any] = {
        "id": place["id"],
        "name": place.get("name") or organization.get("name"),
        "line": ", ".join(str(line) for line in lines) if isinstance(lines, list) else "",
        "postalCode": address.get("postalCode"),
        "city": address.get("city"),
        "latitude": position.get("latitude"),
        "longitude": position.get("longitude"),
    }
    for holder in (place, *services, organization):
        for contact in _dicts(holder.get("telecom")):
            if str(contact.get("system")) in FACTS:
                texts.setdefault(str(contact["system"]), contact.get("value"))
    times = [_dicts(service.get("availableTime")) for service in services]
    times = [found for found in times if found]
    own = _dicts(place.get("hoursOfOperation"))
    if own or len(times) == 1:
        texts["hours"] = json.dumps(own or times[0])
    return {name: "" if value is None else str(value) for name, value in texts.items()}


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    text = {column: cells.stated(value) for column, value in raw.cells.items() if column != "hours"}
    problems: list[Problem] = []

    def report(column: str, message: str) -> None:
        problems.append(Problem(raw.row, column, raw.cells.get(column, "")[:200], message))

    facts: dict[str, Any] = {}
    for system, rule in FACTS.items():
        if text.get(system):
            try:
                facts["website" if system == "url" else system] = rule(text[system])
            except ValueError as error:
                report(system, str(error))
    street, postcode = cells.split_street(text.get("line", ""))
    if street:
        facts["street"] = street[:160]
    name = text.get("name", "")[:120]
    if not name:
        report("name", "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id=raw.cells["id"],
        name=name,
        cells=dict(raw.cells),
        facts=facts,
        location=_location(text, text.get("postalCode") or postcode, places, report),
        week=_week(raw.cells.get("hours", ""), report),
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]


def _location(text: dict[str, str], code: str, places: Gazetteer, report: _Report) -> Location | None:
    known = places.postcodes.get(code)
    if known is None:
        report("postalCode", f"there is no postcode {code}" if code else "has no postcode: it cannot be placed")
        return None
    try:
        lat, lon = cells.point(text["latitude"], text["longitude"])
    except (KeyError, ValueError):
        return Location(code, known.lat, known.lon, is_stated=True)
    return Location(code, lat, lon, is_stated=True, is_point_exact=True)


def _week(text: str, report: _Report) -> tuple[Day, ...]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for time in _dicts(json.loads(text)) if text else []:
        span = _span(time)
        days = time.get("daysOfWeek")
        if span is None or not isinstance(days, list) or not {str(day) for day in days} <= set(DAYS):
            report("hours", "is not understood as a usual week: the hours are unknown")
            return ()
        for day in days:
            spans.setdefault(day, []).append(span)
    return tuple(open_day(*spans[day]) if day in spans else UNKNOWN for day in DAYS) if spans else ()


def _span(time: _Resource) -> tuple[int, int] | None:
    if time.get("allDay") is True:
        return 0, MINUTES_A_DAY
    opens, closes = (_minutes(_first(time, names)) for names in (_OPENS, _CLOSES))
    closes = MINUTES_A_DAY if closes == 0 else closes
    return (opens, closes) if opens is not None and closes is not None and opens < closes else None


_OPENS = ("openingTime", "availableStartTime")  # of a Location, of a HealthcareService
_CLOSES = ("closingTime", "availableEndTime")


def _first(time: _Resource, names: Iterable[str]) -> str:
    return next((str(time[name]) for name in names if name in time), "")


def _minutes(clock: str) -> int | None:
    parts = clock.split(":")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts[:2]):
        return None
    hours, minutes = int(parts[0]), int(parts[1])
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


SOURCE = Source(name="fhir", label="FHIR-register", read=read, to_record=to_record)
