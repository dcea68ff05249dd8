"""Fill the directory with plainly fictional clinics."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fysfinder.clinics.demo.actions import load_demo_clinics


class Command(BaseCommand):
    help = "Load fictional clinics over all of Denmark; clinics that are not demo data are never touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=3000, help="how many (0 removes them all)")
        parser.add_argument("--seed", type=int, default=1, help="another number, other clinics")
        parser.add_argument("--today", type=dt.date.fromisoformat, default=None, help="the day dates are relative to")

    def handle(self, *args: Any, **options: Any) -> None:
        def tell(text: str) -> None:
            if options["verbosity"] > 1:
                self.stdout.write(text)

        today = options["today"] or timezone.localdate()
        is_new = load_demo_clinics(count=options["count"], seed=options["seed"], today=today, tell=tell)
        if options["verbosity"]:
            state = "loaded" if is_new else "already there"
            self.stdout.write(f"Demo clinics: {options['count']} {state}")
