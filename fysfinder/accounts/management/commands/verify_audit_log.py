"""manage.py verify_audit_log [--tip HASH]: whether each row of the audit log is as it was written."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fysfinder.accounts.audit import verify_chain


class Command(BaseCommand):
    help = "Compute the audit log's chain anew. Note the hash it prints elsewhere, and give it as --tip next time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tip", default="", help="a hash printed before, which must still be in the log")

    def handle(self, *, tip: str, **_kw: Any) -> None:
        held, last, fault = verify_chain(tip=tip)
        if fault:
            raise CommandError(f"{held} rows hold; {fault}")
        self.stdout.write(f"{held} rows hold; the last hash is {last}")
