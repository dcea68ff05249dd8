"""readability [--over LIX]: how heavy every published article is to read, the heaviest first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.readability import article_lix, band


class Command(BaseCommand):
    help = "LIX of every published article: kind/slug, words, LIX and what that is called, the heaviest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--over", type=int, default=0, help="only those above this LIX")

    def handle(self, *, over: int, **options: Any) -> None:
        rows = [(article_lix(article) or 0, article) for article in Article.objects.all()]
        for lix, article in sorted(rows, key=lambda row: (-row[0], row[1].slug)):
            if lix > over:
                self.stdout.write(f"{lix:3d}  {band(lix):<12}  {article.words:5d}  {article.kind}/{article.slug}")
