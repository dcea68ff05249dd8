"""check_clinics: facts that cannot be right, and websites and booking pages that are gone. Changes no fact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fysfinder.base.fetch import Fetcher
from fysfinder.clinics.living import Checked, check_links, check_values


class Command(BaseCommand):
    help = "Look for impossible values and dead links; what is found stands in the staff pages. Run it nightly."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-links", action="store_true", help="only what needs no network")
        parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help="between requests to one host")
        parser.add_argument("--allow-loopback", action="store_true", help="for a stub server of one's own")

    def handle(self, *, no_links: bool, pause: float, allow_loopback: bool = False, **options: Any) -> None:
        today = timezone.localdate()
        self._report("values", check_values(today=today))
        if not no_links:
            agent = f"FysFinder link check (+{settings.SITE_URL}/om/)"
            fetcher = Fetcher(agent, pause_s=max(pause, 0.0), is_loopback_allowed=allow_loopback)
            self._report("links", check_links(today=today, fetcher=fetcher))

    def _report(self, what: str, found: Checked) -> None:
        asked = f", {found.links} links ({found.not_asked} not asked)" if what == "links" else ""
        self.stdout.write(f"{what}: {found.clinics} clinics{asked}; {found.found} to look at, {found.new} new.")
        for reason, count in sorted(found.reasons.items(), key=lambda pair: -pair[1])[:20]:
            self.stdout.write(f"  {count:5}  {reason}")
