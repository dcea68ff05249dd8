"""What must be in place before the server starts; each step runs again only when its inputs have changed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from fysfinder.base.assets import build_assets
from fysfinder.clinics.reports import delete_old_reports
from fysfinder.config import messages
from fysfinder.encyclopedia.feedback import delete_old_feedback

BASE = settings.BASE_DIR
SOURCE = BASE / "fysfinder"
ADVISORY_LOCK = 0x46797346  # any number that nothing else in the database takes


@dataclass(frozen=True)
class Step:
    """One step: what it is called on the screen, which files it depends on, what it does."""

    name: str
    inputs: tuple[tuple[Path, str], ...]  # (folder, glob)
    run: Callable[[], object]
    in_database: bool = True
    extra: Callable[[], str] = str  # what else it depends on, as text


def join_assets() -> None:
    build_assets(settings.VAR_DIR / "assets")
    call_command("collectstatic", interactive=False, verbosity=0)


def static_manifest() -> str:
    """The list of collected files; one that was cut short is taken away, and they are collected again."""
    path = settings.STATIC_ROOT / "staticfiles.json"
    try:
        return json.dumps(json.loads(path.read_text()))
    except (OSError, ValueError):
        path.unlink(missing_ok=True)
        return "gone"


def command(name: str, *args: str, **options: object) -> Callable[[], object]:
    return lambda: call_command(name, *args, verbosity=0, **options)


def publish_content() -> None:
    """A file that cannot be read is told, and the site starts with the last good version of it."""
    try:
        call_command("load_content", str(settings.CONTENT_DIR), remove=True, verbosity=0)
    except CommandError as error:
        sys.stderr.write(f"Leksikon: {error}\n")


def demo_count() -> int:
    """None of the fictional clinics stay when the site stops being a demo."""
    return settings.DEMO_COUNT if settings.IS_DEMO else 0


def demo_of_this_week() -> str:
    """Demo dates are relative to today; a weekly fingerprint keeps them fresh without reloading at every start."""
    return f"{demo_count()} {timezone.localdate().isocalendar()[:2]}"


STEPS = (
    Step("Oversættelser", ((SOURCE / "locale", "**/*.po"),), messages.compile_catalogue, in_database=False),
    Step("Stilark og scripts", ((SOURCE / "static", "**/*"),), join_assets, in_database=False, extra=static_manifest),
    Step("Database", ((SOURCE, "*/migrations/*.py"),), command("migrate", interactive=False)),
    Step("Stednavne", ((BASE / "data/places", "*.csv"), (SOURCE / "places", "*.py")), command("load_places")),
    Step("Emner", ((BASE / "data/topics", "*.csv"), (SOURCE / "topics", "*.py")), command("load_topics")),
    Step("Takster", ((BASE / "data", "*.csv"), (SOURCE / "tariffs", "*.py")), command("load_tariffs")),
    Step(
        "Leksikon",
        ((settings.CONTENT_DIR, "**/*.md"), (settings.CONTENT_DIR, "**/*.svg"), (SOURCE / "encyclopedia", "*.py")),
        publish_content,
    ),
    Step(
        "Demoklinikker",
        ((SOURCE / "clinics/demo", "*.py"),),
        lambda: call_command("load_demo_clinics", count=demo_count(), verbosity=0),
        extra=demo_of_this_week,
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
    if step.in_database:
        digest.update(database_identity().encode())
    return digest.hexdigest()


def database_identity() -> str:
    """Which database, and when it was first migrated: one dropped and made again under its name is another."""
    name = f"{connection.settings_dict['HOST']} {connection.settings_dict['NAME']}"
    try:
        first = MigrationRecorder(connection).migration_qs.order_by("applied").values_list("applied", flat=True).first()
    except DatabaseError:
        first = None
    return f"{connection.vendor} {name} {first}"


def read_stamps(path: Path) -> dict[str, str]:
    """What was prepared last; nothing when the file is missing or was cut short."""
    try:
        stamps: dict[str, str] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return stamps


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for whoever prepares the same folder, on PostgreSQL also the same database, on whatever node.

    The lock in the database is on a connection of its own, and goes with it when the process dies.
    """
    with (settings.VAR_DIR / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [ADVISORY_LOCK])
            yield


def prepare(*, report: Callable[[str, bool], None]) -> None:
    """Run every step whose inputs changed, and the database steps after it; report(name, was_run) after each.

    A site that others can reach is not prepared while its settings are unsafe (checks.py; raises SystemCheckError).
    Reports that are a year old are deleted at every start.
    """
    if settings.IS_HTTPS:
        call_command("check", deploy=True, fail_level="ERROR")
    (settings.VAR_DIR / "assets").mkdir(parents=True, exist_ok=True)
    with one_at_a_time():
        _run_steps(report)
    # What the privacy page promises.
    delete_old_reports(today=timezone.localdate())
    delete_old_feedback(today=timezone.localdate())


def _run_steps(report: Callable[[str, bool], None]) -> None:
    stamp_file = settings.VAR_DIR / "prepared.json"
    stamps = read_stamps(stamp_file)
    is_database_changed = False
    for step in STEPS:
        is_due = stamps.get(step.name) != fingerprint(step) or (step.in_database and is_database_changed)
        if is_due:
            step.run()
            is_database_changed |= step.in_database
            stamps[step.name] = fingerprint(step)
            stamp_file.write_text(json.dumps(stamps))
        report(step.name, is_due)
