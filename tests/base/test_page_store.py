"""The page store around a small application of the test's own: what is kept, for whom, how long, and what drops it."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest
import zstandard

from fysfinder.base.compression import best_encoding
from fysfinder.base.kept_page import REPACKED, WITHOUT_DATABASE, repack_next
from fysfinder.base.page_store import EVERYTHING, PageStore

TEXT = "Løberknæ giver ondt på ydersiden af knæet. " * 40


class Site:
    """An application that counts what reaches it, a clock, and a list of changes."""

    def __init__(self, **options: Any) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers = {"Cache-Tag": "clinic-1, area-5", "Surrogate-Control": "max-age=60"}
        self.status, self.text, self.now = "200 OK", TEXT, 100.0
        self.changes: list[frozenset[str]] = []
        self.during: Any = None
        options = {"limit_bytes": 10_000_000, "passing": ("/admin/",), **options}
        self.store = PageStore(self.app, changes=self.since, clock=lambda: self.now, **options)

    def app(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked.append(environ)
        if self.during:
            self.during()
        body = f"{self.text} {environ['PATH_INFO']} {len(self.asked)}".encode()
        start(self.status, [("Content-Type", "text/html; charset=utf-8"), *self.headers.items()])
        return [body]

    def since(self, number: int) -> tuple[int, list[frozenset[str]] | None]:
        return len(self.changes), self.changes[number:] if number >= 0 else None

    def change(self, *tags: str) -> None:
        self.changes.append(frozenset(tags))
        self.now += 1

    def get(self, path: str = "/", method: str = "GET", **more: str) -> tuple[str, dict[str, str], bytes]:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "example.dk",
            "wsgi.url_scheme": "https",
            **more,
        }
        got: list[Any] = []
        body = b"".join(self.store(environ, lambda status, headers, exc=None: got.extend([status, dict(headers)])))
        return got[0], got[1], body


def test_a_kept_page_is_made_once():
    site = Site()
    first, second = site.get(), site.get()
    assert first == second
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("accept", "encoding", "read"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body)),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_each_client_gets_the_same_page_in_an_encoding_it_reads(accept: str, encoding: str | None, read: Any):
    site = Site()
    plain = site.get()[2]
    _, headers, body = site.get(HTTP_ACCEPT_ENCODING=accept)
    assert headers.get("Content-Encoding") == encoding
    assert read(body) == plain
    assert headers["Content-Length"] == str(len(body))
    assert "accept-encoding" in headers["Vary"]


def test_a_page_asked_for_again_is_packed_harder_beside_the_visitors_and_stays_the_same_page():
    site = Site()
    site.text = " ".join(f"Klinik {number * number % 977} i Aarhus" for number in range(3000))
    answers = []
    for _ in range(3):
        answers.append(site.get(HTTP_ACCEPT_ENCODING="br"))
        if not REPACKED.empty():
            repack_next()
    sizes = [len(body) for _, _, body in answers]
    assert sizes[0] == sizes[1] > sizes[2] and REPACKED.empty()
    assert len({headers["ETag"] for _, headers, _ in answers}) == 1
    assert [int(headers["Content-Length"]) for _, headers, _ in answers] == sizes
    assert len({brotli.decompress(body) for _, _, body in answers}) == 1


def test_a_page_that_is_not_kept_is_never_packed_twice():
    site = Site()
    site.headers = {}
    for _ in range(3):
        site.get(HTTP_ACCEPT_ENCODING="br")
    assert REPACKED.empty()


def test_the_best_encoding_follows_the_weights():
    assert best_encoding("gzip;q=1, br;q=0.2") == "gzip"
    assert best_encoding("*") == "br"
    assert best_encoding("br;q=nonsense") == ""


def test_a_client_that_has_the_page_gets_304_and_no_body():
    site = Site()
    _, headers, _ = site.get()
    status, again, body = site.get(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"] and "Content-Type" not in again
    assert site.get(HTTP_IF_NONE_MATCH='W/"another"')[0] == "200 OK"


def test_head_has_the_length_of_get_and_no_body():
    site = Site()
    status, headers, body = site.get(method="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert headers["Content-Length"] == str(len(site.get()[2]))
    assert site.asked[0]["REQUEST_METHOD"] == "GET"


def test_what_the_store_reads_for_itself_is_not_sent_on():
    headers = Site().get()[1]
    assert "Surrogate-Control" not in headers
    assert headers["Cache-Tag"] == "clinic-1, area-5"  # for a CDN


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_COOKIE": "a=1; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"CONTENT_LENGTH": "3"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "poison"},
    ],
)
def test_what_may_be_somebodys_own_passes_untouched(more: dict[str, str]):
    site = Site()
    site.get(**more)
    site.get(**more)
    assert len(site.asked) == 2
    assert len(site.store) == 0
    assert all(site.asked[0][name] == value for name, value in more.items())


def test_forms_and_staff_pages_pass():
    site = Site()
    for _ in range(2):
        site.get(method="POST")
        site.get("/admin/")
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Tag": "a"},
        {"Surrogate-Control": "max-age=60"},
        {"Cache-Tag": "a", "Surrogate-Control": "max-age=60", "Set-Cookie": "a=1"},
        {"Cache-Tag": "a", "Surrogate-Control": "max-age=60", "Vary": "Cookie"},
        {"Cache-Tag": "a", "Surrogate-Control": "max-age=soon"},
    ],
)
def test_only_a_public_page_that_names_what_it_shows_is_kept(headers: dict[str, str]):
    site = Site()
    site.headers = headers
    site.get()
    site.get()
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "500 Internal Server Error"])
def test_only_200_is_kept(status: str):
    site = Site()
    site.status = status
    assert site.get()[0] == status
    site.get()
    assert len(site.asked) == 2


def test_hosts_schemes_queries_and_htmx_parts_are_never_mixed():
    site = Site(trusts_proxy=True)
    asked: list[dict[str, str]] = [
        {},
        {"HTTP_HOST": "other.example.dk"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"},
    ]
    bodies = {site.get(**more)[2] for more in asked} | {site.get(path)[2] for path in ("/?a=1", "/?a=1;b=2", "/?a=2")}
    assert len(bodies) == 8
    assert {site.get(**more)[2] for more in asked} <= bodies


def test_headers_that_are_not_part_of_the_key_cannot_reach_a_kept_page():
    site = Site()
    sent = {
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_X_FORWARDED_PROTO": "gopher",
        "HTTP_X_ORIGINAL_URL": "/admin/",
        "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_USER_AGENT": "<script>",
        "HTTP_COOKIE": "other=1",
        "HTTP_RANGE": "bytes=0-1",
        "HTTP_FORWARDED": "host=evil.example",
    }
    site.get(**sent)
    assert not set(sent) & set(site.asked[0])
    site.get()
    assert len(site.asked) == 1


def test_a_huge_key_is_answered_and_not_kept():
    site = Site()
    assert site.get("/?q=" + "a" * 5000)[0] == "200 OK"
    assert len(site.store) == 0


def test_a_change_drops_the_pages_that_show_it_and_no_others():
    site = Site()
    site.get("/one")
    site.headers = {**site.headers, "Cache-Tag": "clinic-2"}
    site.get("/two")
    site.change("clinic-2")
    site.get("/one")
    site.get("/two")
    assert [each["PATH_INFO"] for each in site.asked] == ["/one", "/two", "/two"]


@pytest.mark.parametrize("tag", [EVERYTHING, None])
def test_a_change_of_everything_drops_every_page(tag: str | None):
    site = Site()
    site.get()
    if tag is None:  # so many changes that they are not told one by one
        site.store.changes = lambda number: (10_000, None)
        site.now += 1
    else:
        site.change(tag)
    site.get()
    assert len(site.asked) == 2


def test_a_page_that_changed_while_it_was_made_is_shown_once_and_not_kept():
    site = Site()
    site.get("/first")  # the number is known from here on

    def write() -> None:
        site.during = None
        site.change("clinic-1")
        site.store._follow(site.now)

    site.during = write
    site.get("/slow")
    site.get("/slow")
    assert [each["PATH_INFO"] for each in site.asked].count("/slow") == 2


def test_a_page_expires_with_what_it_says_about_time():
    site = Site()
    site.get()
    site.now += 59
    site.get()
    assert len(site.asked) == 1
    site.now += 2
    assert site.get()[2].endswith(b" 2")


def burst(ask: Callable[[], object], inside: threading.Event, go: threading.Event) -> None:
    """Eight ask at once; the first is inside before anybody may go on."""
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert inside.wait(5)
    go.set()
    for thread in threads:
        thread.join(5)


def test_a_burst_makes_a_page_once():
    site = Site()
    inside, go = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert go.wait(5)

    site.during = wait
    bodies: list[bytes] = []
    burst(lambda: bodies.append(site.get()[2]), inside, go)
    assert len(site.asked) == 1
    assert len(set(bodies)) == 1 and len(bodies) == 8


def test_a_page_that_was_refused_once_is_still_made_once_for_a_burst():
    site = Site()
    site.status = "503 Service Unavailable"
    site.get()
    site.status = "200 OK"
    inside, go = threading.Event(), threading.Event()
    site.during = lambda: (inside.set(), go.wait(5))
    burst(site.get, inside, go)
    assert len(site.asked) == 2


def test_a_burst_on_a_page_that_changes_while_it_is_made_makes_it_once_more():
    site = Site()
    site.get("/first")
    inside, go, is_first = threading.Event(), threading.Event(), [True]

    def change_the_first_time() -> None:
        if is_first:
            is_first.pop()
            inside.set()
            go.wait(5)
            site.change("clinic-1")
            site.store._follow(site.now)

    site.during = change_the_first_time
    burst(lambda: site.get("/burst"), inside, go)
    assert [each["PATH_INFO"] for each in site.asked].count("/burst") == 2


def test_others_get_the_expired_page_while_one_makes_it_anew():
    site = Site()
    old = site.get()[2]
    site.now += 61
    inside, go = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert go.wait(5)

    site.during = wait
    thread = threading.Thread(target=site.get)
    thread.start()
    assert inside.wait(5)
    assert site.get()[2] == old
    go.set()
    thread.join(5)
    assert site.get()[2] != old


def test_memory_is_bounded_and_what_is_asked_for_stays_longest():
    site = Site(limit_bytes=30_000)
    for number in range(20):
        site.get("/loved")
        site.get(f"/{number}")
    assert site.store.bytes <= 30_000
    assert len(site.store) < 10
    assert [each["PATH_INFO"] for each in site.asked].count("/loved") == 1


def test_pages_are_shown_while_changes_cannot_be_followed_but_no_new_ones_are_kept():
    site = Site()
    site.get("/kept")

    def gone(number: int) -> Any:
        raise OSError("the database is gone")

    site.store.changes = gone
    site.now += 1
    site.get("/kept")
    site.get("/new")
    site.get("/new")
    assert [each["PATH_INFO"] for each in site.asked] == ["/kept", "/new", "/new"]
    assert not site.store.is_following
    site.store.changes = site.since
    site.now += 1
    site.get("/new")
    assert site.store.is_following


class Outage(Site):
    """A site whose database can go: then changes cannot be followed, and making a page answers 503."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.is_gone = False

    def since(self, number: int) -> tuple[int, list[frozenset[str]] | None]:
        if self.is_gone:
            raise OSError("the database is gone")
        return super().since(number)

    def go(self) -> None:
        self.is_gone, self.status, self.kept_headers = True, "503 Service Unavailable", self.headers
        self.headers = {"Surrogate-Control": WITHOUT_DATABASE}

    def come_back(self) -> None:
        self.is_gone, self.status, self.headers = False, "200 OK", self.kept_headers
        self.now += 1


