"""manage.py load_places [DIR]: make the gazetteer's tables say what data/places says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.places.actions import load_places
from fysfinder.places.files import PlacesError


class Command(BaseCommand):
    help = "Load regions, municipalities, postcodes, cities and aliases. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.DATA_DIR / "places")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_places(directory=options["directory"])
        except PlacesError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{loaded.postcodes} postcodes, {loaded.cities} towns and areas, {loaded.municipalities} municipalities, "
            f"{loaded.regions} regions, {loaded.aliases} aliases"
        )
