"""Delete what visitors reported more than a year ago."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fysfinder.clinics.reports import delete_old_reports


class Command(BaseCommand):
    help = "Delete reports about clinics that are a year old, as the page about privacy promises. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=dt.date.fromisoformat, default=None, help="the day to count back from")

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = delete_old_reports(today=options["today"] or timezone.localdate())
        if options["verbosity"]:
            self.stdout.write(f"Reports deleted: {deleted}")
