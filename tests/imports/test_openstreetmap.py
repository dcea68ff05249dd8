"""OpenStreetMap: what volunteers have mapped, as suggestions that carry their licence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fysfinder.clinics.actions import update_clinic
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.models import SourceRow
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.result import Result
from fysfinder.imports.sources.openstreetmap import SOURCE, read
from tests.imports.reading import read_all
from tests.make import TODAY

SAMPLE = Path(__file__).parent / "samples" / "openstreetmap" / "overpass.json"


def run() -> Result:
    return import_clinics(source=SOURCE, path=SAMPLE, today=TODAY)


def test_physiotherapists_are_read_wherever_their_point_stands() -> None:
    rows = read_all(read, SAMPLE.read_bytes()).rows
    assert [(row.cells["@id"], row.cells["@lat"]) for row in rows] == [
        ("node/1", "56.1531"), ("way/2", "56.1535"), ("node/4", "48.1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"<osm/>", b"[]", b"{}", b'{"elements": {}}', b'{"elements": [], "remark": "x"}']
)
def test_what_is_no_whole_answer_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        read_all(read, data)


def test_unknown_facts_are_filled_in_with_their_licence_and_day(clinic: Clinic) -> None:
    result = run()
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.website, clinic.step_free) == ("+4586000014", "https://bakken.example/", True)
    assert (clinic.name, clinic.street, clinic.lat) == ("Bakkens Fysioterapi ApS", "Ahornv. 1", 56.153)
    fact = clinic.facts.get(name="phone")
    assert "ODbL" in fact.source and fact.confirmed_on == dt.date(2026, 10, 1)
    hours = list(clinic.opening_hours.order_by("weekday").values_list("weekday", "opens", "closes"))
    assert hours[0] == (0, 480, 1080) and hours[-1] == (7, None, None)  # PH off
    assert (result.created, result.updated, result.left_out) == (0, 1, 2)
    assert run().updated == 0


def test_what_somebody_has_said_is_never_contradicted(clinic: Clinic) -> None:
    origin = Origin("Klinikliste", How.IMPORT, dt.date(2020, 1, 1))
    update_clinic(clinic=clinic, changes={"phone": "86999999", "website": "https://andet.example"}, origin=origin)
    Clinic.objects.filter(pk=clinic.pk).update(step_free=False)
    run()
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.website, clinic.step_free) == ("+4586999999", "https://andet.example", False)


def test_what_is_not_in_the_directory_is_kept_as_a_suggestion(clinic: Clinic) -> None:
    result = run()
    assert Clinic.objects.count() == 1
    row = SourceRow.objects.get(source_id="way/2")
    assert row.clinic is None
    assert {problem["column"] for problem in row.problems} == {
        "contact:phone", "opening_hours", "wheelchair", "addr:postcode", "*",
    }  # fmt: skip
    assert (4, "name") in [(problem.row, problem.column) for problem in result.problems]
