"""undo_import RUN: take back what a run of import_clinics did. The run's number stands in the admin and in the log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.imports.actions import undo_run
from fysfinder.imports.models import ImportRun


class Command(BaseCommand):
    help = "Take a run back whole, except what somebody has said since."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, help="the run's number")

    def handle(self, *, run: int, **options: Any) -> None:
        found = ImportRun.objects.filter(pk=run).first()
        if found is None:
            raise CommandError(f"there is no run {run}")
        try:
            result = undo_run(run=found)
        except ValueError as error:
            raise CommandError(f"run {run}: {error}") from None
        for name in result.kept:
            self.stderr.write(f"said again since, kept: {name}")
        for name in result.closed:
            self.stderr.write(f"made by the run and edited since, closed: {name}")
        self.stdout.write(f"run {run} undone: {result.restored} clinics restored, {result.deleted} deleted.")
