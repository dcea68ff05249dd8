"""Three addresses for machines: is the process alive, can it answer truthfully, and its counters."""

from __future__ import annotations

import hmac
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess

from fysfinder.base.page_store import PageStore
from fysfinder.config.observe import PAGES
from fysfinder.encyclopedia.queries import has_pages
from fysfinder.search.directory import directory

LEAST_FREE_MB = 200


def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers: restarting it would not bring a database back."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when everything holds; 503 with what does not. Pages that are kept are served either way."""
    parts = {name: outcome(check) for name, check in CHECKS.items()}
    is_ready = all(text == "ok" for text in parts.values())
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


def outcome(check: Callable[[], str]) -> str:
    """'ok', what the check says is wrong, or the kind of error; never its text, which may name machines."""
    try:
        return check() or "ok"
    except Exception as error:
        return type(error).__name__


def database() -> str:
    """An open connection to a file that has been taken away still answers, so the file itself is looked for."""
    used = connections[DEFAULT_DB_ALIAS]
    with used.cursor() as cursor:
        cursor.execute("select 1")
    name = str(used.settings_dict["NAME"])
    is_gone = used.vendor == "sqlite" and "memory" not in name and not Path(name).is_file()
    return "the file is gone" if is_gone else ""


def changes() -> str:
    """A node that gets no visitors because it is not ready must still notice that it is again."""
    store = page_store()
    if store is not None:
        store.follow(store.clock())
    if store is None or store.is_following:
        return ""
    return f"changes cannot be followed; {store.counts.last_good} pages were shown as they last were"


def clinics() -> str:
    return "" if directory().size else "no clinics are published"


def articles() -> str:
    return "" if has_pages("ordbog") else "no articles are published"


def disk() -> str:
    free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
    return "" if free >= LEAST_FREE_MB else f"{free} MB free"


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "changes": changes,
    "clinics": clinics,
    "articles": articles,
    "disk": disk,
}


def page_store() -> PageStore | None:
    """The process's page store; None where Django runs without the WSGI entry point (tests, commands)."""
    wsgi = sys.modules.get("fysfinder.config.wsgi")
    return getattr(wsgi, "application", None)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text of all workers, for whoever knows METRICS_TOKEN; without one the address does not exist."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(sent.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    if store := page_store():
        for name, value in vars_of(store).items():
            PAGES.labels(name).set(value)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=os.environ["PROMETHEUS_MULTIPROC_DIR"])  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def vars_of(store: PageStore) -> dict[str, int]:
    counts = store.counts
    return {
        "hits": counts.hits,
        "misses": counts.misses,
        "passed": counts.passed,
        "dropped": counts.dropped,
        "evicted": counts.evicted,
        "last_good": counts.last_good,
        "pages": len(store),
        "bytes": store.bytes,
    }
