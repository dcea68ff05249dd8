"""load_content [DIR] [--check] [--remove]: publish the Markdown files of a directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.encyclopedia.actions import load_content


class Command(BaseCommand):
    help = "Publish the Markdown articles of a directory. A file with an error keeps its last good version. "
    help += "Published articles without a file stay, unless --remove."
    requires_system_checks: list[str] = []  # content does not depend on the pages

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--check", action="store_true", help="read and report, write nothing")

        parser.add_argument(
            "--remove",
            action="store_true",
            help="unpublish articles that the directory does not hold (they answer 410)",
        )

    def handle(self, *, directory: Path, check: bool, remove: bool, **options: Any) -> None:
        report = load_content(directory=directory, check=check, remove=remove)
        for problem in report.problems:
            self.stderr.write(str(problem))
        if report.kept:
            self.stderr.write(f"Published, not in {directory}, and left as they are (--remove takes them away):")
            self.stderr.write("\n".join(f"  {file}" for file in report.kept))
        self.stdout.write(
            f"{report.created} new, {report.updated} changed, {report.unchanged} unchanged, {report.removed} removed, "
            f"{report.drafts} drafts, {len(report.warnings)} warnings{' (checked, not written)' if check else ''}."
        )
        failing = [problem for problem in report.problems if problem.is_error or (check and problem.fails_check)]
        if failing:
            files = len({problem.file for problem in failing})
            raise CommandError(f"{len(failing)} errors in {files} files; what is published of them was not changed.")
