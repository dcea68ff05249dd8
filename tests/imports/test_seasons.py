"""Other hours in some weeks: imported, left alone, withdrawn and taken back like the week itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fysfinder.clinics.models import Clinic, OpeningException, PastFact
from fysfinder.imports.actions import undo_run
from fysfinder.imports.models import ImportRun, RunChange
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.result import Result
from fysfinder.imports.run_report import changes_of
from fysfinder.imports.sources.table import SOURCE
from fysfinder.imports.states import state_of
from tests.make import TODAY

pytestmark = pytest.mark.usefixtures("places")
WEEK, SUMMER = "Mo-Fr 08:00-16:00", "Jul 01-31 Mo-Fr 08:00-13:00"
HEAD = "id;navn;adresse;postnr;åbningstider;tlf\n"


def run(folder: Path, hours: str, day: dt.date = TODAY) -> Result:
    path = folder / "clinics.csv"
    path.write_text(f'{HEAD}k1;Bakkens Fysioterapi;Ahornvej 1;8000;"{hours}";86000014\n', "utf-8")
    return import_clinics(source=SOURCE, path=path, today=TODAY, confirmed_on=day)


def seasons() -> list[tuple[int | None, int | None, int | None, bool]]:
    return list(OpeningException.objects.order_by("weekday").values_list("weekday", "opens", "closes", "is_yearly"))


def test_a_season_comes_with_its_weekdays_every_year(tmp_path: Path) -> None:
    result = run(tmp_path, f"{WEEK}; {SUMMER}")
    assert result.problem_count == 0
    assert seasons() == [(weekday, 480, 780, True) for weekday in range(5)]
    assert "hours 07-01 to 07-31 every year Mon: 08:00-13:00" in result.changes[0].differences
    assert run(tmp_path, f"{WEEK}; {SUMMER} ", TODAY + dt.timedelta(days=1)).unchanged == 1


def test_what_a_run_keeps_of_a_new_clinic_is_its_state(tmp_path: Path) -> None:
    run(tmp_path, f"{WEEK}; {SUMMER}")
    state = {key: value for key, value in state_of(Clinic.objects.get()).items() if value not in (None, "", [])}
    assert RunChange.objects.get(table="clinic").after == state


def test_a_season_that_a_file_no_longer_states_is_withdrawn_and_taken_back_whole(tmp_path: Path) -> None:
    run(tmp_path, f"{WEEK}; {SUMMER}")
    before = state_of(Clinic.objects.get())
    run(tmp_path, WEEK, TODAY + dt.timedelta(days=1))
    assert seasons() == [] and Clinic.objects.get().opening_hours.count() == 7
    assert PastFact.objects.get().value["OpeningException"]
    assert "1/7–31/7 hvert år" in changes_of(ImportRun.objects.latest("pk"))[0].lines[0].before
    undo_run(run=ImportRun.objects.latest("pk"))
    assert state_of(Clinic.objects.get()) == before
    assert not PastFact.objects.exists()


def test_the_past_of_a_fact_somebody_has_changed_since_stays(tmp_path: Path) -> None:
    run(tmp_path, WEEK)
    path = tmp_path / "clinics.csv"
    path.write_text(path.read_text("utf-8").replace("86000014", "86000015").replace("16:00", "17:00"), "utf-8")
    import_clinics(source=SOURCE, path=path, today=TODAY, confirmed_on=TODAY + dt.timedelta(days=1))
    second = ImportRun.objects.latest("pk")
    assert set(PastFact.objects.values_list("name", flat=True)) == {"hours", "phone"}
    Clinic.objects.update(phone="+4586000019")
    undo_run(run=second)
    assert list(PastFact.objects.values_list("name", flat=True)) == ["phone"]
