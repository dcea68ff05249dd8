"""invite_reviewer SLUG --name NAME [--kind ordbog] [--days 30]: a secret link for one person to sign one article."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from fysfinder.encyclopedia.invitations import LASTS, invite_reviewer
from fysfinder.encyclopedia.queries import get_article


class Command(BaseCommand):
    help = "Make a secret link with which an outside reviewer signs an article. It is shown once and works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--name", required=True, help="the person's name, as it will stand on the page")
        parser.add_argument("--kind", default="ordbog")
        parser.add_argument("--days", type=int, default=LASTS.days, help="how long the link works")

    def handle(self, *, slug: str, name: str, kind: str, days: int, **options: Any) -> None:
        article = get_article(kind, slug)
        if article is None:
            raise CommandError(f"No published article {kind}/{slug}.")
        try:
            invitation, token = invite_reviewer(article=article, name=name, days=days)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{settings.SITE_URL}{reverse('sign_review', args=[token])}")
        self.stderr.write(
            f"For {invitation.name} only, until {invitation.expires_at:%Y-%m-%d}. It is not shown again: "
            "send it by a way that only that person reads."
        )
