"""find_duplicates: which of our own clinics may be listed twice. The list is answered in the staff pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fysfinder.imports.duplicates import find_duplicates


class Command(BaseCommand):
    help = "Compare our clinics with each other and list pairs that may be one, for a person to answer. Run it nightly."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        pairs, new = find_duplicates()
        self.stdout.write(f"{pairs} pairs to look at, {new} of them new.")
