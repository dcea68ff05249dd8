"""import_clinics SOURCE FILE [--dry-run]: facts about clinics from outside, each typed or reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from fysfinder.imports.models import ImportRun
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError, Problem, Source
from fysfinder.imports.rejected import rejected_writer
from fysfinder.imports.result import Result
from fysfinder.imports.runs import BusyError
from fysfinder.imports.sources import SOURCES, get_source, table


class Command(BaseCommand):
    help = "Read clinics from a file. What is not understood is reported, a broken file changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", choices=[source.name for source in SOURCES])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="print what would become another, write nothing")
        parser.add_argument(
            "--confirmed-on",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day the file was true (default: the day the file was last changed)",
        )
        parser.add_argument("--mapping", type=Path, help="of a table: a YAML file of 'column: what it is'")
        parser.add_argument("--explain", action="store_true", help="of a table: what each column is read as; no import")
        parser.add_argument("--rejected", type=Path, metavar="FILE.csv", help="write what could not be used there")
        parser.add_argument("--resume", type=int, metavar="RUN", help="go on with a run that was stopped")

    def handle(self, *, dry_run: bool = False, resume: int | None = None, **options: Any) -> None:
        run = self._stopped(resume, dry_run) if resume is not None else None
        said = run.options if run else {}
        name, file = options["source"] or (run.source if run else None), options["file"] or said.get("path")
        source = get_source(name or "")
        if source is None or file is None:
            raise CommandError("say a source and a file, or --resume RUN")
        file = Path(file)
        mapping = said["mapping"] if "mapping" in said else self._mapping(options.get("mapping"))
        if source is table.SOURCE:
            if options.get("explain"):
                self._explain(file, mapping)
                return
            source = table.with_mapping(mapping)
        with self._rejected(options.get("rejected")) as on_problem:
            result = self._run(
                source,
                file,
                confirmed_on=options.get("confirmed_on"),
                is_dry_run=dry_run,
                resume=run,
                options={"mapping": mapping},
                on_problem=on_problem,
            )
        self._report(result, file.name, dry_run)

    @contextmanager
    def _rejected(self, path: Path | None) -> Iterator[Callable[[Problem], object]]:
        if path is None:
            yield lambda problem: None
            return
        try:
            # A spreadsheet knows UTF-8 by the mark; a line at a time, so that a full disk is met while rows are read.
            with path.open("w", buffering=1, newline="", encoding="utf-8-sig") as file:
                write = rejected_writer(file)

                def told(problem: Problem) -> None:
                    try:
                        write(problem)
                    except OSError as error:
                        raise CommandError(f"{path.name}: {error.strerror or error}{_left()}") from None

                yield told
        except OSError as error:
            raise CommandError(f"{path.name}: {error.strerror or error}") from None

    def _run(self, source: Source, file: Path, **options: Any) -> Result:
        try:
            return import_clinics(
                source=source, path=file, today=timezone.localdate(), progress=self._progress, **options
            )
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror or error}") from None
        except BrokenFileError as error:
            for line, message in error.problems:
                self.stderr.write(f"{file.name}:{line}: {message}")
            raise CommandError(f"{file.name} cannot be used; nothing was changed.") from None
        except (BusyError, ValueError) as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:  # a full disk, a lost connection: the batch is rolled back, the others stand
            raise CommandError(f"the database says: {error}; nothing is half-written{_left()}") from None

    def _progress(self, done: int, total: int) -> None:
        """A line that is written over, on a terminal only."""
        if self.stderr.isatty():
            bar = "█" * (20 * done // max(total, 1))
            self.stderr.write(f"\r{bar:20} {done} / {total} ", ending="\n" if done >= total else "")

    def _stopped(self, number: int, dry_run: bool) -> ImportRun:
        run = ImportRun.objects.filter(pk=number).first()
        if run is None or dry_run:
            raise CommandError("a dry run is not resumed" if dry_run else f"there is no run {number}")
        return run

    def _mapping(self, path: Path | None) -> dict[str, str]:
        try:
            return table.read_mapping(path.read_text(encoding="utf-8")) if path else {}
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: {error}") from None
        except BrokenFileError as error:
            raise CommandError(f"{path}: {error}") from None

    def _explain(self, file: Path, mapping: dict[str, str]) -> None:
        try:
            with file.open("rb") as opened:
                lines = table.explain(table.read(opened), mapping)
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror or error}") from None
        except BrokenFileError as error:
            raise CommandError(f"{file.name}: {error}") from None
        for line in lines:
            self.stdout.write(line)

    def _report(self, result: Result, file_name: str, is_dry_run: bool) -> None:
        for change in result.changes:
            self.stdout.write(f"{'+' if change.is_new else '~'} row {change.row}: {change.clinic}")
            for difference in change.differences if is_dry_run or not change.is_new else ():
                self.stdout.write(f"    {difference}")
        if (left := result.created + result.updated - len(result.changes)) > 0:
            self.stdout.write(f"and {left} more")
        for remark in result.remarks:
            self.stderr.write(f"{file_name}: {remark}")
        for problem in (*result.problems, *result.conflicts):
            self.stderr.write(f"{file_name}:{problem.row}: {problem.column}: {problem.value!r}: {problem.message}")
        if (left := result.problem_count - len(result.problems)) > 0:
            self.stderr.write(f"{file_name}: and {left} more values to look at")
        if result.gone:
            self.stderr.write(f"not in this file, and left as they are: {', '.join(result.gone)}")
        if result.is_dated_by_file:
            day = result.confirmed_on
            self.stdout.write(f"The facts are dated {day}, the day the file was changed; another: --confirmed-on {day}")
        self.stdout.write(
            f"{result.rows} rows: {result.created} new, {result.updated} changed, {result.unchanged} unchanged, "
            f"{result.left_out} left out; {result.problem_count} values to look at"
            f"{f'; {result.closed} closed' if result.closed else ''}"
            f"{f'; {result.conflict_count} conflicting' if result.conflict_count else ''}"
            f"{' (dry run: nothing written)' if is_dry_run else ''}."
        )


def _left() -> str:
    """What to do about a run that this one leaves open."""
    held = ImportRun.objects.filter(is_open=True).first()
    return f"; {held.position} rows are applied, go on with --resume {held.pk}" if held else ""
