"""The nightly checks of the living: what of our facts cannot be right, and whose website or booking page is gone.

Nothing here changes what visitors see. A link is called dead when nobody answers, or with 404, 410 or a 5xx; being
refused (401, 403, 429 …) is how some sites treat robots and says nothing. Staff see it with the number of days on
which it was so; from the second it is worth a call. It is not hidden by itself: a site that only shuns robots would
lose its link, and its patients with it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from fysfinder.base.fetch import Fetcher, FetchError, ForbiddenAddressError
from fysfinder.clinics.checks import Places, problems_of
from fysfinder.clinics.models import Clinic, Finding
from fysfinder.places.models import Postcode

LINKS = ("website", "booking_url")
GONE = {404, 410}
THREADS = 8  # hosts asked at once; one host is asked by one of them
BATCH = 1000


@dataclass
class Checked:
    clinics: int = 0
    links: int = 0
    not_asked: int = 0  # robots.txt says no, or the address is not a public one
    found: int = 0
    new: int = 0
    reasons: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def check_values(*, today: dt.date) -> Checked:
    """Every published clinic against checks.problems_of; the list of findings is brought up to date."""
    postcodes = Postcode.objects.select_related("municipality")
    places = Places.of([(row.municipality.name, str(row), row.lat, row.lon) for row in postcodes])
    result = Checked()
    clinics = Clinic.objects.published().select_related("postcode__municipality")
    related = ("prices", "opening_hours", "waiting_times", "facts")
    found: dict[tuple[int, str, str, str], str] = {}
    for clinic in clinics.prefetch_related(*related).iterator(chunk_size=BATCH):
        result.clinics += 1
        found |= {(clinic.pk, p.kind, p.fact, p.value): p.reason for p in problems_of(clinic, places, today)}
    _write_down(found, (Finding.Kind.IMPOSSIBLE, Finding.Kind.FAR_AWAY), today, result)
    return result


def check_links(*, today: dt.date, fetcher: Fetcher) -> Checked:
    """Every website and booking page of published clinics, each address once: HEAD, then GET where HEAD is refused."""
    result = Checked()
    owners: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = Clinic.objects.published().order_by("pk").values_list("pk", *LINKS)
    for pk, *urls in rows.iterator(chunk_size=BATCH):
        result.clinics += 1
        for fact, url in zip(LINKS, urls, strict=True):
            if url:
                owners[url].append((pk, fact))
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in owners:
        hosts[_host(url)].append(url)
    found: dict[tuple[int, str, str, str], str] = {}
    unasked: set[str] = set()
    with ThreadPoolExecutor(THREADS) as pool:
        for answers in pool.map(lambda urls: list(_ask(urls, fetcher)), hosts.values()):
            for url, reason in answers:
                result.links += 1
                if reason is None:
                    unasked.add(url)
                elif reason:
                    found |= {(pk, Finding.Kind.DEAD_LINK, fact, url): reason for pk, fact in owners[url]}
    result.not_asked = len(unasked)
    _write_down(found, (Finding.Kind.DEAD_LINK,), today, result)
    return result


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _ask(urls: Iterable[str], fetcher: Fetcher) -> Iterator[tuple[str, str | None]]:
    """(address, why it is dead; '' alive; None not asked)."""
    for url in urls:
        try:
            yield url, dead_reason(url, fetcher)
        except ForbiddenAddressError:
            yield url, None


def dead_reason(url: str, fetcher: Fetcher) -> str:
    """'' when somebody answers. Raises ForbiddenAddressError when it may not be asked."""
    try:
        status = fetcher.fetch(url, method="HEAD").status
        if status >= 400:  # many servers know no HEAD
            status = fetcher.fetch(url, max_bytes=1).status
    except ForbiddenAddressError:
        raise
    except FetchError as error:
        return _("Ingen svarer: %(reason)s") % {"reason": error}
    return _("Svarer %(status)d") % {"status": status} if status in GONE or status >= 500 else ""


def _write_down(
    found: dict[tuple[int, str, str, str], str], kinds: tuple[str, ...], today: dt.date, result: Checked
) -> None:
    """New findings, another day of old ones; what is right again goes."""
    with transaction.atomic():
        known = {(f.clinic_id, f.kind, f.fact, f.value): f for f in Finding.objects.filter(kind__in=kinds)}
        Finding.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in found]).delete()
        again, new = [], []
        for key, reason in found.items():
            row = known.get(key)
            if row is None:
                clinic_id, kind, fact, value = key
                new.append(
                    Finding(
                        clinic_id=clinic_id, kind=kind, fact=fact, value=value, reason=reason[:300],
                        first_seen=today, last_seen=today,
                    )
                )  # fmt: skip
            elif row.last_seen < today:
                row.times, row.last_seen, row.reason = row.times + 1, today, reason[:300]
                again.append(row)
            result.reasons[reason] += 1
        Finding.objects.bulk_create(new, batch_size=BATCH)
        Finding.objects.bulk_update(again, ["times", "last_seen", "reason"], batch_size=BATCH)
    result.found, result.new = len(found), len(new)
