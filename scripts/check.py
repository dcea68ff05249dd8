"""make check: every static check, each by name, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
MANAGE = [str(BIN / "python"), "-W", "error::SyntaxWarning", "manage.py"]
CHECKS = (
    ("ruff", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "-q", "."]),
    ("mypy", [str(BIN / "mypy"), "fysfinder"]),
    ("import layers", [str(BIN / "lint-imports")]),
    ("django check", [*MANAGE, "check", "--fail-level", "WARNING"]),
    ("missing migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    ("translations", [*MANAGE, "messages", "check"]),
    ("places, topics, tariffs and content", [str(BIN / "python"), "-m", "scripts.check_content"]),
    ("known holes in packages", [str(BIN / "python"), "-m", "scripts.audit"]),
    ("templates", [str(BIN / "djlint"), "fysfinder/templates", "--lint", "--quiet"]),
)


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as var:
        Path(var, "assets").mkdir()
        environment = {**os.environ, "VAR_DIR": var}
        for name, command in CHECKS:
            began = time.monotonic()
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            mark = "✗" if done.returncode else "✓"
            print(f"{mark} {name} ({time.monotonic() - began:.1f} s)", flush=True)
            for line in done.stdout.splitlines():
                if line.startswith("***") and not done.returncode:  # what could not be looked at is said all the same
                    print(line, flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout[-6000:] + done.stderr[-6000:], flush=True)
    if failed:
        print(f"Fejlede: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
