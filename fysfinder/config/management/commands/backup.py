"""manage.py backup FILE: the database, the articles and the uploads in one verified file, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fysfinder.config.backup import BackupError, write_backup


class Command(BaseCommand):
    help = "Write a backup of the database, content and media to one .tar.gz, and read it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        try:
            manifest = write_backup(target=target)
        except (BackupError, OSError) as error:
            raise CommandError(f"Intet er gemt: {error}") from error
        size = target.stat().st_size / 1_000_000
        rows, files = sum(manifest["rows"].values()), len(manifest["files"])
        self.stdout.write(f"Gemt og læst igen: {target} ({size:.1f} MB, {rows} rækker, {files} filer)")
