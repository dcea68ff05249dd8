"""Translations: `update` after changing strings, `check` in make check, `compile` before the server starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.config import messages


class Command(BaseCommand):
    help = "Update, check or compile the English catalogue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["update", "check", "compile"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "update":
            self.stdout.write(f"{len(messages.update())} strings in {messages.PO_FILE.name}")
        elif options["verb"] == "compile":
            messages.compile_catalogue()
        elif found := messages.problems():
            raise CommandError("\n".join(found))
        else:
            self.stdout.write("The English catalogue is complete.")
