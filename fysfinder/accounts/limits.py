"""How often one caller may do a thing, counted in the database, so that the limit holds over workers and nodes.

A caller is a keyed hash with the day in it: no address and no user name is stored, tomorrow's hash of the same caller
is another one, and a row is gone soon after it stops mattering. Why so: docs/decisions/010-limits.md.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fysfinder.accounts.models import Bucket

log = logging.getLogger(__name__)
SWEEP_EVERY = 128  # of so many new callers one clears away what is over


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and so many in the given seconds from then on (a token bucket)."""

    name: str
    most: int
    seconds: float


def take(limit: Limit, caller: str, *, now: float | None = None) -> int:
    """0 when the caller may, else the whole seconds to wait. A database that cannot answer refuses nobody.

    A bucket is one number: the moment it will be full again. Each take moves that moment seconds/most further away,
    and what would move it further than a whole bucket from now is refused. One UPDATE with a condition does both, so
    that two workers cannot both take the last one. A moment two whole buckets away was written before the clock was set
    back, and the bucket begins anew.
    """
    now = time.time() if now is None else now
    try:
        with transaction.atomic():
            return _take(limit, _key(limit.name, caller), now)
    except DatabaseError:
        log.exception("limits cannot be counted")
        return 0


def _take(limit: Limit, key: str, now: float) -> int:
    step = limit.seconds / limit.most
    latest = now + limit.seconds - step
    for _attempt in range(2):  # again when another worker made the row between the two statements
        row = Bucket.objects.filter(pk=key)
        if row.filter(full_at__lte=latest).update(full_at=Greatest(F("full_at"), Value(now)) + step):
            return 0
        if row.filter(full_at__gt=now + 2 * limit.seconds).update(full_at=now + step):
            return 0
        bucket, is_new = Bucket.objects.get_or_create(pk=key, defaults={"full_at": now + step})
        if is_new:
            if bucket.pk < f"{256 // SWEEP_EVERY:02x}":  # the hash is even over all values
                Bucket.objects.filter(full_at__lt=now).delete()
            return 0
        if bucket.full_at > latest:
            break
    return max(1, math.ceil(bucket.full_at - latest))


def _key(name: str, caller: str) -> str:
    return salted_hmac(f"limit {name} {timezone.localdate()}", caller, algorithm="sha256").hexdigest()[:32]


def client_network(request: HttpRequest) -> str:
    """Who asks, as far as limits go: an IPv4 address, or the /64 an IPv6 customer is given; '' when nobody says.

    Behind a proxy it is what the proxy says in CLIENT_ADDRESS_HEADER; of a list, the last, which the proxy itself
    added. Whatever else a visitor sends in that header stands before it and is not read.
    """
    address = client_address(request)
    if address is None:
        return ""
    return str(ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False))


def client_address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address itself, with IPv4 written inside IPv6 read as IPv4."""
    sent = request.META.get("REMOTE_ADDR", "")
    if settings.IS_BEHIND_PROXY:
        sent = request.headers.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2] or sent
    try:
        address = ipaddress.ip_address(sent.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
