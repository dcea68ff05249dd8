from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from fysfinder.tariffs.checks import NEEDED, last_change, tariff_warnings
from fysfinder.tariffs.periods import TariffRow

DAY = dt.date(2026, 11, 18)


def row(service: str, start: dt.date, end: dt.date | None = None, *, is_verified: bool = True) -> TariffRow:
    return TariffRow(51, service, None, None, 30000, start, "en kilde", DAY, is_verified, end)


@pytest.mark.parametrize(
    ("day", "change"),
    [
        ("2026-03-31", "2025-10-01"),
        ("2026-04-01", "2026-04-01"),
        ("2026-09-30", "2026-04-01"),
        ("2026-10-01", "2026-10-01"),
    ],
)
def test_tariffs_change_in_april_and_october(day: str, change: str) -> None:
    assert last_change(dt.date.fromisoformat(day)).isoformat() == change


def test_tariffs_of_the_present_period_need_nobody() -> None:
    assert tariff_warnings([row(service, dt.date(2026, 10, 1)) for service in NEEDED], DAY) == ()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (row("first", dt.date(2026, 4, 1)), "tariffs changed 2026-10-01"),
        (row("first", dt.date(2026, 4, 1), dt.date(2026, 9, 30)), "ended 2026-09-30"),
        (row("first", dt.date(2025, 4, 1)), "older than twelve months"),
        (row("first", dt.date(2026, 10, 1), is_verified=False), "no authority"),
        (row("first", dt.date(2027, 4, 1)), "no tariff is known"),
    ],
)
def test_what_needs_somebody_is_said(found: TariffRow, words: str) -> None:
    assert words in tariff_warnings([found], DAY)[0]


@pytest.mark.django_db
def test_the_command_warns_and_ends_with_1_only_when_strict() -> None:
    call_command("load_tariffs", verbosity=0)
    out = StringIO()
    call_command("check_tariffs", "--day=2026-11-22", stdout=out)
    assert "first: the newest tariff is from 2024-01-01" in out.getvalue()
    with pytest.raises(CommandError) as error:
        call_command("check_tariffs", "--strict", stdout=out)
    assert error.value.returncode == 1


@pytest.mark.django_db
def test_staff_see_the_same_above_the_list(admin_client: Client) -> None:
    assert "first: no tariff is known" in admin_client.get("/admin/tariffs/tariff/").content.decode()
