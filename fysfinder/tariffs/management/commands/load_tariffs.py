"""Load the agreement's tariffs from data/tariffs.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.tariffs.actions import load_tariffs


class Command(BaseCommand):
    help = "Replace all tariffs by the rows of data/tariffs.csv (or FILE)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default=str(settings.DATA_DIR / "tariffs.csv"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_tariffs(path=Path(options["file"]))
        except (ValidationError, OSError) as error:
            message = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise CommandError(message) from None
        if options["verbosity"]:
            self.stdout.write(f"Tariffs: {count} rows")
