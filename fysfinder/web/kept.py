"""What the page store may keep of a page: what it shows, and until when it stays right.

A page that answers somebody's own situation or stands where they stand is made, sent and forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from fysfinder.base.http import keep
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.search.clinic_search import NEAR
from fysfinder.search.directory import is_current_as_heard
from fysfinder.search.situation import READ_KEYS

SITE = "site"  # pages of our own words, that change with the code
PERSONAL = frozenset({*READ_KEYS, NEAR})


def keep_page(
    response: HttpResponse, request: HttpRequest, *, tags: Iterable[str], until: dt.datetime | None = None
) -> HttpResponse:
    """Mark a whole page as kept until the moment, midnight at the latest, or as nobody's to keep."""
    if not PERSONAL.isdisjoint(request.GET):
        add_never_cache_headers(response)
    elif response.status_code == 200 and is_current_as_heard():
        now = timezone.now()
        midnight = dt.datetime.combine(now.astimezone(COPENHAGEN).date() + dt.timedelta(days=1), dt.time(), COPENHAGEN)
        seconds = int((min(until or midnight, midnight) - now).total_seconds())
        if seconds > 0:
            keep(response, tags=tags, seconds=seconds)
    return response
