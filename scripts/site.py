"""The real site in a folder of its own, served by granian on a free port: for browser tests, benches, pictures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.serve import server_command

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Site:
    """A served site: where it answers, the folder it writes in, and granian's own process."""

    url: str
    folder: Path
    server: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")


@contextmanager
def running_site(*, demo_count: int = 3000, **variables: str) -> Iterator[str]:
    """Yield the URL of a freshly prepared site with demo clinics; stopped and deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-site-") as folder:
        prepare(Path(folder), DEMO_COUNT=str(demo_count), **variables)
        with served(Path(folder), **variables) as site:
            yield site.url


def prepare(folder: Path, **variables: str) -> None:
    """Fill the folder with what a site needs before it starts."""
    environment = environment_of(folder, **variables)
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=sys.stderr)


@contextmanager
def served(folder: Path, *, workers: int = 1, ready: str = "/readyz", **variables: str) -> Iterator[Site]:
    """Serve a prepared folder on a free port, as `make run` does; stopped afterwards, the folder stays.

    Yields when `ready` answers 200: a site that is meant to be broken only lives (/healthz).
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = environment_of(folder, **{"SITE_URL": url, **variables})
    log = folder / "server.log"
    with log.open("wb") as out:
        command = server_command("127.0.0.1", port, workers)
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait_until_ready(url + ready, server, log)
        yield Site(url, folder, server)
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def environment_of(folder: Path, **variables: str) -> dict[str, str]:
    """This process's own, without what would lead to another database or to other static files."""
    outer = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "STATIC_STORAGE"}}
    return {**outer, "VAR_DIR": str(folder), **variables}


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the URL answers 200; raise with the server's last words when it does not within 90 s."""
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


def chromium_path() -> str | None:
    """Debian's Chromium or an installed Chrome."""
    import shutil

    return shutil.which("chromium") or shutil.which("google-chrome")


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
