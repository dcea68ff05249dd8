"""What an operator sees of each request that reaches Django: a number to find it by, one log line, counters.

No line holds an address, a query, a cookie or a name: of a request it says the route, not what was asked.
"""

from __future__ import annotations

import contextvars
import json
import logging
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Gauge, Histogram

REQUEST_ID = "X-Request-ID"
_USABLE = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
current_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
log = logging.getLogger("fysfinder.requests")

REQUESTS = Counter("fysfinder_requests", "Requests that reached Django", ["route", "method", "status"])
SECONDS = Histogram(
    "fysfinder_request_seconds",
    "Time in Django",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
PAGES = Gauge("fysfinder_page_store", "The page store's own counts", ["what"], multiprocess_mode="livesum")


class Observe:
    """The outermost middleware. A proxy's request number is taken over only when we stand behind one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Here and not in the settings: a command that root runs must not leave a folder the site cannot write in.
        with suppress(OSError):
            Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get(REQUEST_ID, "") if settings.IS_BEHIND_PROXY else ""
        number = sent if _USABLE.fullmatch(sent) else secrets.token_hex(8)
        token, began = current_id.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            took = time.perf_counter() - began
            route = route_of(request)
            method = request.method if request.method in {"GET", "HEAD", "POST"} else "other"
            count(route, method, response.status_code, took)
            fields = {"route": route, "method": method, "status": response.status_code, "ms": round(took * 1000, 1)}
            log.info("request", extra={"fields": fields})
            response.headers[REQUEST_ID] = number
            return response
        finally:
            current_id.reset(token)


def count(route: str, method: str, status: int, took: float) -> None:
    """A full disk, or a folder that is not ours, costs the numbers and no page."""
    try:
        REQUESTS.labels(route, method, status).inc()
        SECONDS.labels(route).observe(took)
    except OSError as error:
        log.warning("requests cannot be counted", extra={"fields": {"why": type(error).__name__}})


def route_of(request: HttpRequest) -> str:
    """The URL's name, never the address: 'find_topic', 'admin', or 'none' for what no URL answers."""
    match = request.resolver_match
    if match is None:
        return "none"
    return "admin" if match.app_name == "admin" else (match.url_name or "unnamed")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the request's number, and what the call added."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_address(record),
        }
        if number := current_id.get():
            line["request_id"] = number
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def without_address(record: logging.LogRecord) -> str:
    """Django's own lines about 404 and 500 carry the address asked for; the route in our line says enough."""
    return str(record.msg).replace("%s", "…") if record.name == "django.request" else record.getMessage()
