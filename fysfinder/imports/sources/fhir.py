"""A FHIR R4 Bundle: each Location is a clinic, with what its HealthcareServices and its Organization add.

The bundle is taken to hold physiotherapists only; no code system is looked into. A Location that is part of another and
has no address of its own is a room of that one; with an address it is a clinic, and takes over what it does not say
itself, as an Organization does from the one it is part of.

Hours come from the Location's hoursOfOperation, else from the availableTime its services agree on; days that are not
named are unknown. A service's notAvailable with dates is closed then; one in words alone is reported.
Identifiers are left alone: which number system they belong to differs from sender to sender.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, BinaryIO

from django.utils import timezone

from fysfinder.base.text import one_line
from fysfinder.clinics.opening import MINUTES_A_DAY
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, Problem, RawRow, Reading, Record, Source
from fysfinder.imports.sources.fhir_bundle import Bundle, Resource, dict_of, dicts, is_active
from fysfinder.imports.timetable import Timetable, day_of, period_of, span_of
from fysfinder.places.queries import Gazetteer

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FACTS: dict[str, Callable[[str], Any]] = {"phone": cells.phone, "email": cells.email, "url": cells.website}
_JSON = frozenset({"hours", "closed"})


def read(file: BinaryIO) -> Reading:
    """Every active Location. Raises BrokenFileError when it is no Bundle."""
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise BrokenFileError([(getattr(error, "lineno", 1), "is not JSON")]) from None
    if not isinstance(data, dict) or data.get("resourceType") != "Bundle":
        raise BrokenFileError([(1, "is no FHIR Bundle")])
    bundle = Bundle(data, timezone.localdate())
    services = [service for service in bundle.of("HealthcareService") if is_active(service)]
    offered: dict[int, list[Resource]] = {}
    for service in services:
        for reference in dicts(service.get("location")):
            place = _clinic_of(bundle, bundle.follow(service, reference))
            offered.setdefault(id(place), []).append(service)
    places = [place for place in bundle.of("Location") if _clinic_of(bundle, place) is place]
    active = [place for place in places if place.get("id") and _is_run(bundle, place)]
    rows = [
        RawRow(number, _cells(bundle, place, offered.get(id(place), [])))
        for number, place in enumerate(active, start=1)
    ]
    left_out = len(places) - len(active)
    return Reading(tuple(rows), (f"{left_out} locations are not active or have no id",) if left_out else ())


def _clinic_of(bundle: Bundle, place: Resource) -> Resource:
    """The place itself, or the one it is a room of."""
    for one in bundle.up(place):
        if dict_of(one.get("address")) or not bundle.follow(one, one.get("partOf")):
            return one
    return place


def _is_run(bundle: Bundle, place: Resource) -> bool:
    """Active, a place and not a kind of place, and so is what it is part of and who runs it."""
    owner = _owner(bundle, place)
    return place.get("mode", "instance") == "instance" and is_active(owner) and all(map(is_active, bundle.up(place)))


def _owner(bundle: Bundle, place: Resource) -> Resource:
    owners = (bundle.follow(one, one.get("managingOrganization")) for one in bundle.up(place))
    return next((owner for owner in owners if owner), {})


def _cells(bundle: Bundle, place: Resource, services: list[Resource]) -> dict[str, str]:
    owners = list(bundle.up(_owner(bundle, place) or _provider(bundle, services)))
    places = list(bundle.up(place))
    address = next((found for one in places if (found := dict_of(one.get("address")))), {})
    position = next((found for one in places if (found := dict_of(one.get("position")))), {})
    lines = address.get("line")
    texts: dict[str, Any] = {
        "id": place["id"],
        "name": place.get("name") or next((owner["name"] for owner in owners if owner.get("name")), ""),
        "line": ", ".join(str(line) for line in lines) if isinstance(lines, list) else "",
        "postalCode": address.get("postalCode"),
        "city": address.get("city"),
        "latitude": position.get("latitude"),
        "longitude": position.get("longitude"),
    }
    texts |= {system: bundle.contacts([place, *services, *places[1:], *owners], system) for system in FACTS}
    texts |= _times(bundle, places, services)
    return {name: "" if value is None else str(value) for name, value in texts.items()}


def _provider(bundle: Bundle, services: list[Resource]) -> Resource:
    found = (bundle.follow(service, service.get("providedBy")) for service in services)
    return next((owner for owner in found if owner), {})


def _times(bundle: Bundle, places: list[Resource], services: list[Resource]) -> dict[str, str]:
    """The hours, what stands beside them in words, and the days on which nobody is there."""
    own = next((found for one in places if (found := dicts(one.get("hoursOfOperation")))), [])
    stated = [found for service in services if (found := dicts(service.get("availableTime")))]
    texts = {}
    if own or (stated and all(times == stated[0] for times in stated)):
        texts["hours"] = json.dumps(own or stated[0])
    if len(services) == 1:  # where there are several, the others may be there
        away = [closed for closed in dicts(services[0].get("notAvailable")) if not _is_over(bundle, closed)]
        if away:
            texts["closed"] = json.dumps(away)
    words = [one.get("availabilityExceptions") for one in (*places[:1], *services)]
    texts["availabilityExceptions"] = "; ".join(str(said) for said in words if said)
    return texts


def _is_over(bundle: Bundle, closed: Resource) -> bool:
    last = day_of(dict_of(closed.get("during")).get("end"))
    return last is not None and last < bundle.day


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    text = {column: cells.stated(value) for column, value in raw.cells.items() if column not in _JSON}
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
    times = _timetable(dict(raw.cells), report)
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
        week=times.week,
        seasons=times.seasons,
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]


def _location(text: dict[str, str], code: str, places: Gazetteer, report: _Report) -> Location | None:
    try:
        return cells.location(code, text.get("latitude"), text.get("longitude"), places)
    except ValueError as error:
        report("postalCode", str(error))
        return None


def _timetable(text: dict[str, str], report: _Report) -> Timetable:
    found = Timetable()
    for time in dicts(json.loads(text.get("hours") or "[]")):
        span = (
            (0, MINUTES_A_DAY) if time.get("allDay") is True else span_of(_first(time, _OPENS), _first(time, _CLOSES))
        )
        days = time.get("daysOfWeek")
        if span is None or not isinstance(days, list) or not {str(day) for day in days} <= set(DAYS):
            report("hours", "is not understood as a usual week: the hours are unknown")
            return Timetable()
        for day in days:
            found.add(DAYS.index(day), span)
    for closed in dicts(json.loads(text.get("closed") or "[]")):
        during = dict_of(closed.get("during"))
        period = period_of(during.get("start"), during.get("end") or during.get("start"))
        if period is None:
            report("closed", "names no days: it is not known when it is closed")
        else:
            found.close(*period, one_line(str(closed.get("description") or ""), max_length=80))
    if text.get("availabilityExceptions"):
        report("availabilityExceptions", "is in words: a person must read it")
    return found


_OPENS = ("openingTime", "availableStartTime")  # of a Location, of a HealthcareService
_CLOSES = ("closingTime", "availableEndTime")


def _first(time: Resource, names: tuple[str, ...]) -> Any:
    return next((time[name] for name in names if name in time), "")


SOURCE = Source(name="fhir", label="FHIR-register", read=read, to_record=to_record)
