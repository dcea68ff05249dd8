"""Everything a fresh checkout needs before it can serve, with progress; nothing when nothing changed."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from fysfinder.config.prepare import prepare


class Command(BaseCommand):
    help = "Compile translations, join assets, migrate, load places, topics, tariffs, articles and demo clinics."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        last = time.monotonic()

        def report(name: str, was_run: bool) -> None:
            nonlocal last
            now = time.monotonic()
            if was_run:
                self.stdout.write(f"  ✓ {name} ({now - last:.1f} s)")
                self.stdout.flush()
            last = now

        prepare(report=report)
