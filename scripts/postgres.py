"""A throw-away PostgreSQL in a temporary folder on a free port, for tests and benches."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def find_postgres() -> Path | None:
    """The folder with initdb and pg_ctl: newest Debian version first, then PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def as_server_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands over to the package's own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@dataclass(frozen=True)
class Server:
    """A PostgreSQL in a folder of its own, which can be killed and started again."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://fysfinder@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        run(self._pg_ctl("-w", "-l", str(self.folder / "log"), "-o", options, "start"))

    def stop(self) -> None:
        """At once, as when the machine loses its power."""
        subprocess.run(self._pg_ctl("-m", "immediate", "stop"), capture_output=True, check=False)

    def processes(self) -> list[int]:
        """The postmaster and all it has started."""
        postmaster = (self.folder / "data" / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [int(postmaster), *map(int, children)]

    def _pg_ctl(self, *arguments: str) -> list[str]:
        binaries = find_postgres()
        if binaries is None:
            raise RuntimeError("PostgreSQL is not installed")
        return as_server_user([str(binaries / "pg_ctl"), "-D", str(self.folder / "data"), *arguments])


@contextmanager
def throwaway_server() -> Iterator[Server]:
    """Yield a fresh running server; it is stopped and deleted afterwards."""
    binaries = find_postgres()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(Path(tempfile.mkdtemp(prefix="fysfinder-pg-")), port)
    if os.geteuid() == 0:
        shutil.chown(server.folder, "postgres")
    initdb = [str(binaries / "initdb"), "-D", str(server.folder / "data"), "-U", "fysfinder", "-A", "trust"]
    try:
        run(as_server_user([*initdb, "-E", "UTF8", "--locale=C.UTF-8"]))
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh server; it is stopped and deleted afterwards."""
    with throwaway_server() as server:
        yield server.url


def run(command: list[str]) -> None:
    """Run quietly in a folder everybody may read; on failure raise with what the program said."""
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout[-500:]}{done.stderr[-1500:]}")
