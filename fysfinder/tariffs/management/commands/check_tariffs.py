"""Say which tariffs are missing, old, over or second-hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fysfinder.tariffs.checks import tariff_warnings
from fysfinder.tariffs.queries import known_tariffs


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--strict", action="store_true", help="end with 1 when there is something to do")
        parser.add_argument("--day", default="", help="as if it were this day: 2026-11-22")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = dt.date.fromisoformat(options["day"]) if options["day"] else timezone.localdate()
        except ValueError as error:
            raise CommandError(str(error)) from None
        warnings = tariff_warnings(known_tariffs(), day)
        for words in warnings:
            self.stdout.write(words)
        if not warnings:
            self.stdout.write("Every tariff is of the present period and confirmed.")
        elif options["strict"]:
            raise CommandError("The tariffs need somebody.", returncode=1)
