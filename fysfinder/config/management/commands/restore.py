"""manage.py restore FILE: put a backup back and compare it with what was kept. Stop the server first."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fysfinder.config.backup import BackupError, restore_backup


class Command(BaseCommand):
    help = "Restore what 'backup' wrote, and compare every table and file. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="replace the clinics that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(source=options["file"], overwrite=options["overwrite"])
        except (BackupError, OSError) as error:
            raise CommandError(f"{error}") from error
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Sat tilbage og sammenlignet: {rows} rækker fra {manifest['made_at']}")
