"""HSDS 3 (Open Referral) as JSON: services where they are given. Each location of a service is a clinic.

Two forms are read: the nested one of an API's /services ('contents', a list, or one service) with its organization,
service_at_locations, phones and schedules inside; and the tabular package, an object of tables by name ('locations',
'addresses', 'phones' …) whose rows point at each other by id. The file is taken to hold physiotherapists only.

Schedules are used when they are plain weeks (freq WEEKLY, byday, opens_at, closes_at, no interval, no week of the
month); with valid_from and valid_to they are a season, and those that are over are passed over. Services that are not
active and places one cannot come to (virtual, postal) are left out. An accessibility text measures nothing and becomes
no fact. Identifiers are used when their scheme names a Danish number.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, BinaryIO

from django.utils import timezone

from fysfinder.clinics import validation
from fysfinder.imports import cells
from fysfinder.imports.record import BrokenFileError, Location, Problem, RawRow, Reading, Record, Source
from fysfinder.imports.timetable import Timetable, day_of, period_of, span_of
from fysfinder.places.queries import Gazetteer

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_Object = dict[str, Any]
_SCHEMES = {"cvr": "cvr", "dk-cvr": "cvr", "p-nummer": "p_number", "p_number": "p_number", "sor": "sor_id"}
_RULES: dict[str, Callable[[str], Any]] = {
    "phone": cells.phone, "email": cells.email, "website": cells.website, "cvr": validation.cvr,
}  # fmt: skip


def read(file: BinaryIO) -> Reading:
    """A row per place of a service. Raises BrokenFileError when it is neither form."""
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise BrokenFileError([(getattr(error, "lineno", 1), "is not JSON")]) from None
    if isinstance(data, dict) and isinstance(data.get("locations"), list):
        services = list(_from_tables(data))
    else:
        found = data.get("contents", [data] if "name" in data else None) if isinstance(data, dict) else data
        if not isinstance(found, list):
            raise BrokenFileError([(1, "holds neither services ('contents') nor tables ('locations'): it is no HSDS")])
        services = _dicts(found)
    active = [service for service in services if (service.get("status") or "active") == "active"]
    pairs = [(service, at) for service in active for at in _dicts(service.get("service_at_locations"))]
    places = [(service, at, place) for service, at in pairs if (place := _dict(at.get("location"))).get("id")]
    doors = [place for place in places if (place[2].get("location_type") or "physical") == "physical"]
    today = timezone.localdate()
    rows = [RawRow(number, _cells(*door, today)) for number, door in enumerate(doors, start=1)]
    left_out = {"services are not active": len(services) - len(active), "places have no door": len(places) - len(doors)}
    return Reading(rows, tuple(f"{number} {what}" for what, number in left_out.items() if number))


def _dicts(value: Any) -> list[_Object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> _Object:
    return value if isinstance(value, dict) else {}


def _from_tables(data: _Object) -> Iterator[_Object]:
    """The nested form, put together by the tables' ids."""

    @cache
    def by_owner(table: str, key: str) -> dict[str, list[_Object]]:
        rows: dict[str, list[_Object]] = {}
        for row in _dicts(data.get(table)):
            rows.setdefault(str(row.get(key)), []).append(row)
        return rows

    def of(table: str, key: str, owner: _Object) -> list[_Object]:
        return by_owner(table, key).get(str(owner.get("id")), [])

    places = {}
    for place in _dicts(data["locations"]):
        lists = {name: of(name, "location_id", place) for name in ("addresses", "phones", "schedules")}
        places[str(place.get("id"))] = place | lists
    owners = {str(row.get("id")): row for row in _dicts(data.get("organizations"))}
    for owner in owners.values():
        owner["organization_identifiers"] = of("organization_identifiers", "organization_id", owner)
    for service in _dicts(data.get("services")):
        yield service | {
            "organization": owners.get(str(service.get("organization_id")), {}),
            "phones": of("phones", "service_id", service),
            "schedules": of("schedules", "service_id", service),
            "service_at_locations": [
                at | {"location": places.get(str(at.get("location_id")), {})}
                for at in of("service_at_locations", "service_id", service)
            ],
        }


