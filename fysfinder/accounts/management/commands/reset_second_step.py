"""manage.py reset_second_step USERNAME: for a lost telephone and lost codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.accounts.models import User
from fysfinder.accounts.second_step import forget_second_step


class Command(BaseCommand):
    help = "Forget the app and the recovery codes of a member of staff; the next login connects an app anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **_kw: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"no user is called {username}")
        forget_second_step(user=user, by="manage.py")
        self.stdout.write(f"{username} connects an app at the next login.")
