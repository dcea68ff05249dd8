"""An import killed again and again: a program of its own, on a database of its own.

Each round starts from the same directory, into which a file with new, changed and withdrawn rows is imported by a
process of its own. It is killed with SIGKILL, in every other round before or after a random statement, else after a
random time. Then every table is compared: at once with what an import left alone had after as many rows, and once
more when the run has been resumed to its end. Processes are forked from a warm one, which saves their start.

Usage: python -m tests.imports.kill_drill FOLDER KILLS, over SQLite, or with SERVER_URL over that PostgreSQL; one line
of JSON, or an AssertionError.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROWS, BATCH = 30, 10
DAY = dt.date(2026, 11, 18)
HEAD = "id;navn;adresse;postnr;tlf;pris;åbningstider\n"
MAPPING = {"pris": "price first"}
CLOCKS = {"beat_at", "worker", "started_at", "created_at", "updated_at", "changed_at", "replaced_at", "history_date"}
SEED = 5


def write_file(path: Path, numbers: range, *, is_later: bool) -> Path:
    """Of the later file every third row has another telephone, every fourth another price and no hours."""
    rows = []
    for number in numbers:
        phone = 86_000_000 + number + (5000 if is_later and number % 3 == 0 else 0)
        price = 400 + (25 if is_later and number % 4 == 0 else 0)
        hours = "" if is_later and number % 4 == 0 else "Mo-Fr 08:00-16:00; Jul 01-31 off"
        name = "".join(chr(97 + int(digit)) * 3 for digit in f"{number:03d}").capitalize()
        rows.append(f'k{number};{name} Fysioterapi;Vej {number};8000;{phone};{price};"{hours}"\n')
    path.write_text(HEAD + "".join(rows), "utf-8")
    return path


class Drill:
    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, folder / "drill.sqlite3"
        self.path = folder / "later.csv"
        self.start = folder / "start.sqlite3"

    def prepare(self) -> None:
        from django.apps import apps
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from fysfinder.imports import pipeline
        from fysfinder.places.queries import reset_gazetteer
        from tests.make import make_postcode

        settings.MIGRATION_MODULES = dict.fromkeys(config.label for config in apps.get_app_configs())
        pipeline.BATCH = BATCH
        call_command("migrate", run_syncdb=True, verbosity=0)
        make_postcode("8000", "Aarhus C")
        reset_gazetteer()
        self.run(write_file(self.folder / "earlier.csv", range(ROWS - 6), is_later=False), DAY)
        write_file(self.path, range(ROWS), is_later=True)
        connection.close()
        self.keep_start()

    def keep_start(self) -> None:
        shutil.copy(self.database, self.start)

    def run(self, path: Path, day: dt.date, **more: Any) -> None:
        from fysfinder.imports.pipeline import import_clinics
        from fysfinder.imports.sources.table import with_mapping

        import_clinics(source=with_mapping(MAPPING), path=path, today=DAY, confirmed_on=day, **more)

    def import_later(self, **more: Any) -> None:
        self.run(self.path, DAY + dt.timedelta(days=1), **more)

    def reset(self) -> None:
        from django.db import connection

        connection.close()
        for left in self.folder.glob("drill.sqlite3*"):
            left.unlink()
        shutil.copy(self.start, self.database)

    def left_alone(self) -> tuple[dict[int, str], str, int, float]:
        """What every table says after so many rows, and at the end; statements and seconds that took."""
        from django.db import connection

        self.reset()
        states, count = {0: tables()}, [0]
        began = time.monotonic()
        with connection.execute_wrapper(_counting(count)):
            self.import_later(progress=lambda done, total: states.update({done: ""}))
        seconds = time.monotonic() - began
        self.reset()
        self.import_later(progress=lambda done, total: states.update({done: tables()}))
        return states, tables(), count[0], seconds

    def killed(self, stop: Any, after_s: float | None) -> bool:
        """The import in a child; False when it came to its end before it was killed."""
        child = os.fork()
        if child == 0:
            try:
                with stop:
                    self.import_later()
            finally:
                os._exit(0)
        if after_s is not None:
            time.sleep(after_s)
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)

    def filled(self, pages: int, states: dict[int, str], end: str) -> bool:
        """A disk with room for so many pages more: a run that meets its end, and goes on when there is room again."""
        from django.db import DatabaseError, connection

        from fysfinder.imports.models import ImportRun

        self.reset()
        with connection.cursor() as cursor:
            [held] = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {held + pages}")
        try:
            self.import_later()
        except DatabaseError as error:
            assert "full" in str(error)
        else:
            return False
        run = ImportRun.objects.filter(is_open=True).first()
        assert tables() == states[run.position if run else 0]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1000000")
        ImportRun.objects.filter(is_open=True).update(worker=f"{socket.gethostname()}:999999999:1")
        self.import_later(**({"resume": run} if run else {}))
        assert tables() == end
        return True


class PostgresDrill(Drill):
    """The same over PostgreSQL: a database is copied instead of a file. Nobody fills its disk."""

    def server(self, *statements: str) -> None:
        import psycopg
        from django.db import connection

        connection.close()
        with psycopg.connect(os.environ["SERVER_URL"], autocommit=True) as server:
            for statement in statements:
                server.execute(statement)

    def keep_start(self) -> None:
        self.server("create database start template drill")

    def reset(self) -> None:
        self.server("drop database drill with (force)", "create database drill template start")

    def killed(self, stop: Any, after_s: float | None) -> bool:
        """What the server still did for the dead process is done when this returns, and its keys are put back."""
        from django.apps import apps
        from django.core.management.color import no_style
        from django.db import connection

        is_killed = super().killed(stop, after_s)
        with connection.cursor() as cursor:
            others = "select count(*) from pg_stat_activity where datname = 'drill' and pid <> pg_backend_pid()"
            while cursor.execute(others) and cursor.fetchone() != (0,):
                time.sleep(0.02)
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        return is_killed

    def filled(self, pages: int, states: dict[int, str], end: str) -> bool:
        return True


def _counting(count: list[int]) -> Callable[..., Any]:
    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        count[0] += 1
        return execute(sql, params, many, context)

    return wrapper


def killing_at(statement: int, *, is_after: bool) -> Any:
    """Ends this very process before or after its so manieth statement; never when that is 0."""
    from django.db import connection

    left = [statement]

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(sql, params, many, context)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return connection.execute_wrapper(wrapper)


def tables() -> str:
    """Every row of every table a run writes, without clock times and the run's own row."""
    return hashlib.sha256("\n".join(map(repr, _rows())).encode()).hexdigest()


