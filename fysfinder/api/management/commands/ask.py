"""Ask any rule of ours from a shell: one JSON object a line in, one JSON object a line out."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from fysfinder.api.ask import SUBJECTS, answer


class Command(BaseCommand):
    help = "Answer JSON lines from standard input (docs/ask.md): manage.py ask hours < questions.jsonl"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("subject", choices=sorted(SUBJECTS))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in sys.stdin.buffer:
                if line.strip():
                    self.stdout.write(json.dumps(answer(options["subject"], line), ensure_ascii=False))
                    self.stdout.flush()
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(f"The database is not ready ({error}). `manage.py prepare` makes it so.") from error
