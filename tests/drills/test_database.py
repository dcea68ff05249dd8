"""PostgreSQL that is slow, hangs or dies: kept pages go out, others are 503 in time, and it is well again by itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.postgres import Server, find_postgres, throwaway_server
from scripts.site import Site, prepare, served
from tests.drills.conftest import KEPT, UNKEPT, get, light, many, saw, wait_for

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(find_postgres() is None, reason="no PostgreSQL: apt install postgresql"),
]
LIMIT_MS = 1000


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with throwaway_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(prepared: Path, database: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("postgres") / "site"
    shutil.copytree(prepared, folder)
    variables = {**light(folder), "DATABASE_URL": database.url, "DB_STATEMENT_TIMEOUT_MS": str(LIMIT_MS)}
    prepare(folder, **variables)
    with served(folder, **variables) as running:
        for path in (KEPT, UNKEPT):
            assert get(running.url, path).status == 200
        yield running


def is_well(site: Site) -> bool:
    return get(site.url, "/readyz").status == 200 and get(site.url, "/ordbog/massage/?b=1").status in {200, 301, 302}


def test_a_statement_that_waits_is_ended_and_kept_pages_do_not_wait_for_it(site: Site, database: Server) -> None:
    with psycopg.connect(database.url) as holder:
        holder.execute("lock table encyclopedia_article in access exclusive mode")
        began = time.monotonic()
        slow = get(site.url, "/ordbog/iskias/")
        kept = [get(site.url, KEPT) for _ in range(20)]
        took = time.monotonic() - began
        assert slow.status == 503 and "retry-after" in slow.headers
        assert slow.seconds < LIMIT_MS / 1000 + 2
        assert {got.status for got in kept} == {200}
        assert max(got.seconds for got in kept) < 1
    back = wait_for(lambda: get(site.url, "/ordbog/iskias/").status == 200, 5)
    saw(
        f"database slow (a table locked {took:.1f} s): the page is 503 after {slow.seconds:.1f} s, kept pages at most "
        f"{max(got.seconds for got in kept) * 1000:.0f} ms, well {back:.1f} s after"
    )


def test_a_database_that_hangs_holds_up_no_kept_page_but_the_one_that_asked(site: Site, database: Server) -> None:
    kept: list[tuple[int, float]] = []

    def read() -> None:
        got = get(site.url, KEPT, timeout=30)
        kept.append((got.status, got.seconds))
        time.sleep(0.02)

    processes = database.processes()
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        with many(4, read):
            time.sleep(4)
            for process in processes:
                os.kill(process, signal.SIGCONT)
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)
    back = wait_for(lambda: is_well(site), 5)
    waited = [seconds for _status, seconds in kept if seconds > 1]
    assert {status for status, _seconds in kept} == {200}
    assert len(kept) > 100 and len(waited) <= 1
    saw(f"database hangs 4 s: {len(kept)} kept pages, {len(waited)} of them waited, well {back:.1f} s after")


def test_a_database_that_dies_under_visitors_is_found_again(site: Site, database: Server) -> None:
    statuses: list[int] = []

    def read() -> None:
        for path in (KEPT, "/readyz", "/ordbog/massage/?c=1"):
            statuses.append(get(site.url, path).status)

    for path in (KEPT, "/healthz"):
        assert get(site.url, path).status == 200
    database.stop()
    try:
        told = wait_for(lambda: get(site.url, "/readyz").status == 503, 5)
        with many(2, read):
            time.sleep(2)
        assert get(site.url, KEPT).status == get(site.url, "/healthz").status == 200
    finally:
        database.start()
    assert set(statuses) <= {200, 301, 503} and 503 in statuses
    back = wait_for(lambda: is_well(site), 5)
    saw(f"PostgreSQL killed: /readyz says so after {told:.1f} s, kept pages 200, well {back:.1f} s after its start")


def test_a_page_that_changed_just_before_the_database_died_is_shown_as_it_last_was(
    site: Site, database: Server
) -> None:
    for path in (KEPT, "/ordbog/massage/"):
        assert get(site.url, path).status == 200
    with psycopg.connect(database.url) as connection:
        told = "update changes_latest set number = number + 1 where id = 1 returning number"
        [number] = connection.execute(told).fetchone() or [0]
        connection.execute("insert into changes_change values (%s, '*', now())", [number])
    time.sleep(0.6)
    assert get(site.url, "/ordbog/massage/").status == 200  # whoever comes first hears of the change
    database.stop()
    try:
        shown, known = get(site.url, KEPT), get(site.url, "/ordbog/massage/")
        new = get(site.url, "/ordbog/iskias/?c=2")
        told = get(site.url, "/readyz")
    finally:
        database.start()
    back = wait_for(lambda: is_well(site), 5)
    assert (shown.status, shown.headers["warning"]) == (200, '111 - "Revalidation Failed"')
    assert (known.status, "warning" in known.headers) == (200, False)
    assert new.status == 503 and "Prøv igen" in new.body.decode()
    assert told.status == 503 and b"1 pages were shown as they last were" in told.body
    assert "warning" not in get(site.url, KEPT).headers
    saw(
        f"PostgreSQL killed just after a write: the dropped page is shown as it was, {shown.headers['age']} s old, "
        f"after {shown.seconds * 1000:.0f} ms, a new one is {new.status}, well {back:.1f} s after its start"
    )


def test_two_sites_that_start_together_migrate_one_after_the_other(
    prepared: Path, database: Server, tmp_path: Path
) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("create database together")
    url = database.url.rsplit("/", 1)[0] + "/together"
    began, starting = time.monotonic(), []
    for number in range(2):
        folder = tmp_path / str(number)
        shutil.copytree(prepared, folder)
        starting.append(preparing(folder, url))
    said = [process.communicate(timeout=120)[0] for process in starting]
    assert [process.returncode for process in starting] == [0, 0], said
    saw(f"two nodes prepare one empty database at once: both well after {time.monotonic() - began:.1f} s")


def preparing(folder: Path, url: str) -> subprocess.Popen[str]:
    import sys

    from scripts.site import ROOT, environment_of

    environment = environment_of(folder, DATABASE_URL=url, **light(folder))
    command = [sys.executable, "manage.py", "prepare"]
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **out)  # type: ignore[call-overload,no-any-return]
