"""Join the small CSS and JavaScript files into the two that pages load."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fysfinder.base.assets import build_assets


class Command(BaseCommand):
    help = "Write site.css, reading.css and site.js into VAR_DIR/assets."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, size in build_assets(settings.VAR_DIR / "assets").items():
            self.stdout.write(f"{name}: {size} bytes")
