"""A real site, prepared once, on which faults are made on purpose. Each drill puts back what it broke."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.site import ROOT, Site, environment_of, prepare, served

ARTICLES = ("kryoterapi", "massage", "iskias")
KEPT, UNKEPT = "/ordbog/kryoterapi/", "/soeg/?q=kryoterapi"


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def get(url: str, path: str, timeout: float = 20) -> Got:
    """One request on a connection of its own; raises OSError when nobody answers."""
    return ask(url, "GET", path, timeout=timeout)


def post(url: str, path: str, form: str, headers: dict[str, str] | None = None) -> Got:
    return ask(url, "POST", path, form, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})


def ask(
    url: str, method: str, path: str, body: str = "", headers: dict[str, str] | None = None, timeout: float = 20
) -> Got:
    began, parts = time.monotonic(), urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request(method, path, body or None, headers or {})
        response = connection.getresponse()
        body = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, headers, body, time.monotonic() - began)
    finally:
        connection.close()


def wait_for(holds: Callable[[], bool], seconds: float) -> float:
    """Seconds until it holds; an error of the network counts as not yet."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if holds():
                return time.monotonic() - began
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


@contextmanager
def many(count: int, work: Callable[[], None]) -> Iterator[threading.Event]:
    """So many threads that do the work again and again until the block ends."""
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            work()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield over
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=15)


def light(folder: Path) -> dict[str, str]:
    """The variables of a site that is made quickly: a few articles, static files that are not compressed."""
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    return {"CONTENT_DIR": str(folder / "content"), "STATIC_STORAGE": storage, "DEMO_COUNT": "60"}


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    environment = environment_of(folder, **light(folder))
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180, check=False)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole small site. A drill that would change it for good takes a copy."""
    folder: Path = tmp_path_factory.mktemp("site")
    (folder / "content/ordbog").mkdir(parents=True)
    shutil.copytree(ROOT / "content/forfatter", folder / "content/forfatter")
    for name in ARTICLES:
        shutil.copy(ROOT / f"content/ordbog/{name}.md", folder / "content/ordbog")
    prepare(folder, **light(folder))
    return folder


@pytest.fixture(scope="module")
def site(prepared: Path) -> Iterator[Site]:
    with served(prepared, **light(prepared)) as running:
        for path in (KEPT, UNKEPT):
            assert get(running.url, path).status == 200
        yield running


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each drill saw, below the dots."""
    for line in SEEN:
        terminalreporter.write_line(line)


SEEN: list[str] = []


def saw(text: str) -> None:
    SEEN.append(f"drill: {text}")
