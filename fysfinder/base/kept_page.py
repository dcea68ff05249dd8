"""A page as the page store holds it: made from the application's answer, sent as each client can read it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any

from fysfinder.base.compression import best_encoding, compress, is_compressible

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

WITHOUT_DATABASE = "stale-if-error"  # Surrogate-Control of a page that failed for want of the database
LAST_GOOD_HELD = 5  # seconds a browser or a CDN may hold a page that could not be made again
VARYING = {"accept-encoding", "hx-request", "hx-request-type"}  # the request headers a kept page may depend on


@dataclass(slots=True)
class Page:
    """A kept page: its identity bytes, and what is sent per encoding, made when first asked for."""

    status: str
    headers: Headers
    body: bytes
    etag: str
    tags: frozenset[str]
    made: float
    expires: float
    good_until: float = 0.0  # till when it may be shown if it cannot be made again
    is_without_database: bool = False  # 503, and the database may be gone
    sent: dict[str, tuple[Headers, list[bytes]]] = field(default_factory=dict)
    light: set[str] = field(default_factory=set)  # encodings that were packed in haste
    not_modified: Headers = field(default_factory=list)
    is_used: bool = False

    @property
    def is_changed(self) -> bool:
        """Something it shows has changed since; it is not merely over."""
        return self.expires == float("-inf")

    @property
    def size(self) -> int:
        """Bytes it may take with all its encodings: each of them is less than a third of the text."""
        return 2 * len(self.body) + 2000


def answer(page: Page, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Send a page as the client can read it: 304 when it has it, headers alone for HEAD."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and page.etag and page.etag in known:
        start_response("304 Not Modified", page.not_modified)
        return []
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    ready = page.sent.get(encoding)
    if ready is None:
        ready = page.sent[encoding] = encoded(page, encoding, is_kept=False)
        if page.tags and encoding:
            page.light.add(encoding)
    elif encoding in page.light:
        page.light.discard(encoding)
        REPACKED.put((page, encoding))
    start_response(page.status, ready[0])
    return ready[1] if environ["REQUEST_METHOD"] == "GET" else []


log = logging.getLogger(__name__)
REPACKED: SimpleQueue[tuple[Page, str]] = SimpleQueue()


def repack() -> None:
    """Without end, in a thread of its own: what is asked for a second time is packed harder, beside the visitors."""
    while True:
        try:
            repack_next()
        except Exception:  # the page stays as it was packed first
            log.exception("a page could not be packed harder")


def repack_next() -> None:
    """Wait for a page to pack harder, and let the next visitor have it. Its ETag is of the page, not of its packing."""
    page, encoding = REPACKED.get()
    page.sent[encoding] = encoded(page, encoding, is_kept=True)


def encoded(page: Page, encoding: str, *, is_kept: bool) -> tuple[Headers, list[bytes]]:
    body, headers = page.body, list(page.headers)
    if any(name == "Content-Encoding" for name, _ in headers):
        return headers, [body]
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    if encoding and is_compressible(kind, len(body)):
        body = compress(body, encoding, is_kept=is_kept)
        headers.append(("Content-Encoding", encoding))
    return [*headers, ("Content-Length", str(len(body)))], [body]


def render(application: Application, environ: Environ, clock: Callable[[], float]) -> Page:
    """The application's answer to a cleaned request; expires is 0 for what may not be kept."""
    got: list[Any] = []

    def start(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
        got[:] = [status, headers]
        return lambda data: got.append(data)

    result = application(environ, start)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    status, headers = got[0], [(name, value) for name, value in got[1] if name != "Content-Length"]
    named = {name.lower(): value for name, value in headers}
    seconds = lifetime(status, named)
    left_out = {"surrogate-control", "vary", *(["x-request-id"] if seconds else [])}  # a kept page is no one request's
    headers = [pair for pair in headers if pair[0].lower() not in left_out]
    varies = {part.strip() for part in named.get("vary", "").lower().split(",") if part.strip()} | {"accept-encoding"}
    headers.append(("Vary", ", ".join(sorted(varies))))
    tags = frozenset(named.get("cache-tag", "").replace(",", " ").split()) if seconds else frozenset()
    etag = ""
    if status.startswith("200"):
        etag = f'W/"{hashlib.blake2b(body, digest_size=9).hexdigest()}"'
        headers.append(("ETag", etag))
    now = clock()
    page = Page(status, headers, body, etag, tags, now, now + seconds if seconds else 0.0)
    page.is_without_database = named.get("surrogate-control") == WITHOUT_DATABASE
    return with_headers(page, headers)


def with_headers(page: Page, headers: Headers) -> Page:
    page.headers = headers
    page.not_modified = [pair for pair in headers if not pair[0].lower().startswith("content-")]
    return page


def last_good(page: Page, now: float) -> Page:
    """The page as it is sent while it cannot be made again: its age, a warning, and held by nobody for long."""
    age = max(0, round(now - page.made))
    told = {
        "Age": str(age),
        "Cache-Control": f"public, max-age={age + LAST_GOOD_HELD}, stale-if-error={int(page.good_until - now)}",
        "Warning": '111 - "Revalidation Failed"',
    }
    headers = [pair for pair in page.headers if pair[0] not in told]
    return with_headers(replace(page, sent={}, light=set()), [*headers, *told.items()])


def lifetime(status: str, headers: Mapping[str, str]) -> float:
    """Seconds a page may be kept; 0 unless it is a whole, public page that names what it shows."""
    if not status.startswith("200") or "set-cookie" in headers or "cache-tag" not in headers:
        return 0.0
    if not {part.strip() for part in headers.get("vary", "").lower().split(",") if part.strip()} <= VARYING:
        return 0.0
    _, _, seconds = headers.get("surrogate-control", "").partition("max-age=")
    return float(seconds) if seconds.isdigit() else 0.0
