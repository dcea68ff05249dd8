from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from fysfinder.clinics.models import Clinic, Report
from fysfinder.config import prepare as prepare_module
from fysfinder.config.prepare import STEPS, prepare
from tests.make import make_clinic

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_site(db: None, settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [ROOT / "fysfinder/static"]
    settings.DEMO_COUNT = 5
    settings.IS_DEMO = True
    return tmp_path


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps as they are, but none does anything."""
    monkeypatch.setattr(prepare_module, "STEPS", [replace(step, run=lambda: None) for step in STEPS])


def run() -> list[str]:
    """The names of the steps that ran."""
    ran: list[str] = []
    prepare(report=lambda name, was_run: ran.append(name) if was_run else None)
    return ran


def test_preparing_again_does_only_what_has_changed_and_no_fictional_clinic_stays_on_a_real_site(
    small_site: Path, settings
):
    assert len(run()) == 8
    assert Clinic.objects.published().count() == 5
    assert run() == []
    settings.IS_DEMO = False
    assert run() == ["Demoklinikker"]
    assert Clinic.objects.published().count() == 0


def test_a_stamp_file_cut_short_means_preparing_again(small_site: Path, no_work: None):
    assert len(run()) == 8
    (small_site / "prepared.json").write_text('{"Emner": "ab')
    assert len(run()) == 8


def test_a_public_site_refuses_to_start_with_the_laptops_secret_key():
    code = "import fysfinder.config.settings"
    environment = {**os.environ, "SITE_URL": "https://example.dk", "SECRET_KEY": ""}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "SECRET_KEY must be your own" in done.stderr


def test_every_start_deletes_reports_a_year_old(small_site: Path, no_work: None):
    clinic = make_clinic()
    for days in (10, 400):
        report = Report.objects.create(clinic=clinic, message="Forkert nummer", is_closed=True)
        Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    run()
    assert Report.objects.count() == 1