def _rows() -> Iterator[tuple[Any, ...]]:
    from django.apps import apps

    for label in ("clinics", "imports"):
        for model in sorted(apps.get_app_config(label).get_models(), key=lambda model: model.__name__):
            if model.__name__ != "ImportRun":
                is_told = bool(model._meta.related_objects)  # a key that nobody refers to may leave a gap
                fields = [field for field in model._meta.concrete_fields if field.name not in CLOCKS]
                names = [field.attname for field in fields if is_told or not field.primary_key]
                yield model.__name__, *model._base_manager.order_by("pk").values_list(*names)


def main(drill: Drill, kills: int) -> dict[str, int]:
    from fysfinder.imports.models import ImportRun

    chance = random.Random(SEED)
    drill.prepare()
    states, end, statements, seconds = drill.left_alone()
    done = {"kills": 0, "rounds": 0, "unharmed": 0}
    stopped_at = set()
    while done["kills"] < kills:
        done["rounds"] += 1
        drill.reset()
        is_by_time = done["rounds"] % 2 == 0
        statement = 0 if is_by_time else chance.randint(1, statements)
        stop = killing_at(statement, is_after=chance.random() < 0.5)
        if not drill.killed(stop, chance.uniform(0, seconds) if is_by_time else None):
            done["unharmed"] += 1
            assert tables() == end
            continue
        done["kills"] += 1
        run = ImportRun.objects.filter(is_open=True).first()
        position = run.position if run else 0
        is_at_end = run is None and ImportRun.objects.count() == 2
        stopped_at.add(position)
        assert tables() == (end if is_at_end else states[position]), f"half a batch after {position} rows"
        if not is_at_end:
            drill.import_later(**({"resume": run} if run else {}))
        assert tables() == end, f"another end when resumed after {position} rows"
    full = [drill.filled(pages, states, end) for pages in (0, 2, 8)]
    assert any(full)
    return {**done, "statements": statements, "places": len(stopped_at), "full": sum(full)}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    where = Path(sys.argv[1])
    if server_url := os.environ.get("SERVER_URL"):  # of a PostgreSQL that is thrown away
        import psycopg

        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute("create database drill")
        os.environ["DATABASE_URL"] = server_url.rpartition("/")[0] + "/drill"
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{where / 'drill.sqlite3'}"
    os.environ["VAR_DIR"] = str(where)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    import django

    django.setup()
    kind = PostgresDrill if server_url else Drill
    print(json.dumps(main(kind(where), int(sys.argv[2]))))  # noqa: T201
