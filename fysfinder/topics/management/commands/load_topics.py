"""load_topics: make the taxonomy equal to data/topics/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.topics.actions import load_topics
from fysfinder.topics.files import TopicFileError


class Command(BaseCommand):
    help = "Load the topics, their words and their links from data/topics/; all or nothing, twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.DATA_DIR / "topics")
        parser.add_argument("--allow-shrinking", action="store_true", help="let more than a tenth of the topics go")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_topics(directory=options["directory"], is_shrinking_allowed=options["allow_shrinking"])
        except TopicFileError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(
                f"{report.topics} topics, {report.synonyms} synonyms, {report.links} links: "
                f"{report.added} added, {report.changed} changed, {report.removed} removed."
            )
