"""What must be in place before the server starts; each step runs again only when its inputs have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from fysfinder.base.assets import build_assets
from fysfinder.config import messages

BASE = settings.BASE_DIR
SOURCE = BASE / "fysfinder"


@dataclass(frozen=True)
class Step:
    """One step: what it is called on the screen, which files it depends on, what it does."""

    name: str
    inputs: tuple[tuple[Path, str], ...]  # (folder, glob)
    run: Callable[[], object]
    needs_database: bool = True
    extra: Callable[[], str] = lambda: ""


def join_assets() -> None:
    build_assets(settings.VAR_DIR / "assets")
    call_command("collectstatic", interactive=False, verbosity=0)


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def load_places() -> None:
    call_command("load_places", verbosity=0)


def load_topics() -> None:
    call_command("load_topics", verbosity=0)


def load_tariffs() -> None:
    call_command("load_tariffs", verbosity=0)


def load_content() -> None:
    call_command("load_content", str(settings.CONTENT_DIR), verbosity=0)


def load_demo() -> None:
    if settings.IS_DEMO:
        call_command("load_demo_clinics", count=settings.DEMO_COUNT, verbosity=0)


def this_week() -> str:
    """Demo dates are relative to today; a weekly fingerprint keeps them fresh without reloading at every start."""
    return f"{settings.IS_DEMO} {settings.DEMO_COUNT} {timezone.localdate().isocalendar()[:2]}"


STEPS = (
    Step("Oversættelser", ((SOURCE / "locale", "**/*.po"),), messages.compile_catalogue, needs_database=False),
    Step("Stilark og scripts", ((SOURCE / "static", "**/*"),), join_assets, needs_database=False),
    Step("Database", ((SOURCE, "*/migrations/*.py"),), migrate),
    Step("Stednavne", ((BASE / "data" / "places", "*.csv"), (SOURCE / "places", "*.py")), load_places),
    Step("Emner", ((BASE / "data" / "topics", "*.csv"), (SOURCE / "topics", "*.py")), load_topics),
    Step("Takster", ((BASE / "data", "tariffs.csv"),), load_tariffs),
    Step("Leksikon", ((settings.CONTENT_DIR, "**/*.md"), (SOURCE / "encyclopedia", "*.py")), load_content),
    Step(
        "Demoklinikker",
        ((SOURCE / "clinics", "demo*.py"), (SOURCE / "clinics", "demo/*.py")),
        load_demo,
        extra=this_week,
    ),
)


def fingerprint(step: Step) -> str:
    """Names, sizes and change times of the step's files, and for database steps which database."""
    digest = hashlib.sha256(step.extra().encode())
    for folder, pattern in step.inputs:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                state = path.stat()
                digest.update(f"{path}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    if step.needs_database:
        database = settings.DATABASES["default"]
        name = str(database["NAME"])
        is_file = str(database["ENGINE"]).endswith("sqlite3")
        born = Path(name).stat().st_ino if is_file and Path(name).exists() else 0
        digest.update(f"{database['ENGINE']} {database.get('HOST', '')} {name} {born}".encode())
    return digest.hexdigest()


def prepare(*, report: Callable[[str, bool], None]) -> None:
    """Run every step whose inputs changed; report(name, was_run) after each. Later steps follow a re-run migrate."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    (settings.VAR_DIR / "assets").mkdir(exist_ok=True)
    stamp_file = settings.VAR_DIR / "prepared.json"
    stamps: dict[str, str] = json.loads(stamp_file.read_text()) if stamp_file.exists() else {}
    for step in STEPS:
        is_due = stamps.get(step.name) != fingerprint(step)
        if is_due:
            step.run()
            stamps[step.name] = fingerprint(step)
            stamp_file.write_text(json.dumps(stamps))
        report(step.name, is_due)
