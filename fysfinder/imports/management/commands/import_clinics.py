"""import_clinics SOURCE FILE [--dry-run]: facts about clinics from outside, each typed or reported."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.result import Result
from fysfinder.imports.sources import SOURCES, get_source, table


class Command(BaseCommand):
    help = "Read clinics from a file. What is not understood is reported, a broken file changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", choices=[source.name for source in SOURCES])
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="print what would become another, write nothing")
        parser.add_argument(
            "--confirmed-on",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day the file was true (default: the day the file was last changed)",
        )

        parser.add_argument("--mapping", type=Path, help="of a table: a YAML file of 'column: what it is'")
        parser.add_argument("--explain", action="store_true", help="of a table: what each column is read as; no import")

    def handle(
        self, *, source: str, file: Path, dry_run: bool, confirmed_on: dt.date | None = None, **options: Any
    ) -> None:
        found = get_source(source)
        if found is None:
            raise CommandError(f"there is no source {source!r}")
        if found is table.SOURCE:
            mapping = self._mapping(options.get("mapping"))
            if options.get("explain"):
                self._explain(file, mapping)
                return
            found = table.with_mapping(mapping)
        today = timezone.localdate()
        try:
            result = import_clinics(source=found, path=file, today=today, confirmed_on=confirmed_on, is_dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror or error}") from None
        except BrokenFileError as error:
            for line, message in error.problems:
                self.stderr.write(f"{file.name}:{line}: {message}")
            raise CommandError(f"{file.name} cannot be used; nothing was changed.") from None
        self._report(result, file.name, dry_run)

    def _mapping(self, path: Path | None) -> dict[str, str]:
        try:
            return table.read_mapping(path.read_text(encoding="utf-8")) if path else {}
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: {error}") from None
        except BrokenFileError as error:
            raise CommandError(f"{path}: {error}") from None

    def _explain(self, file: Path, mapping: dict[str, str]) -> None:
        try:
            lines = table.explain(table.read(file.read_bytes()), mapping)
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
        for remark in result.remarks:
            self.stderr.write(f"{file_name}: {remark}")
        for problem in result.problems:
            self.stderr.write(f"{file_name}:{problem.row}: {problem.column}: {problem.value!r}: {problem.message}")
        if result.gone:
            self.stderr.write(f"not in this file, and left as they are: {', '.join(result.gone)}")
        if result.is_dated_by_file:
            day = result.confirmed_on
            self.stdout.write(f"The facts are dated {day}, the day the file was changed; another: --confirmed-on {day}")
        self.stdout.write(
            f"{result.rows} rows: {result.created} new, {result.updated} changed, {result.unchanged} unchanged, "
            f"{result.left_out} left out; {len(result.problems)} values to look at"
            f"{' (dry run: nothing written)' if is_dry_run else ''}."
        )
