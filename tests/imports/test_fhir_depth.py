"""A FHIR bundle's finer points: who points at whom, which contact counts now, when nobody is there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fysfinder.clinics.opening import CLOSED, UNKNOWN, open_day
from fysfinder.imports.record import Record
from fysfinder.imports.sources.fhir import SOURCE, read
from fysfinder.places.queries import gazetteer
from tests.imports.reading import Whole, read_all
from tests.make import TODAY

pytestmark = pytest.mark.usefixtures("places")
ADDRESS = {"line": ["Ahornvej 1"], "postalCode": "8000"}
MONDAY = {"daysOfWeek": ["mon"], "availableStartTime": "08:00:00", "availableEndTime": "12:00:00"}


def whole(*resources: dict[str, Any]) -> Whole:
    entries = [{"resource": resource} for resource in resources]
    return read_all(
        read, json.dumps({"resourceType": "Bundle", "timestamp": f"{TODAY}T08:00:00Z", "entry": entries}).encode()
    )


def records(*resources: dict[str, Any]) -> list[Record]:
    return [SOURCE.to_record(row, gazetteer()) for row in whole(*resources).rows]


def location(number: str = "l1", **more: Any) -> dict[str, Any]:
    return {"resourceType": "Location", "id": number, "name": "Bakken", "address": ADDRESS} | more


def service(**more: Any) -> dict[str, Any]:
    return {"resourceType": "HealthcareService", "id": "s1", "location": [{"reference": "Location/l1"}]} | more


def phone(value: str, **more: Any) -> dict[str, Any]:
    return {"system": "phone", "value": value} | more


@pytest.mark.parametrize(
    "reference",
    ["#o", "Organization/o", "Organization/o/_history/3", "https://fhir.example.dk/r4/Organization/o"],
)
def test_an_organization_is_found_by_every_way_of_pointing(reference: str) -> None:
    owner = {"resourceType": "Organization", "id": "o", "telecom": [phone("86000014")]}
    held = {"contained": [owner]} if reference == "#o" else {}
    others = [] if held else [owner]
    [record] = records(location(managingOrganization={"reference": reference}, **held), *others)
    assert record.facts["phone"] == "+4586000014"


def test_an_organization_is_found_by_its_identifier() -> None:
    number = {"system": "urn:oid:1.2.208.176.1.1", "value": "123"}
    owner = {"resourceType": "Organization", "id": "o", "identifier": [number], "telecom": [phone("86000014")]}
    [record] = records(location(managingOrganization={"identifier": number, "type": "Organization"}), owner)
    assert record.facts["phone"] == "+4586000014"


def test_a_place_inside_a_service_is_a_clinic_of_its_own_id() -> None:
    [record] = records(
        service(contained=[location("inner")], location=[{"reference": "#inner"}], availableTime=[MONDAY])
    )
    assert (record.source_id, record.name, record.week[0]) == ("s1#inner", "Bakken", open_day((480, 720)))


def test_a_room_belongs_to_its_house_and_a_house_takes_over_what_it_does_not_say() -> None:
    house = location(telecom=[phone("86000014")], position={"latitude": 56.15, "longitude": 10.2})
    room = {"resourceType": "Location", "id": "room", "name": "Stue 2", "partOf": {"reference": "Location/l1"}}
    branch = location("l2", name="Kajen", address={**ADDRESS, "line": ["Kajen 2"]}, partOf={"reference": "Location/l1"})
    hours = service(location=[{"reference": "Location/room"}], availableTime=[MONDAY])
    first, second = records(room, house, branch, hours)
    assert (first.name, first.week[0], first.facts["phone"]) == ("Bakken", open_day((480, 720)), "+4586000014")
    assert (second.name, second.week, second.facts["street"]) == ("Kajen", (), "Kajen 2")
    assert second.facts["phone"] == "+4586000014"


def test_organizations_that_are_part_of_each_other_come_to_an_end() -> None:
    a = {"resourceType": "Organization", "id": "a", "partOf": {"reference": "Organization/b"}}
    b = {"resourceType": "Organization", "id": "b", "partOf": {"reference": "Organization/a"}, "name": "B"}
    [record] = records(location(name=None, managingOrganization={"reference": "Organization/a"}), a, b)
    assert record.name == "B"


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([phone("86000011", rank=2), phone("86000012", rank=1), phone("86000013")], "+4586000012"),
        ([phone("86000011", use="old"), phone("86000012")], "+4586000012"),
        ([phone("86000011", use="temp", rank=1), phone("86000012")], "+4586000012"),
        ([phone("86000011", period={"end": "2026-11-17"}), phone("86000012")], "+4586000012"),
        ([phone("86000011", period={"start": "2026-12"}), phone("86000012")], "+4586000012"),
        ([phone("86000011", period={"start": "2020", "end": "2026"}), phone("86000012")], "+4586000011"),
        ([phone("86000011", period={"end": "2025"})], None),
    ],
)
def test_the_contact_of_lowest_rank_that_counts_now_is_taken(contacts: list[Any], expected: str | None) -> None:
    [record] = records(location(telecom=contacts))
    assert record.facts.get("phone") == expected


@pytest.mark.parametrize(
    "resources",
    [
        (location(status="inactive"),),
        (location(status="suspended"),),
        (location(status="entered-in-error"),),
        (location(mode="kind"),),
        (location(managingOrganization={"reference": "#o"}, contained=[
            {"resourceType": "Organization", "id": "o", "active": False}]),),
        (location("l2", status="inactive"), location(partOf={"reference": "Location/l2"})),
    ],
)  # fmt: skip
def test_what_is_not_in_use_is_left_out_and_counted(resources: tuple[dict[str, Any], ...]) -> None:
    found = whole(*resources)
    assert found.rows == () and found.remarks == (f"{len(resources)} locations are not active or have no id",)


def test_a_service_that_is_over_gives_nothing() -> None:
    [record] = records(location(), service(active=False, availableTime=[MONDAY], telecom=[phone("86000014")]))
    assert record.week == () and "phone" not in record.facts


def test_hours_are_the_places_own_before_what_its_services_agree_on() -> None:
    own = {"daysOfWeek": ["tue"], "allDay": True}
    tuesday = {**MONDAY, "daysOfWeek": ["tue"]}
    [record] = records(location(hoursOfOperation=[own]), service(availableTime=[MONDAY]))
    assert record.week == (UNKNOWN, open_day((0, 1440)), *(UNKNOWN,) * 5)
    [agreed] = records(location(), service(availableTime=[MONDAY]), service(id="s2", availableTime=[MONDAY]))
    assert agreed.week[0] == open_day((480, 720))
    [differ] = records(location(), service(availableTime=[MONDAY]), service(id="s2", availableTime=[tuesday]))
    assert differ.week == ()


def test_days_on_which_nobody_is_there_are_closed_and_those_that_are_over_forgotten() -> None:
    away = [
        {"description": "Juleferie", "during": {"start": "2026-12-23", "end": "2027-01-02"}},
        {"description": "Sommer", "during": {"start": "2026-07-01", "end": "2026-07-31"}},
        {"description": "Efter aftale i påsken"},
    ]
    [record] = records(location(), service(notAvailable=away, availabilityExceptions="Lukket i lige uger"))
    [closed] = record.seasons
    assert (closed.first_day.isoformat(), closed.last_day.isoformat()) == ("2026-12-23", "2027-01-02")
    assert (closed.day.state, closed.day.note, closed.weekday) == (CLOSED.state, "Juleferie", None)
    assert [problem.column for problem in record.problems] == ["closed", "availabilityExceptions"]
