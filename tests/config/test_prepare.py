from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from fysfinder.clinics.models import Clinic, Report
from fysfinder.config.prepare import prepare

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_site(db: None, settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [ROOT / "fysfinder/static"]
    settings.DEMO_COUNT = 5
    settings.IS_DEMO = True
    return tmp_path


def run() -> list[str]:
    """The names of the steps that ran."""
    ran: list[str] = []
    prepare(report=lambda name, was_run: ran.append(name) if was_run else None)
    return ran


def test_preparing_twice_does_nothing_the_second_time(small_site: Path):
    assert len(run()) == 8
    assert run() == []


def test_the_fictional_clinics_leave_when_the_site_stops_being_a_demo(small_site: Path, settings):
    run()
    assert Clinic.objects.published().count() == 5
    settings.IS_DEMO = False
    assert run() == ["Demoklinikker"]
    assert Clinic.objects.published().count() == 0


def test_a_stamp_file_cut_short_means_preparing_again(small_site: Path):
    run()
    (small_site / "prepared.json").write_text('{"Emner": "ab')
    assert len(run()) == 8


def test_a_public_site_refuses_to_start_with_the_laptops_secret_key():
    code = "import fysfinder.config.settings"
    environment = {**os.environ, "SITE_URL": "https://example.dk", "SECRET_KEY": ""}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "SECRET_KEY must be your own" in done.stderr


def test_every_start_deletes_reports_a_year_old(small_site: Path):
    run()
    clinic = Clinic.objects.published().first()
    assert clinic
    for days in (10, 400):
        report = Report.objects.create(clinic=clinic, message="Forkert nummer", is_closed=True)
        Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    run()
    assert Report.objects.count() == 1
