"""The register's nightly file: physiotherapists with their units, placed, opened, moved and closed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fysfinder.clinics.actions import update_clinic
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.actions import undo_run
from fysfinder.imports.models import ImportRun, SourceRow
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.result import Result
from fysfinder.imports.sources.sor import SOURCE, read
from tests.imports.reading import read_all
from tests.make import TODAY

pytestmark = pytest.mark.usefixtures("places")
SAMPLE = Path(__file__).parent / "samples" / "sor" / "SorEntity_daily.csv"
NEXT_DAY = TODAY + dt.timedelta(days=1)


def run(path: Path = SAMPLE, day: dt.date = TODAY) -> Result:
    return import_clinics(source=SOURCE, path=path, today=day, confirmed_on=day)


def next_night(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = SAMPLE.read_text("utf-8-sig")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "SorEntity_daily.csv"
    path.write_text(text, "utf-8")
    return path


def without(text: str) -> tuple[str, str]:
    return next(line for line in SAMPLE.read_text("utf-8-sig").splitlines(keepends=True) if text in line), ""


def test_physiotherapists_become_clinics_with_what_their_units_add() -> None:
    result = run()
    assert (result.created, result.left_out) == (2, 2)
    clinic = Clinic.objects.get(sor_id="100000000000002")
    assert (clinic.street, clinic.phone, clinic.ydernummer, clinic.agreement) == (
        "Ahornvej 12, 1. tv", "+4586000014", "061234", True,
    )  # fmt: skip
    assert (clinic.precision, round(clinic.lat, 6), round(clinic.lon, 6)) == ("exact", 56.147053, 10.20475)
    assert clinic.facts.get(name="phone").how == "register"
    other = Clinic.objects.get(sor_id="100000000000005")
    assert (other.lat, other.lon, other.agreement) == (56.147, 10.2047, None)
    told = {(problem.row, problem.message.split(":")[0]) for problem in result.problems}
    assert (8, "has not opened yet") in told
    assert any(row == 7 and "outside Denmark proper" in message for row, message in told)


def test_a_night_later_clinics_have_opened_moved_and_closed(tmp_path: Path) -> None:
    run()
    before = {clinic.sor_id: clinic.status for clinic in Clinic.objects.all()}
    path = next_night(tmp_path, ("Ahornvej;012", "Birkevej;3"), ("2999-03-01", "2026-11-01"), without("Havnens Fys"))
    result = run(path, NEXT_DAY)
    assert (result.created, result.updated, result.closed) == (1, 2, 1)
    assert Clinic.objects.get(sor_id="100000000000002").street == "Birkevej 3, 1. tv"
    assert Clinic.objects.get(sor_id="100000000000005").status == "closed"
    undo_run(run=ImportRun.objects.latest("pk"))
    assert {clinic.sor_id: clinic.status for clinic in Clinic.objects.all()} == before


def test_a_clinic_that_has_spoken_since_is_not_closed_by_the_register(tmp_path: Path) -> None:
    run()
    clinic = Clinic.objects.get(sor_id="100000000000005")
    update_clinic(clinic=clinic, changes={"parking": True}, origin=Origin("klinikken", How.OWNER, NEXT_DAY))
    result = run(next_night(tmp_path, without("Havnens Fys")), NEXT_DAY)
    clinic.refresh_from_db()
    assert (clinic.status, result.closed, result.conflict_count) == ("active", 0, 1)


def test_a_file_cut_short_closes_nobody(tmp_path: Path) -> None:
    head, *rows = SAMPLE.read_text("utf-8-sig").splitlines()
    many = [
        rows[4]
        .replace("100000000000005", f"2000000000{number:05d}")
        .replace("Havnens", chr(97 + number) * 5)
        .replace("86000016", f"860001{number:02d}")
        .replace("Kajen;4", f"Kajen;{number + 10}")
        for number in range(12)
    ]
    path = tmp_path / "SorEntity_daily.csv"
    path.write_text("\n".join([head, *many]), "utf-8")
    assert run(path).created == 12
    path.write_text("\n".join([head, many[0]]), "utf-8")
    result = run(path, NEXT_DAY)
    assert result.closed == 0 and any("cut short" in remark for remark in result.remarks)
    assert Clinic.objects.filter(status="active").count() == 12


def test_a_second_night_without_news_dates_the_facts_anew(tmp_path: Path) -> None:
    run()
    result = run(next_night(tmp_path, ("8000;Aarhus C;10,2047", "8000;Aarhus C;10,2047 ")), NEXT_DAY)
    assert (result.created, result.updated, result.closed, result.unchanged) == (0, 0, 0, 2)
    clinic = Clinic.objects.get(sor_id="100000000000002")
    assert clinic.facts.get(name="phone").confirmed_on == NEXT_DAY
    assert SourceRow.objects.count() == 4


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "column 'SorId' is missing; the file has nothing"),
        (b"SorId;Navn\n", "column 'EntityName' is missing; the file has SorId, Navn"),
        (SAMPLE.read_bytes() + b"1;2\n", "has 2 cells"),
    ],
)
def test_another_file_is_refused_by_its_columns(data: bytes, message: str) -> None:
    with pytest.raises(BrokenFileError, match=message):
        read_all(read, data)