@pytest.mark.parametrize("has_changed", [True, False])
def test_a_page_that_cannot_be_made_again_without_the_database_is_shown_as_it_last_was(has_changed: bool):
    site = Outage()
    good = site.get()[2]
    if has_changed:
        site.change("clinic-1")
        site.get("/another")  # the change is followed
    else:
        site.now += 61
    site.go()
    status, headers, body = site.get(HTTP_ACCEPT_ENCODING="gzip")
    assert (status, gzip.decompress(body)) == ("200 OK", good)
    assert headers["Warning"].startswith("111") and int(headers["Age"]) in {1, 61}
    assert headers["Cache-Control"].startswith(f"public, max-age={int(headers['Age']) + 5}, stale-if-error=")
    assert site.get(HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "304 Not Modified"
    assert site.get("/never-asked-for")[0].startswith("503")
    assert site.store.counts.last_good == 2
    site.come_back()
    status, headers, body = site.get()
    assert body != good and "Warning" not in headers and "Age" not in headers


@pytest.mark.parametrize(("has_changed", "seconds"), [(True, 300), (False, 3600)])
def test_the_last_good_page_has_its_time_and_what_changed_a_short_one(has_changed: bool, seconds: int):
    site = Outage()
    site.get()
    if has_changed:
        site.change("clinic-1")
        site.get("/another")
    else:
        site.now += 60
    site.go()
    site.now += seconds - 1
    assert site.get()[0] == "200 OK"
    site.now += 2
    assert site.get()[0].startswith("503")


def test_changed_pages_do_not_stay_longer_because_they_change_again():
    site = Outage()
    site.get()
    for _ in range(4):
        site.change("clinic-1")
        site.get("/another")
        site.now += 99
    site.go()
    assert site.get()[0].startswith("503")


def test_while_the_database_answers_a_failing_page_fails():
    site = Outage()
    site.get()
    site.change("clinic-1")
    site.get("/another")
    site.go()
    site.is_gone = False  # a table is locked
    assert site.get()[0].startswith("503")
    assert site.store.counts.last_good == 0


def test_who_is_one_too_many_asks_no_database():
    site = Outage()
    site.get()
    site.change("clinic-1")
    site.get("/another")
    site.go()
    site.headers = {"Retry-After": "2"}  # base/admission.py
    asked: list[int] = []
    site.store.changes = lambda number: asked.append(number) or (0, [])
    assert site.get()[0].startswith("503")
    assert asked == []


def test_our_own_mistake_is_shown_as_one():
    site = Outage()
    site.get()
    site.change("clinic-1")
    site.get("/another")
    site.go()
    site.status = "500 Internal Server Error"
    assert site.get()[0].startswith("500")


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved Permanently"])
def test_what_was_seen_to_be_withdrawn_never_comes_back(status: str):
    site = Outage()
    site.get()
    site.change("clinic-1")
    site.status = status
    assert site.get()[0] == status
    site.go()
    assert site.get()[0].startswith("503")


def test_last_good_pages_share_the_memory_and_are_the_first_to_go():
    site = Outage(limit_bytes=30_000)
    site.get("/changed")
    site.change("clinic-1")
    for number in range(20):
        site.get("/loved")
        site.get(f"/{number}")
    assert site.store.bytes <= 30_000
    site.go()
    assert site.get("/changed")[0].startswith("503")
    assert site.get("/loved")[0] == "200 OK"


def test_a_failure_while_making_a_page_sets_nobody_waiting_for_ever():
    site = Site()

    def fail() -> None:
        raise RuntimeError

    site.during = fail
    with pytest.raises(RuntimeError):
        site.get()
    site.during = None
    assert site.get()[0] == "200 OK"


def test_nothing_is_kept_in_a_store_of_no_size():
    site = Site(limit_bytes=0)
    site.get()
    site.get()
    assert len(site.asked) == 2
