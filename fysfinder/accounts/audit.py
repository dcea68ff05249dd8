"""The audit log: who did what to which object, and which fields, in a chain that shows when a row was touched.

The database itself refuses to change or delete a row (triggers, see the migration). Who can remove the triggers can
still rewrite the log from some row on, and then every hash after it is another: note `verify_audit_log`'s last hash
somewhere else, and give it as --tip next time. Values are never written down, only names of fields.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from fysfinder.accounts.models import AuditEntry

START = "0" * 64


@transaction.atomic
def record_entry(*, who: str, verb: str, what: str = "", fields: Iterable[str] = ()) -> AuditEntry:
    """Add a row; inside the transaction of what it tells about."""
    AuditEntry.objects.select_for_update().filter(number=1).first()  # one writer at a time, so that numbers follow
    last = AuditEntry.objects.order_by("-number").first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        who=who[:150],
        verb=verb[:60],
        what=what[:200],
        fields=", ".join(sorted(fields))[:1000],
        previous=last.hash if last else START,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def hash_of(entry: AuditEntry) -> str:
    parts = (entry.previous, str(entry.number), entry.at.isoformat(), entry.who, entry.verb, entry.what, entry.fields)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def verify_chain(*, tip: str = "") -> tuple[int, str, str]:
    """(rows that hold, the last hash, what is wrong or ''). With a tip noted before, that must be one of the hashes."""
    held, previous, is_tip_seen = 0, START, not tip
    for entry in AuditEntry.objects.order_by("number").iterator():
        if entry.number != held + 1 or entry.previous != previous or entry.hash != hash_of(entry):
            return held, previous, f"row {held + 1} is missing or has been changed"
        held, previous = held + 1, entry.hash
        is_tip_seen = is_tip_seen or entry.hash == tip
    fault = "" if is_tip_seen else "the noted hash is not in the log: rows have been removed or rewritten"
    return held, previous, fault
