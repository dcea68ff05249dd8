"""Ready pages, answered before Django: a WSGI application around another one.

What may be kept says the page itself: `Cache-Tag` names the objects it shows and `Surrogate-Control: max-age=…` for how
many seconds it stays right (base/http.py, keep). A visitor's own headers never reach the making of a kept page, so none
of them can change what others get. `changes` tells which tags have changed since a number; pages that carry one are
dropped. It is asked at most every FOLLOW_EVERY seconds by one request, while the others are answered.

A page whose time is over is made again by one request; the others get the old one meanwhile, and where there is none,
they wait for the one being made.

A page that has changed or is over stays as the last good one: it is shown when it cannot be made again because nobody
can be asked what has changed, and in no other case.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fysfinder.base.kept_page import Application, Environ, Page, StartResponse, answer, last_good, render

log = logging.getLogger(__name__)

Key = tuple[str, ...]
# Numbers of changes after the given one with the tags of each, oldest first, or None: too many, everything is old.
Changes = Callable[[int], "tuple[int, list[frozenset[str]] | None]"]

FOLLOW_EVERY = 0.4  # seconds
WAIT_FOR_TWIN = 2.0  # seconds a request waits for another that is making the same page
STALE_SECONDS = 60.0  # how long an expired page may be shown while it is made again
# How long a page may be shown that cannot be made again: what is over says the time of day it speaks of, but what has
# changed may have been withdrawn.
LAST_GOOD_EXPIRED, LAST_GOOD_CHANGED = 3600.0, 300.0
MAX_KEY_CHARS = 1024
EVERYTHING = "*"  # a tag that every page carries
HTMX = ("HTTP_HX_REQUEST", "HTTP_HX_REQUEST_TYPE", "HTTP_HX_HISTORY_RESTORE_REQUEST")
HTMX_VALUES = {"", "true", "full", "partial"}
# All that a page to be kept is made of; the rest of what a visitor sends is left out.
KEPT_ENVIRON = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "REMOTE_ADDR", "SCRIPT_NAME", "HTTP_HOST", *HTMX)


@dataclass(slots=True)
class Counts:
    hits: int = 0
    misses: int = 0
    passed: int = 0
    dropped: int = 0
    evicted: int = 0
    last_good: int = 0


class PageStore:
    """The WSGI application. One per process; safe among threads."""

    def __init__(
        self,
        application: Application,
        *,
        changes: Changes,
        limit_bytes: int,
        session_cookie: str = "sessionid",
        passing: tuple[str, ...] = (),
        trusts_proxy: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.changes = changes
        self.limit_bytes = limit_bytes
        self.session_cookie = session_cookie
        self.passing = passing
        self.trusts_proxy = trusts_proxy
        self.clock = clock
        self.counts = Counts()
        self.bytes = 0
        self.is_following = True
        self._pages: dict[Key, Page] = {}
        self._unkept: dict[Key, None] = {}  # what turned out not to be kept: nobody waits for a twin there
        self._making: dict[Key, threading.Event] = {}
        self._number: int | None = None
        self._recent: deque[tuple[int, frozenset[str]]] = deque(maxlen=1000)
        self._followed_at = float("-inf")
        self._lock = threading.Lock()
        self._following = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self.key_of(environ)
        if key is None:
            self.counts.passed += 1
            return self.application(environ, start_response)
        now = self.clock()
        self.follow(now)
        page = self._pages.get(key)
        if page is None or (now >= page.expires and not self._is_being_made(key, page, now)):
            page = self._make(key, environ)
        else:
            self.counts.hits += 1
            page.is_used = True
        return answer(page, environ, start_response)

    def __len__(self) -> int:
        return len(self._pages)

    def key_of(self, environ: Environ) -> Key | None:
        """What decides the bytes of an anonymous page; None for all that must reach the application itself."""
        get = environ.get
        path, query = environ["PATH_INFO"], get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(self.passing):
            return None
        cookie = get("HTTP_COOKIE")
        if (cookie and self.session_cookie in cookie) or "HTTP_AUTHORIZATION" in environ:
            return None
        if get("CONTENT_LENGTH", "0") not in {"0", ""} or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        host = get("HTTP_HOST", "")
        if len(path) + len(query) + len(host) > MAX_KEY_CHARS:
            return None
        scheme = environ["wsgi.url_scheme"]
        if self.trusts_proxy and (scheme := get("HTTP_X_FORWARDED_PROTO", scheme)) not in {"http", "https"}:
            return None
        if "HTTP_HX_REQUEST" not in environ:
            return (scheme, host, path, query)
        htmx = tuple(get(name, "") for name in HTMX)
        return (scheme, host, path, query, *htmx) if HTMX_VALUES.issuperset(htmx) else None

    # following what changes

    def follow(self, now: float) -> None:
        """Ask what has changed, unless that was just done."""
        if now - self._followed_at > FOLLOW_EVERY:
            self._follow(now)

    def _follow(self, now: float) -> None:
        """Drop what has changed. Whoever comes while another asks goes on with what is kept."""
        if not self._following.acquire(blocking=False):
            return
        try:
            self._followed_at = now
            number, tags = self.changes(-1 if self._number is None else self._number)
            if self._number is not None and number != self._number:
                self.drop(None if tags is None else frozenset().union(*tags), number)
            self._number, self.is_following = number, True
        except Exception:
            if self.is_following:
                log.exception("changes cannot be followed; the pages there are, are shown, the last good ones too")
            self.is_following = False
        finally:
            self._following.release()

    def drop(self, tags: frozenset[str] | None, number: int) -> None:
        """Show no more the pages that carry one of the tags; all of them for None or EVERYTHING."""
        now, is_all = self.clock(), tags is None or EVERYTHING in tags
        with self._lock:
            self._recent.append((number, frozenset({EVERYTHING}) if tags is None else tags))
            for key, page in list(self._pages.items()):
                if page.good_until <= now:
                    self._forget(key)
                elif not page.is_changed and (is_all or not page.tags.isdisjoint(tags or ())):
                    page.expires, page.good_until = float("-inf"), min(page.good_until, now + LAST_GOOD_CHANGED)
                    page.is_used = False
                    self.counts.dropped += 1

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size

    # making a page

    def _is_being_made(self, key: Key, page: Page, now: float) -> bool:
        return key in self._making and now < page.expires + STALE_SECONDS

    def _make(self, key: Key, environ: Environ) -> Page:
        kind, done = kind_of(key), threading.Event()
        page = self._from_twin(key, kind, done)
        if page is not None:
            self.counts.hits += 1
            return page
        self.counts.misses += 1
        born = self._number
        try:
            page = render(self.application, self._clean(environ), self.clock)
            is_kept = self.is_following and page.expires > self.clock()
            if not (is_kept and self._keep(key, page, born)):
                if not is_kept and not page.status.startswith("5"):
                    self._note_unkept(kind)
                page = self._instead(key, page)
        finally:
            if self._making.get(key) is done:
                del self._making[key]
            done.set()
        return page

    def _from_twin(self, key: Key, kind: Key, done: threading.Event) -> Page | None:
        """The page as another request makes it; None for the one whose turn it is, until it says that it is done.

        One that fails, or makes a page that has changed meanwhile, leaves the turn to the next of those who wait.
        """
        ends = time.monotonic() + WAIT_FOR_TWIN
        while self.is_following and kind not in self._unkept:
            with self._lock:
                twin = self._making.setdefault(key, done)
            if twin is done or not twin.wait(ends - time.monotonic()):
                break
            page = self._pages.get(key)
            if page is not None and page.expires > self.clock():
                return page
        return None

    def _instead(self, key: Key, made: Page) -> Page:
        """The last good page where this one failed for want of the database. Any other answer makes that one wrong."""
        old = self._pages.get(key)
        if old is None or made.status.startswith("200"):
            return made
        if not made.status.startswith("5"):
            with self._lock:
                self._forget(key)
            return made
        now = self.clock()
        if now >= old.good_until or not made.status.startswith("503") or not self._is_database_gone(made):
            return made
        self.counts.last_good += 1
        return last_good(old, now)

    def _is_database_gone(self, made: Page) -> bool:
        """Asked now, if the page says that it may be: 503 is also for those who are too many, or for a locked table."""
        if self.is_following and made.is_without_database:
            self._follow(self.clock())
            if not self._following.acquire(timeout=WAIT_FOR_TWIN):  # another asks, and gets no answer
                return True
            self._following.release()
        return not self.is_following

    def _clean(self, environ: Environ) -> Environ:
        """The request with nothing in it but its key: what a visitor's other headers say cannot reach a kept page."""
        clean = {name: value for name, value in environ.items() if name.startswith("wsgi.") or name in KEPT_ENVIRON}
        if self.trusts_proxy and "HTTP_X_FORWARDED_PROTO" in environ:
            clean["HTTP_X_FORWARDED_PROTO"] = environ["HTTP_X_FORWARDED_PROTO"]
        clean.update(REQUEST_METHOD="GET", PATH_INFO=environ["PATH_INFO"], QUERY_STRING=environ.get("QUERY_STRING", ""))
        return clean

    def _keep(self, key: Key, page: Page, born: int | None) -> bool:
        """Keep the page, unless something on it has changed while it was made."""
        with self._lock:
            if born is None or any(
                number > born and (EVERYTHING in tags or not tags.isdisjoint(page.tags))
                for number, tags in self._recent
            ):
                return False
            self._forget(key)
            page.good_until = page.expires + LAST_GOOD_EXPIRED
            self._pages[key] = page
            self.bytes += page.size
            self._unkept.pop(kind_of(key), None)
            self._evict()
        return True

    def _note_unkept(self, kind: Key) -> None:
        with self._lock:
            self._unkept[kind] = None
            while len(self._unkept) > 1000:
                del self._unkept[next(iter(self._unkept))]

    def _evict(self) -> None:
        """The oldest goes first; one that was asked for since gets a second round."""
        for _round in range(2 * len(self._pages)):
            if self.bytes <= self.limit_bytes:
                return
            key = next(iter(self._pages))
            page = self._pages[key]
            if page.is_used:
                page.is_used = False
                self._pages[key] = self._pages.pop(key)
            else:
                self._forget(key)
                self.counts.evicted += 1


def kind_of(key: Key) -> Key:
    """Host, path and whether there is a query: what is not kept with one question is not kept with another."""
    return (key[1], key[2], "?" if key[3] else "")
