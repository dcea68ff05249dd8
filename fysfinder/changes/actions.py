"""Writing down that something changed, inside the transaction that changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fysfinder.changes.models import Change, Latest

EVERYTHING = "*"
MOST_TAGS = 500  # a write that touches more is told as EVERYTHING
KEPT = dt.timedelta(days=1)  # a process that has been away longer forgets all it holds


@transaction.atomic
def record_change(*, tags: Iterable[str]) -> int:
    """The number of the change. Call it last in the transaction: whoever else records waits until that ends."""
    named = sorted(set(tags))
    if not Latest.objects.filter(pk=1).update(number=F("number") + 1):
        Latest.objects.get_or_create(pk=1)
        Latest.objects.filter(pk=1).update(number=F("number") + 1)
    number = Latest.objects.values_list("number", flat=True).get(pk=1)
    Change.objects.create(number=number, tags=" ".join(named) if len(named) <= MOST_TAGS else EVERYTHING)
    if number % 1000 == 0:
        Change.objects.filter(changed_at__lt=timezone.now() - KEPT).delete()
    return number