def _cells(service: _Object, at: _Object, place: _Object, today: dt.date) -> dict[str, str]:
    owner = _dict(service.get("organization"))
    address = next(iter(sorted(_dicts(place.get("addresses")), key=lambda a: a.get("address_type") == "postal")), {})
    holders = (at, place, service, owner)
    phones = [phone for holder in holders for phone in _dicts(holder.get("phones")) if phone.get("type") != "fax"]
    schedules = [found for holder in (at, place, service) if (found := _dicts(holder.get("schedules")))]
    texts: dict[str, Any] = {
        "id": f"{place['id']}/{service.get('id', '')}",
        "name": place.get("name") or service.get("name") or owner.get("name"),
        "address_1": address.get("address_1"),
        "address_2": address.get("address_2"),
        "postal_code": address.get("postal_code"),
        "city": address.get("city"),
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "phone": next((phone.get("number") for phone in phones), ""),
        "email": service.get("email") or owner.get("email"),
        "website": place.get("url") or service.get("url") or owner.get("website"),
        "schedules": json.dumps(_in_force(schedules[0], today)) if schedules else "",
    }
    for identifier in _dicts(owner.get("organization_identifiers")):
        scheme = str(identifier.get("identifier_type") or identifier.get("identifier_scheme") or "").lower()
        if scheme in _SCHEMES:
            texts.setdefault(_SCHEMES[scheme], identifier.get("identifier"))
    return {name: "" if value is None else str(value) for name, value in texts.items()}


def to_record(raw: RawRow, places: Gazetteer) -> Record:
    text = {name: cells.stated(value) for name, value in raw.cells.items() if name != "schedules"}
    problems: list[Problem] = []

    def report(column: str, message: str) -> None:
        problems.append(Problem(raw.row, column, raw.cells.get(column, "")[:200], message))

    facts: dict[str, Any] = {}
    for name, rule in _RULES.items():
        if text.get(name):
            try:
                facts[name] = rule(text[name])
            except ValueError as error:
                report(name, str(error))
    for name, low, high in (("p_number", 10, 10), ("sor_id", 6, 18)):
        if (digits := text.get(name, "")).isdigit() and low <= len(digits) <= high:
            facts[name] = digits
    street = ", ".join(part for part in (text["address_1"], text["address_2"]) if part)
    street, postcode = cells.split_street(street)
    if street:
        facts["street"] = street[:160]
    times = _timetable(raw.cells["schedules"], report)
    if not text["name"]:
        report("name", "a clinic must have a name")
    return Record(
        row=raw.row,
        source_id=raw.cells["id"],
        name=text["name"][:120],
        cells=dict(raw.cells),
        facts=facts,
        location=_location(text, text["postal_code"] or postcode, places, report),
        week=times.week,
        seasons=times.seasons,
        problems=tuple(problems),
    )


_Report = Callable[[str, str], None]


def _location(text: dict[str, str], code: str, places: Gazetteer, report: _Report) -> Location | None:
    try:
        return cells.location(code, text["latitude"], text["longitude"], places)
    except ValueError as error:
        report("postal_code", str(error))
        return None


def _timetable(text: str, report: _Report) -> Timetable:
    """Of each schedule its weekly hours: always, or from its first day to its last."""
    found = Timetable()
    for schedule in _dicts(json.loads(text)) if text else []:
        days = str(schedule.get("byday") or "").upper().replace(" ", "").split(",")
        span = span_of(schedule.get("opens_at"), schedule.get("closes_at"))
        is_plain = schedule.get("freq", "WEEKLY") == "WEEKLY" and schedule.get("interval") in (None, 1, "1")
        is_dated = schedule.get("valid_from") or schedule.get("valid_to")
        period = period_of(schedule.get("valid_from"), schedule.get("valid_to")) if is_dated else None
        is_plain = is_plain and not schedule.get("bymonthday") and not schedule.get("count")
        if not is_plain or not set(days) <= set(DAYS) or span is None or (is_dated and period is None):
            report("schedules", "is not understood as weekly hours: the hours are unknown")
            return Timetable()
        for day in days:
            found.add(DAYS.index(day), span, period)
    return found


def _in_force(schedules: list[_Object], today: dt.date) -> list[_Object]:
    """Those that are not over and are for people who come; one that has begun and has no end is for always."""
    found = []
    for schedule in schedules:
        first, last = day_of(schedule.get("valid_from")), day_of(schedule.get("valid_to") or schedule.get("until"))
        is_over = last is not None and last < today
        if is_over or str(schedule.get("attending_type") or "").lower() in _AT_HOME:
            continue
        if first is not None and first <= today and last is None:
            schedule = {name: value for name, value in schedule.items() if name != "valid_from"}
        found.append(schedule)
    return found


_AT_HOME = {"virtual", "online", "phone", "telephone"}


SOURCE = Source(name="hsds", label="HSDS-katalog", read=read, to_record=to_record)
