"""make test: the suite on SQLite and on PostgreSQL, the browser journeys, the drills. CI=true: a skip is a failure.

The drill that needs a cluster of databases (Patroni, etcd, HAProxy) is not among them: make drill.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import validators  # noqa: E402  # after the path is set
from scripts.postgres import find_postgres, throwaway_postgres  # noqa: E402

IS_CI = os.environ.get("CI", "").lower() == "true"
# A test that starts a process would otherwise compile every module anew where the machine keeps no bytecode.
COMPILED_ONCE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "pycache")}
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]


def apt_install(*packages: str) -> None:
    """Install with apt when we are root on Debian; otherwise do nothing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installerer {', '.join(packages)} …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, **quiet)  # type: ignore[call-overload]


def skipped(what: str) -> bool:
    """Say loudly what did not run. In CI that is a failure."""
    print(f"\n*** SPRUNGET OVER: {what} ***\n", flush=True)
    return not IS_CI


def run(arguments: list[str], **environment: str) -> bool:
    with tempfile.TemporaryDirectory() as var:
        Path(var, "assets").mkdir()
        variables = {**os.environ, "VAR_DIR": var, **COMPILED_ONCE, **environment}
        return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=variables, check=False).returncode == 0


def main() -> int:
    passed = True
    suite = ["tests", "--ignore=tests/e2e", "--ignore=tests/drills", "-n", "2"]
    print("— SQLite —", flush=True)
    passed &= run(suite)
    if find_postgres() is None:
        apt_install("postgresql")
    print("— PostgreSQL —", flush=True)
    if find_postgres() is None:
        passed &= skipped("testene på PostgreSQL (ingen server fundet; apt install postgresql)")
    else:
        with throwaway_postgres() as url:
            passed &= run(suite, DATABASE_URL=url)
    if not (shutil.which("chromium") or shutil.which("google-chrome")):
        apt_install("chromium")
    print("— Chromium —", flush=True)
    if not (shutil.which("chromium") or shutil.which("google-chrome")):
        passed &= skipped("browsertestene (Chromium ikke fundet; apt install chromium)")
    else:
        passed &= has_validators()
        passed &= run(["tests/e2e"])
    print("— Bench: er noget blevet dobbelt så dyrt? —", flush=True)
    passed &= subprocess.run([sys.executable, "-m", "bench", "--check"], cwd=ROOT, check=False).returncode == 0
    print("— Øvelser: det, der går i stykker —", flush=True)
    if not fake_clock():
        apt_install("faketime")
    if missing := not_installed():
        apt_install(*missing)
    if find_postgres() is None or not fake_clock():
        passed &= skipped("øvelserne (apt install postgresql faketime)")
    else:
        passed &= run(["tests/drills", "-m", "drill"])
    if missing := not_installed():
        passed &= skipped(f"de filer i deploy/, der hører til {', '.join(missing)} (apt install {' '.join(missing)})")
    return 0 if passed else 1


def has_validators() -> bool:
    """html-validate and Nu are there, or are fetched: apt for what runs them, npm for themselves."""
    for program, package in (("npm", "npm"), ("java", "default-jre-headless")):
        if not validators.is_ready() and not shutil.which(program):
            apt_install(package)
    return validators.install() or skipped("html-validate og Nu (apt install npm default-jre-headless)")


def not_installed() -> list[str]:
    """Packages of the programs that read what an operator copies from deploy/, where the program is missing."""
    packages = {"systemd-analyze": "systemd", "nginx": "nginx-light", "caddy": "caddy", "haproxy": "haproxy"}
    where = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return [package for program, package in packages.items() if not shutil.which(program, path=where)]


def fake_clock() -> bool:
    return any(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


if __name__ == "__main__":
    sys.exit(main())
