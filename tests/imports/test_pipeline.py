"""From a file to clinics: typed or reported, twice is once, a broken file changes nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fysfinder.clinics.actions import update_clinic
from fysfinder.clinics.models import Clinic, DirectoryVersion, Fact, OpeningHours
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.models import ImportRun, SourceRow
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.result import Result
from fysfinder.imports.sources import SOURCES, get_source
from fysfinder.places.models import City
from fysfinder.places.queries import reset_gazetteer
from fysfinder.tariffs.models import Tariff
from tests.make import make_clinic, make_postcode

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent / "samples" / "csv" / "clinics.csv"
TODAY = dt.date(2026, 11, 18)
CSV = SOURCES[0]


@pytest.fixture(autouse=True)
def places() -> Iterator[None]:
    for code, name in (("8000", "Aarhus C"), ("8200", "Aarhus N")):
        make_postcode(code, name)
    bakkeby = City.objects.create(slug="bakkeby", name="Bakkeby", kind="district", lat=56.18, lon=10.2)
    bakkeby.postcodes.set(["8200"])
    reset_gazetteer()
    yield
    reset_gazetteer()


def run(path: Path = SAMPLE, **kw: object) -> Result:
    return import_clinics(source=CSV, path=path, today=TODAY, **kw)  # type: ignore[arg-type]


def edited(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    text = SAMPLE.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "edited.csv"
    path.write_text(text, encoding="utf-8")
    return path


def state() -> tuple[object, ...]:
    return (
        list(Clinic.objects.order_by("pk").values()),
        list(Fact.objects.order_by("pk").values()),
        list(OpeningHours.objects.order_by("pk").values()),
        list(SourceRow.objects.order_by("pk").values()),
        ImportRun.objects.count(),
        Clinic.history.count(),
        list(DirectoryVersion.objects.values_list("number", flat=True)),
    )


def told(result: Result) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in result.problems]


def test_a_row_becomes_typed_facts_with_their_origin() -> None:
    run()
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    assert (clinic.phone, clinic.email, clinic.website) == (
        "+4586000014", "Post@bakken.example", "https://bakken.example/",
    )  # fmt: skip
    assert (clinic.street, clinic.postcode_id, clinic.precision) == ("Ahornvej 1", "8200", "postcode")
    assert (clinic.lat, clinic.lon) == (56.18, 10.2)
    facts = (clinic.agreement, clinic.therapist_count, clinic.step_free, clinic.home_training, clinic.group_classes)
    assert facts == (True, 7, None, True, True)
    assert (clinic.parking, clinic.vederlagsfri, clinic.accessible_toilet, clinic.home_visits) == (None,) * 4
    assert [(price.service, price.low_ore, price.high_ore) for price in clinic.prices.all()] == [
        ("first", 48431, 48431),
        ("follow_up", 30795, 30795),
    ]
    hours = [(row.weekday, row.opens, row.closes) for row in clinic.opening_hours.all()]
    assert hours[0] == (0, 480, 1140) and hours[-1] == (6, None, None)
    fact = clinic.facts.get(name="phone")
    assert (fact.source, fact.how, fact.confirmed_on) == ("Klinikliste (CSV)", "import", TODAY)
    assert not clinic.facts.filter(name="parking").exists()


def test_every_value_that_is_no_fact_is_told_with_row_and_column() -> None:
    result = run()
    assert told(result) == [
        (2, "handicapadgang"), (2, "lokation"),
        (3, "handicapadgang"), (3, "lokation"), (3, "opfølgning"), (3, "lørdag"),
        (4, "tlf"), (4, "email"), (4, "website"), (4, "antalBehandlere"), (4, "parkering"), (4, "handicapadgang"),
        (4, "opfølgning"), (4, "mandag"),
        (5, "handicapadgang"), (5, "lokation"),
    ]  # fmt: skip
    assert (result.created, result.left_out) == (3, 1)
    row = SourceRow.objects.get(raw__klinikNavn="Havnens Bevægelse")
    assert row.raw["opfølgning"] == "Forløb"
    assert {problem["column"] for problem in row.problems} == {"handicapadgang", "lokation", "opfølgning", "lørdag"}
    left_out = SourceRow.objects.get(raw__klinikNavn="Klinikken Ude")
    assert left_out.clinic is None and left_out.problems


def test_what_is_not_understood_stays_unknown() -> None:
    run()
    clinic = Clinic.objects.get(slug="skovens-klinik")
    assert (clinic.phone, clinic.email, clinic.website, clinic.therapist_count, clinic.step_free) == (
        "", "", "", None, None,
    )  # fmt: skip
    assert (clinic.ydernummer, clinic.agreement) == ("9999", True)
    assert (clinic.street, clinic.postcode_id) == ("Skovsti 3", "8000")
    assert (clinic.parking, clinic.parking_note) == (None, "Bag huset")
    assert not clinic.opening_hours.exists()
    assert [price.low_ore for price in clinic.prices.all()] == [125000]
    upstairs = Clinic.objects.get(slug="havnens-bevaegelse")
    assert upstairs.step_free is None
    assert sorted(upstairs.opening_hours.values_list("weekday", "by_appointment")) == [(day, True) for day in range(5)]


def test_a_second_run_changes_nothing_at_all() -> None:
    run()
    before = state()
    result = import_clinics(source=CSV, path=SAMPLE, today=TODAY + dt.timedelta(days=9))
    assert (result.created, result.updated, result.unchanged, result.left_out) == (0, 0, 3, 1)
    assert state() == before


def test_a_dry_run_writes_nothing_and_tells_the_difference(tmp_path: Path) -> None:
    before = state()
    assert run(is_dry_run=True).created == 3
    assert state() == before
    run()
    before = state()
    path = edited(tmp_path, ("Lukket,Lukket,7,", "Lukket,Lukket,8,"), ('"484,31"', "500"))
    result = run(path, is_dry_run=True)
    assert [(change.row, change.differences) for change in result.changes] == [
        (2, ("price first: 484.31 → 500.00", "therapist_count: 7 → 8"))
    ]
    assert state() == before
    run(path)
    assert Clinic.objects.get(slug="bakkens-fysioterapi").therapist_count == 8


def test_a_value_the_file_takes_back_is_unknown_again(tmp_path: Path) -> None:
    run()
    path = edited(tmp_path, ("Lukket,Lukket,7,Ja", "Lukket,Lukket,-,-"), ('"484,31","307,95"', '-,"307,95"'))
    run(path)
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    assert (clinic.therapist_count, clinic.step_free) == (None, None)
    assert [price.service for price in clinic.prices.all()] == ["follow_up"]


def test_what_the_clinic_itself_has_said_stays(tmp_path: Path) -> None:
    run()
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    update_clinic(clinic=clinic, changes={"therapist_count": 3}, origin=Origin("klinikken", How.OWNER, TODAY))
    result = run(edited(tmp_path, ("Lukket,Lukket,7,", "Lukket,Lukket,9,")))
    clinic.refresh_from_db()
    assert clinic.therapist_count == 3
    assert result.updated == 0


def test_a_clinic_we_know_is_found_by_phone_under_the_same_name_only() -> None:
    same = make_clinic("Bakkens fysioterapi", postcode="8000", phone="+4586000014")
    chain = make_clinic("Havnens Søster", postcode="8000", website="http://havnen.example")
    result = run()
    assert result.created == 2
    same.refresh_from_db()
    assert (same.street, same.name, same.slug) == ("Ahornvej 1", "Bakkens Fysioterapi", "bakkens-fysioterapi")
    assert not SourceRow.objects.filter(clinic=chain).exists()


def test_a_clinic_that_moved_keeps_its_row_and_its_address(tmp_path: Path) -> None:
    run()
    pk = Clinic.objects.get(slug="bakkens-fysioterapi").pk
    result = run(edited(tmp_path, ("Ahornvej 1", "Birkevej 2")))
    assert (result.created, result.updated) == (0, 1)
    assert Clinic.objects.get(street="Birkevej 2").pk == pk
    assert SourceRow.objects.filter(clinic_id=pk).count() == 1


def test_a_better_known_point_is_not_replaced_by_the_middle_of_an_area() -> None:
    run()
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    here = {"postcode": "8000", "lat": 56.1501, "lon": 10.2001, "precision": "exact"}
    update_clinic(clinic=clinic, changes=here, origin=Origin("import", How.IMPORT, TODAY))
    assert run().updated == 0
    clinic.refresh_from_db()
    assert (clinic.lat, clinic.precision, clinic.postcode_id) == (56.1501, "exact", "8000")


def test_the_same_clinic_twice_in_a_file_is_read_once(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "twice.csv"
    path.write_text("\n".join([*lines, lines[1], lines[1].replace("Ahornvej 1", "Bøgevej 9")]), encoding="utf-8")
    result = run(path)
    assert (result.created, result.left_out) == (4, 2)  # another street by the same name is a branch of its own
    assert (6, "*") in told(result)


def test_a_full_tariff_of_an_agreement_clinic_is_marked() -> None:
    Tariff.objects.create(
        speciality=51, service="first", full_ore=48431, public_ore=19033, patient_ore=29398,
        valid_from=dt.date(2021, 4, 1), source="test", seen_on=TODAY,
    )  # fmt: skip
    run()
    prices = Clinic.objects.get(slug="bakkens-fysioterapi").prices
    assert list(prices.values_list("service", "is_agreement_tariff")) == [("first", True), ("follow_up", False)]


def test_clinics_no_longer_in_the_file_are_named_and_left_alone(tmp_path: Path) -> None:
    run()
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "fewer.csv"
    path.write_text("\n".join([lines[0], *lines[2:]]), encoding="utf-8")
    assert run(path).gone == ["Bakkens Fysioterapi"]
    assert Clinic.objects.filter(status="active").count() == 3


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    run()
    before = state()
    path = tmp_path / "broken.csv"
    path.write_bytes(SAMPLE.read_bytes() + b"Bakkeby,Uden resten\n")
    with pytest.raises(BrokenFileError, match="line 6"):
        run(path)
    assert state() == before


def test_the_command_names_file_line_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_clinics", "csv", str(SAMPLE), "--confirmed-on", "2026-11-01")
    out = capsys.readouterr()
    assert "4 rows: 3 new, 0 changed, 0 unchanged, 1 left out; 16 values to look at." in out.out
    assert "clinics.csv:3: opfølgning: 'Forløb': is not an amount in kroner" in out.err
    assert Fact.objects.filter(name="phone", confirmed_on=dt.date(2026, 11, 1)).exists()
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(CommandError, match=r"a\.csv cannot be used; nothing was changed"):
        call_command("import_clinics", "csv", str(tmp_path / "a.csv"))
    assert "a.csv:1: column 'lokation' is missing" in capsys.readouterr().err
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_clinics", "csv", str(tmp_path / "b.csv"))


def test_every_source_is_found_by_its_name() -> None:
    assert [get_source(source.name) for source in SOURCES] == list(SOURCES)
    assert get_source("findes-ikke") is None


def test_a_file_is_as_old_as_its_last_change_unless_somebody_says_another_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(tmp_path)
    changed_at = dt.datetime(2024, 2, 24, 12, tzinfo=dt.UTC).timestamp()
    os.utime(path, (changed_at, changed_at))
    call_command("import_clinics", "csv", str(path))
    assert "dated 2024-02-24" in capsys.readouterr().out
    assert set(Fact.objects.values_list("confirmed_on", flat=True)) == {dt.date(2024, 2, 24)}
    before = state()
    os.utime(path)
    call_command("import_clinics", "csv", str(path))
    assert state() == before
    assert "dated" not in capsys.readouterr().out


def test_a_tick_for_access_is_kept_as_text_and_claims_nothing() -> None:
    result = run()
    clinic = Clinic.objects.get(agreement=True, therapist_count=7)
    assert clinic.step_free is None and not clinic.facts.filter(name="step_free").exists()
    assert any(
        problem.column == "handicapadgang" and "measures nothing" in problem.message for problem in result.problems
    )
