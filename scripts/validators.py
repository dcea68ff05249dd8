"""The two programs that read our markup as a browser maker would: html-validate (Node) and Nu (Java).

They are for tests only and come from npm, exactly as tests/e2e/validators/package-lock.json says, into .venv.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests" / "e2e" / "validators"
HOME = ROOT / ".venv" / "validators"
NU = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = HOME / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
LOCK = "package-lock.json"


def is_ready() -> bool:
    """Both programs are there in the locked versions, and what runs them."""
    kept = HOME / "node_modules" / LOCK
    is_locked = kept.exists() and kept.read_bytes() == (SOURCE / LOCK).read_bytes()
    return is_locked and all(map(shutil.which, ("node", "java")))


def install() -> bool:
    """Fetch what is missing with npm; nothing is fetched when all is there. False when it cannot be had."""
    if is_ready():
        return True
    if not all(map(shutil.which, ("node", "npm", "java"))):
        return False
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    for name in ("package.json", LOCK):
        shutil.copy(SOURCE / name, HOME)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    if subprocess.run(command, cwd=HOME, check=False).returncode == 0:
        shutil.copy(SOURCE / LOCK, HOME / "node_modules")  # last: what is half fetched is not ready
    return is_ready()


def html_validate_says(pages: Iterable[Path]) -> list[str]:
    """One line for each error, with page, line and rule."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder, "answer.json")  # what it writes to a pipe ends where the pipe is full
        command = ["node", HTML_VALIDATE, "--config", SOURCE / "html-validate.json", "-f", f"json={answer}", *pages]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        if not answer.exists():
            raise RuntimeError(done.stderr[-2000:])
        return [
            f"{Path(page['filePath']).name}:{found['line']} {found['ruleId']}: {found['message']}"
            for page in json.loads(answer.read_text())
            for found in page["messages"]
        ]


def nu_says(pages: Iterable[Path]) -> list[str]:
    """One line for each error, with page and line. Nu's warnings and advice are not asked for."""
    command = ["java", "-Xss2m", "-jar", NU, "--errors-only", "--format", "json", *pages]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(each['url']).name}:{each.get('lastLine', '?')} {each['message']}" for each in found]
