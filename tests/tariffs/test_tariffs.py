from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from fysfinder.tariffs.actions import COLUMNS, load_tariffs
from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.periods import on_day
from fysfinder.tariffs.queries import GENERAL, known_tariffs, tariff_on, tariffs_on

pytestmark = pytest.mark.django_db
GOOD = "51,first,50000,20000,30000,2026-04-01,,en kilde,https://example.org/,2026-11-18,no"


def file_of(folder: Path, *lines: str, head: str = ",".join(COLUMNS)) -> Path:
    path = folder / "tariffs.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_the_project_s_own_file_loads_and_loads_again() -> None:
    out = StringIO()
    call_command("load_tariffs", stdout=out)
    first = Tariff.objects.count()
    call_command("load_tariffs", stdout=out)
    assert Tariff.objects.count() == first > 0


def test_every_row_of_the_file_has_a_source_and_a_date_it_was_seen() -> None:
    with (settings.DATA_DIR / "tariffs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["source"] and dt.date.fromisoformat(row["seen_on"])


def test_the_newest_at_or_before_the_day_is_given() -> None:
    call_command("load_tariffs", verbosity=0)
    found = {
        day: getattr(tariff_on(GENERAL, "first", dt.date.fromisoformat(day)), "patient_ore", None)
        for day in ("2018-09-30", "2019-03-31", "2021-04-01", "2023-12-31", "2024-01-01", "2030-01-01")
    }
    assert found == {
        "2018-09-30": None,  # before the first period
        "2019-03-31": 27354,
        "2021-04-01": 29398,
        "2023-12-31": None,  # in a hole
        "2024-01-01": 29929,
        "2030-01-01": 29929,  # the newest we know, marked as ended
    }


def test_a_tariff_grows_old_after_a_year() -> None:
    call_command("load_tariffs", verbosity=0)
    row = replace(known_tariffs()[0], valid_from=dt.date(2024, 1, 1), valid_to=None)
    assert not row.is_old(dt.date(2024, 12, 31))
    assert row.is_old(dt.date(2025, 1, 1))
    assert replace(row, valid_to=dt.date(2024, 3, 31)).is_old(dt.date(2024, 4, 1))


def test_all_services_take_one_query(django_assert_num_queries: object) -> None:
    call_command("load_tariffs", verbosity=0)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert set(tariffs_on(GENERAL, dt.date(2026, 1, 1))) >= {"first", "follow_up", "group"}


def test_the_newest_tariff_is_given_after_its_period_and_said_to_be_old(tmp_path: Path) -> None:
    load_tariffs(path=file_of(tmp_path, GOOD.replace("2026-04-01,,", "2026-04-01,2026-09-30,")))
    rows = known_tariffs()
    assert on_day(rows, "first", dt.date(2026, 9, 30)).state == "current"
    after = on_day(rows, "first", dt.date(2026, 10, 1))
    assert (after.state, after.row) == ("ended", rows[0])
    assert "1. april 2026" in after.words()


def test_a_hole_a_day_before_the_first_and_an_unknown_service_say_why() -> None:
    call_command("load_tariffs", verbosity=0)
    rows = known_tariffs()
    hole = on_day(rows, "first", dt.date(2022, 6, 1))
    assert (hole.state, hole.row) == ("hole", None)
    assert hole.words() == (
        "Vi kender ikke taksten for den 1. juni 2022: der er et hul fra 30. september 2021 til 1. januar 2024."
    )
    assert on_day(rows, "first", dt.date(2010, 1, 1)).words() == "Vi kender ikke taksten før 1. oktober 2018."
    assert on_day(rows, "massage", dt.date(2024, 1, 1)).state == "none"


@pytest.mark.parametrize(
    "line",
    [
        GOOD.replace("30000", "30001"),  # does not add up
        GOOD.replace("first", "massage"),
        GOOD.replace("51,", "99,"),
        GOOD.replace("en kilde", " "),
        GOOD.replace("2026-04-01", "1. april"),
        GOOD.replace("50000,", ","),
        GOOD.replace("20000", "tyve"),
        GOOD.replace("2026-04-01,,", "2026-04-01,2026-03-31,"),  # ends before it begins
        "51,first",
    ],
)
def test_a_wrong_row_changes_nothing_and_names_its_line(tmp_path: Path, line: str) -> None:
    call_command("load_tariffs", verbosity=0)
    before = Tariff.objects.count()
    with pytest.raises(ValidationError, match=r"tariffs\.csv:3"):
        load_tariffs(path=file_of(tmp_path, GOOD.replace("first", "short"), line))
    assert Tariff.objects.count() == before


def test_the_same_tariff_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="twice"):
        call_command("load_tariffs", str(file_of(tmp_path, GOOD, GOOD)))


def test_other_columns_or_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="columns"):
        call_command("load_tariffs", str(file_of(tmp_path, GOOD, head="a,b")))
    with pytest.raises(CommandError):
        call_command("load_tariffs", str(tmp_path / "nothing.csv"))
