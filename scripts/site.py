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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_site(*, demo_count: int = 3000, **variables: str) -> Iterator[str]:
    """Yield the URL of a freshly prepared site with demo clinics; stopped and deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-site-") as folder:
        url = f"http://127.0.0.1:{free_port()}"
        environment = {**os.environ, "VAR_DIR": folder, "DEMO_COUNT": str(demo_count), "SITE_URL": url, **variables}
        for name in ("DATABASE_URL", "STATIC_STORAGE"):
            environment.pop(name, None)
        subprocess.run(
            [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
        )
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", url.rsplit(":", 1)[1], "--log-level", "warning", "fysfinder.config.wsgi:application"]
        with Path(folder, "server.log").open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_ready(url, server, Path(folder, "server.log"))
            yield url
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when /readyz answers; raise with the server's last words when it does not within 30 s."""
    for _attempt in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=2).close()
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
