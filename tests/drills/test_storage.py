"""The database gone, locked or full, files cut short: the site shows what it can, says so and comes back by itself."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.site import ROOT, Site, environment_of
from tests.drills.conftest import KEPT, UNKEPT, get, light, manage, saw, wait_for

pytestmark = pytest.mark.drill


def test_while_the_database_is_gone_kept_pages_are_shown_and_it_comes_back(site: Site) -> None:
    database = site.folder / "db.sqlite3"
    away = database.with_suffix(".away")
    database.rename(away)
    database.mkdir()  # nothing can be opened there
    try:
        told = wait_for(lambda: get(site.url, "/readyz").status == 503, 5)
        assert get(site.url, "/healthz").status == get(site.url, KEPT).status == 200
        assert get(site.url, "/ordbog/massage/").status in {200, 503}  # a connection that is open reads on for a while
    finally:
        database.rmdir()
        away.rename(database)
    back = wait_for(lambda: get(site.url, "/readyz").status == 200 and get(site.url, UNKEPT).status == 200, 5)
    saw(f"database gone: /readyz says so after {told:.1f} s, kept pages 200, none 500, well {back:.1f} s after")


def test_a_lock_on_the_database_keeps_no_reader_waiting(site: Site) -> None:
    holder = sqlite3.connect(site.folder / "db.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answers = [get(site.url, path) for path in (KEPT, UNKEPT, "/ordbog/massage/?a=1", "/readyz")]
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert [got.status for got in answers] == [200] * 4
    assert max(got.seconds for got in answers) < 3
    saw(f"database locked by a writer: the slowest read took {max(got.seconds for got in answers):.2f} s")


FULL = """
import django; django.setup()
from django.core.management import call_command
from django.db import OperationalError, connection
from fysfinder.clinics.models.clinic import Clinic
before = Clinic.objects.count()
with connection.cursor() as cursor:
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {pages}")
try:
    call_command("load_demo_clinics", count=2000, verbosity=0)
except OperationalError as error:
    print(error)
print(before == Clinic.objects.count())
"""


def test_a_full_disk_refuses_the_write_whole_and_pages_are_read_on(site: Site) -> None:
    environment = environment_of(site.folder, DJANGO_SETTINGS_MODULE="fysfinder.config.settings", **light(site.folder))
    done = subprocess.run([sys.executable, "-c", FULL], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["database or disk is full", "True"], done.stdout + done.stderr[-2000:]
    assert get(site.url, UNKEPT).status == get(site.url, KEPT).status == 200
    saw("database full: the load was refused whole, pages are read on")


def test_files_cut_short_are_made_again_at_the_start(site: Site) -> None:
    manifest = site.folder / "static" / "staticfiles.json"
    whole = manifest.read_text()
    manifest.write_text(whole[: len(whole) // 2])
    stamps = site.folder / "prepared.json"
    assert stamps.exists()
    began = time.monotonic()
    done = manage(site.folder, "prepare")
    assert done.returncode == 0, done.stderr
    assert manifest.read_text() == whole
    saw(f"static manifest cut short: collected again by prepare in {time.monotonic() - began:.1f} s")


def test_a_half_written_article_is_refused_and_the_last_good_one_stays(site: Site, tmp_path: Path) -> None:
    before = get(site.url, KEPT).headers["etag"]
    content = tmp_path / "content"
    shutil.copytree(site.folder / "content", content)
    source = next(content.rglob("kryoterapi.md"))
    text = source.read_text()
    source.write_text(text[: text.index("\n---") // 2])
    done = manage(site.folder, "load_content", str(content))
    assert done.returncode != 0
    assert "kryoterapi.md" in done.stderr + done.stdout
    time.sleep(1)
    after = get(site.url, KEPT)
    assert (after.status, after.headers["etag"]) == (200, before)
    saw("half-written article: refused with its file's name, the page is as it was")
