"""manage.py export_site DIR: the public pages as files with .gz and .br beside them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError

from fysfinder.config.export import export_site


class Command(BaseCommand):
    help = "Write every public page below DIR, for nginx (gzip_static, brotli_static) or any static host."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        if folder.exists() and not (folder / "sitemap.xml").exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} holds something that is not an export: choose another folder")
        try:
            done = export_site(target=folder, application=WSGIHandler(), tell=lambda n: self.stdout.write(f"{n} …"))
        except OSError as error:
            raise CommandError(f"Det kunne ikke skrives: {error}") from error
        if done.failed:
            raise CommandError("Intet er ændret. Disse sider svarede ikke 200: " + ", ".join(done.failed[:20]))
        self.stdout.write(f"{done.pages} sider, {done.bytes / 1_000_000:.0f} MB i {folder}")
