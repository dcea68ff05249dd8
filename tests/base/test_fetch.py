"""The one way out of the house: public addresses only, robots.txt first, never more than a host can take."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fysfinder.base.fetch import Fetcher, FetchError, ForbiddenAddressError, is_public


class Stub(BaseHTTPRequestHandler):
    robots = "User-agent: *\nDisallow: /lukket"

    def do_GET(self) -> None:  # the name http.server asks for
        status = {"/borte": 404, "/robots.txt": 200, "/ned": 500}.get(self.path, 200)
        if self.path in {"/videre", "/rundt"}:
            self.send_response(302)
            self.send_header("Location", "/her" if self.path == "/videre" else "/rundt")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = (self.robots if self.path == "/robots.txt" else "hej " * 1000).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def fetcher(**kw: object) -> Fetcher:
    return Fetcher("FysFinder-test", timeout_s=5, pause_s=0, is_loopback_allowed=True, **kw)  # type: ignore[arg-type]


def test_an_answer_is_read_to_its_limit_and_redirects_are_followed(site: str) -> None:
    reply = fetcher().fetch(f"{site}/videre", max_bytes=8)
    assert (reply.status, reply.url, reply.body) == (200, f"{site}/her", b"hej hej ")
    assert fetcher().fetch(f"{site}/borte").status == 404
    assert fetcher().fetch(f"{site}/her", method="HEAD").body == b""


def test_what_robots_txt_forbids_is_not_asked(site: str) -> None:
    with pytest.raises(ForbiddenAddressError, match="robots"):
        fetcher().fetch(f"{site}/lukket/side")


def test_a_circle_of_redirects_ends(site: str) -> None:
    with pytest.raises(FetchError, match="redirects"):
        fetcher().fetch(f"{site}/rundt")


def test_requests_to_one_host_keep_their_distance(site: str) -> None:
    slept: list[float] = []
    polite = Fetcher("x", pause_s=2, is_loopback_allowed=True, sleep=slept.append, clock=lambda: 0.0)
    polite.fetch(f"{site}/a")
    polite.fetch(f"{site}/b")
    assert slept == [2, 4]  # robots.txt was the first of the three


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.dk/",
        "file:///etc/passwd",
        "http://user:pass@example.dk/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://100.64.0.1/",
        "https://example.dk:8443/",
        "http://2130706433/",
        "http://x:99999/",
    ],
)
def test_addresses_inside_the_walls_are_never_asked(url: str) -> None:
    with pytest.raises(FetchError):
        Fetcher("x", pause_s=0).fetch(url)


def test_a_name_that_points_inside_is_refused_also_when_only_one_of_its_addresses_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(2, 1, 6, "", (address, 80)) for address in ("1.1.1.1", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kw: found)
    with pytest.raises(ForbiddenAddressError, match="public"):
        Fetcher("x", pause_s=0).fetch("http://example.dk/")


@pytest.mark.parametrize(
    ("address", "expected"),
    [("1.1.1.1", True), ("2606:4700::1111", True), ("::1", False), ("fe80::1%eth0", False), ("224.0.0.1", False)],
)
def test_only_what_everybody_can_reach_is_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_a_port_nobody_listens_on_is_said_so() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError):
            fetcher().fetch(f"http://127.0.0.1:{held.getsockname()[1]}/")
