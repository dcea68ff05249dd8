"""A FHIR R4 Bundle: locations with what their services and organization add."""

from __future__ import annotations

from pathlib import Path

import pytest

from fysfinder.clinics.models import Clinic
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.sources.fhir import SOURCE, read
from tests.imports.reading import read_all
from tests.make import TODAY

SAMPLE = Path(__file__).parent / "samples" / "fhir" / "bundle.json"


def hours(clinic: Clinic) -> list[tuple[int, int | None, int | None]]:
    return list(clinic.opening_hours.order_by("weekday", "opens").values_list("weekday", "opens", "closes"))


def test_locations_become_clinics(places: None) -> None:
    result = import_clinics(source=SOURCE, path=SAMPLE, today=TODAY)
    assert (result.created, result.left_out, result.remarks) == (2, 1, ["1 locations are not active or have no id"])
    first = Clinic.objects.get(name="Bakkens Fysioterapi")
    assert (first.phone, first.website, first.street) == ("+4586000014", "https://bakken.example/", "Ahornvej 1, 1. tv")
    assert (first.lat, first.lon, first.precision) == (56.1531, 10.2031, "exact")
    assert hours(first) == [(0, 480, 720), (0, 780, 1020), (1, 480, 720)]
    second = Clinic.objects.get(name="Bakken ApS")
    assert (second.email, second.street, second.postcode_id) == ("kajen@bakken.example", "Kajen 2", "8000")
    assert hours(second) == [(2, 0, 1440), (3, 540, 930)]
    assert {(problem.row, problem.column) for problem in result.problems} == {
        (3, "phone"), (3, "postalCode"), (3, "hours"),
    }  # fmt: skip
    again = import_clinics(source=SOURCE, path=SAMPLE, today=TODAY)
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"resourceType": "Patient"}', b"[" * 5000])
def test_what_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        read_all(read, data)


def test_a_bundle_of_nonsense_has_no_rows() -> None:
    assert read_all(read, b'{"resourceType": "Bundle", "entry": [1, {}, {"resource": 2}]}').rows == ()
