"""A clock that jumps, and a database file that is damaged: nothing is a 500, /readyz says so, and a backup heals it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.site import Site, served
from tests.drills.conftest import KEPT, UNKEPT, get, light, manage, post, saw, wait_for

pytestmark = pytest.mark.drill
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
PAGES = (KEPT, UNKEPT, "/", "/find/fysioterapeut/aarhus-c/", "/ordbog/massage/", "/readyz")
VOTE = "/sig-til/ordbog/kryoterapi/"


@pytest.fixture
def copy(prepared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    shutil.copytree(prepared, folder)
    return folder


@pytest.mark.skipif(LIBRARY is None, reason="no libfaketime: apt install faketime")
def test_a_clock_that_jumps_breaks_no_page_and_shuts_nobody_out(copy: Path) -> None:
    offset = copy / "clock"
    offset.write_text("+0")
    clock = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1"}
    clock |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}  # a machine's own count of seconds does not jump either
    with served(copy, **light(copy), **clock) as site:
        asked(site)
        for jump in ("+2h", "+40d", "-3d"):
            before = get(site.url, "/healthz").headers["date"]
            offset.write_text(jump)
            slowest = asked(site)
            assert get(site.url, "/healthz").headers["date"][:11] != before[:11] or jump != "+40d"
            saw(f"clock {jump}: every page 200, votes are taken, the slowest {slowest:.2f} s")


def asked(site: Site) -> float:
    """Every page and a vote; the slowest in seconds."""
    got = [get(site.url, path) for path in PAGES] + [post(site.url, VOTE, "nyttig=ja")]
    assert [each.status for each in got] == [200] * len(got)
    return max(each.seconds for each in got)


@pytest.fixture
def damaged(copy: Path) -> Iterator[Path]:
    """The file's middle is overwritten: tables and their indexes are no longer what its first page says."""
    assert manage(copy, "backup", str(copy / "kept.tar.gz")).returncode == 0
    for leftover in copy.glob("db.sqlite3-*"):
        leftover.unlink()
    with (copy / "db.sqlite3").open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(4096 * 4)
        file.write(b"\xa5" * (size - 4096 * 4))
    yield copy


def test_a_damaged_database_is_said_on_readyz_and_healed_by_the_backup(damaged: Path) -> None:
    with served(damaged, ready="/healthz", **light(damaged)) as site:
        ready = get(site.url, "/readyz")
        statuses = {path: get(site.url, path).status for path in PAGES}
    assert ready.status == 503 and b"DatabaseError" in ready.body
    assert set(statuses.values()) <= {200, 503} and statuses[KEPT] == 503, statuses
    unasked = manage(damaged, "restore", str(damaged / "kept.tar.gz"))
    assert unasked.returncode == 1 and "--overwrite" in unasked.stderr
    began = time.monotonic()
    restored = manage(damaged, "restore", str(damaged / "kept.tar.gz"), "--overwrite")
    assert restored.returncode == 0, restored.stderr[-2000:]
    took = time.monotonic() - began
    with served(damaged, **light(damaged)) as site:
        back = wait_for(lambda: get(site.url, KEPT).status == 200, 5)
    saw(
        f"database file damaged: /readyz 503, pages 503 and none 500; restored in {took:.1f} s, well {back:.1f} s after"
    )
