"""fetch_source NAME --to FILE: the publisher's file, for import_clinics to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.imports.fetch import MOST_BYTES, FetchError, Manners, fetch
from fysfinder.imports.sources import SOURCES, get_source


class Command(BaseCommand):
    help = "Fetch a source's file: once, politely, going on where a fetch was broken off."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", choices=[source.name for source in SOURCES])
        parser.add_argument("--to", type=Path, required=True, help="the file to write; FILE.part until it is whole")
        parser.add_argument("--url", help="where it is, for a source that has no one place (or another copy)")
        parser.add_argument("--most-bytes", type=int, default=MOST_BYTES, help="refuse a longer file")

    def handle(self, *, source: str, to: Path, url: str | None, most_bytes: int, **options: Any) -> None:
        found = get_source(source)
        address = url or (found.url if found else "")
        if not address:
            raise CommandError(f"source {source!r} has no one place: say --url")
        if not settings.OPERATOR_EMAIL:
            raise CommandError("set OPERATOR_EMAIL: a publisher must be able to write to whoever fetches")
        manners = Manners(
            agent=f"FysFinder (+{settings.SITE_URL}; {settings.OPERATOR_EMAIL})",
            most_bytes=most_bytes,
            is_private_allowed=settings.FETCH_FROM_PRIVATE,
        )
        try:
            result = fetch(url=address, to=to, manners=manners)
        except FetchError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{to}: {error.strerror or error}") from None
        went_on = f", going on from byte {result.resumed_at}" if result.resumed_at else ""
        self.stdout.write(f"{to}: {result.size} bytes, sha256 {result.sha256}{went_on}")
