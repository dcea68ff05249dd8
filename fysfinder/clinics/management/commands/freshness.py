"""freshness: how fresh the directory is, by municipality, and the clinics to ask first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fysfinder.clinics.freshness import by_municipality, stalest
from fysfinder.clinics.models import Clinic


class Command(BaseCommand):
    help = "Print a score (0-100) per municipality and the clinics whose facts ought to be confirmed first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=20, help="how many clinics to list (default 20)")

    def handle(self, *, limit: int, **options: Any) -> None:
        today = timezone.localdate()
        self.stdout.write("score  due  known  municipality")
        for score in by_municipality(today):
            self.stdout.write(f"{score.score:5}  {score.due:3}  {score.known:5}  {score.of}")
        worst = stalest(today, limit=max(limit, 0))
        names = Clinic.objects.in_bulk([score.of for score in worst])
        self.stdout.write("\nscore  due  known  clinic")
        for score in worst:
            self.stdout.write(f"{score.score:5}  {score.due:3}  {score.known:5}  {names[int(score.of)].slug}")
