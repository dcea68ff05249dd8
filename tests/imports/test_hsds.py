"""HSDS 3: the nested answer and the tabular package say the same clinic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fysfinder.clinics.models import Clinic
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.sources.hsds import SOURCE, read
from fysfinder.places.queries import gazetteer
from tests.imports.reading import read_all
from tests.make import TODAY

SAMPLES = Path(__file__).parent / "samples" / "hsds"


@pytest.mark.parametrize("form", ["services", "tables"])
def test_both_forms_become_the_same_clinic(form: str, places: None) -> None:
    result = import_clinics(source=SOURCE, path=SAMPLES / f"{form}.json", today=TODAY)
    assert (result.created, result.problem_count) == (1, 0)
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.street, clinic.phone, clinic.email, clinic.website, clinic.cvr) == (
        "Bakkens Fysioterapi", "Ahornvej 1, 1. sal", "+4586000014", "post@bakken.example", "https://bakken.example/",
        "88146328",
    )  # fmt: skip
    assert (clinic.lat, clinic.lon, clinic.precision) == (56.15, 10.2, "exact")
    hours = list(clinic.opening_hours.values_list("weekday", "opens", "closes"))
    assert hours == [(0, 540, 720), (0, 900, 1020), (1, 540, 720), (2, 480, 960)]


def changed(**schedule: Any) -> bytes:
    data = json.loads((SAMPLES / "services.json").read_text("utf-8"))
    data["contents"][0]["service_at_locations"][0]["location"]["schedules"] = [schedule]
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "MONTHLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "interval": 2, "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "byday": "1MO", "opens_at": "09:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "byday": "MO", "opens_at": "12:00", "closes_at": "09:00"},
        {"freq": "WEEKLY", "byday": "MO"},
    ],
)
def test_a_schedule_that_is_no_plain_week_is_reported_not_guessed(
    schedule: dict[str, Any], places: None, tmp_path: Path
) -> None:
    (tmp_path / "f.json").write_bytes(changed(**schedule))
    result = import_clinics(source=SOURCE, path=tmp_path / "f.json", today=TODAY)
    assert [problem.column for problem in result.problems] == ["schedules"]
    assert not Clinic.objects.get().opening_hours.exists()


@pytest.mark.parametrize("data", [b"", b"[", b"3", b'{"a": 1}', b'{"contents": 1}'])
def test_what_is_no_hsds_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        read_all(read, data)


def test_odd_parts_are_passed_over() -> None:
    odd = {"contents": [1, {}, {"service_at_locations": [2, {"location": 3}, {"location": {}}]}]}
    assert read_all(read, json.dumps(odd).encode()).rows == ()


WEEKLY = {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"}


@pytest.mark.parametrize(
    ("dates", "is_week", "seasons"),
    [
        ({"valid_from": "2026-12-20", "valid_to": "2027-01-03"}, False, [("2026-12-20", "2027-01-03", 0)]),
        ({"valid_from": "2026-01-01", "valid_to": "2026-11-17"}, False, []),
        ({"valid_from": "2026-01-01"}, True, []),
        ({"attending_type": "VIRTUAL"}, False, []),
    ],
)
def test_a_schedule_with_dates_is_a_season_and_one_that_is_over_is_nothing(
    dates: dict[str, str], is_week: bool, seasons: list[tuple[str, str, int]], places: None
) -> None:
    row, *_others = read_all(read, changed(**WEEKLY, **dates)).rows
    record = SOURCE.to_record(row, gazetteer())
    assert bool(record.week) == is_week and not record.problems
    assert [(str(one.first_day), str(one.last_day), one.weekday) for one in record.seasons] == seasons


@pytest.mark.parametrize("dates", [{"valid_from": "2027-01-01"}, {"valid_from": "x", "valid_to": "2027-01-03"}])
def test_a_schedule_whose_dates_say_no_season_is_reported(dates: dict[str, str], places: None) -> None:
    row, *_others = read_all(read, changed(**WEEKLY, **dates)).rows
    record = SOURCE.to_record(row, gazetteer())
    assert record.week == () and [problem.column for problem in record.problems] == ["schedules"]


def test_each_door_of_a_service_is_a_row_and_places_without_one_are_counted() -> None:
    data = json.loads((SAMPLES / "services.json").read_text("utf-8"))
    [at] = data["contents"][0]["service_at_locations"]
    others = [at | {"location": at["location"] | {"id": number, "location_type": kind}}
              for number, kind in (("l2", "physical"), ("l3", "virtual"))]  # fmt: skip
    data["contents"][0]["service_at_locations"] += others
    data["contents"].append({"id": "s3", "name": "Pause", "status": "temporarily closed", "service_at_locations": [at]})
    found = read_all(read, json.dumps(data).encode())
    assert [row.cells["id"] for row in found.rows] == ["l1/s1", "l2/s1"]
    assert found.remarks == ("2 services are not active", "1 places have no door")
