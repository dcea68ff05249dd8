"""Fetching from a stub on this machine: whole, resumed, told to wait, redirected, too long, and never from inside."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fysfinder.imports.fetch import FetchError, Manners, fetch

BODY = b"SorId;EntityName\n" * 5000
Answer = Callable[["Stub"], None]


class Stub(BaseHTTPRequestHandler):
    answers: list[Answer] = []
    asked: list[dict[str, str]] = []

    def do_GET(self) -> None:
        Stub.asked.append({"path": self.path, **self.headers})
        Stub.answers.pop(0)(self)

    def log_message(self, *args: Any) -> None: ...


def answer(status: int = 200, body: bytes = BODY, cut_at: int | None = None, **headers: str) -> Answer:
    def write(stub: Stub) -> None:
        stub.send_response(status)
        said = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
        for name, value in said.items():
            stub.send_header(name, value)
        stub.end_headers()
        stub.wfile.write(body[:cut_at])

    return write


@pytest.fixture
def url() -> Iterator[str]:
    Stub.answers, Stub.asked = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/file.csv"
        server.shutdown()


WAITED: list[float] = []
MANNERS = Manners("FysFinder (+https://x.example; op@x.example)", is_private_allowed=True, sleep=WAITED.append)


def test_a_file_comes_whole_with_its_checksum_and_a_name_on_the_request(url: str, tmp_path: Path) -> None:
    Stub.answers = [answer()]
    result = fetch(url=url, to=tmp_path / "f", manners=MANNERS)
    assert (tmp_path / "f").read_bytes() == BODY
    assert (result.size, result.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert Stub.asked[0]["User-Agent"] == MANNERS.agent
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_broken_fetch_goes_on_where_it_stopped(url: str, tmp_path: Path) -> None:
    to = tmp_path / "f"
    to.write_bytes(b"the night before")
    Stub.answers = [answer(cut_at=1000, ETag='"1"')]
    with pytest.raises(FetchError, match=r"1000 of|broke"):
        fetch(url=url, to=to, manners=MANNERS)
    assert to.read_bytes() == b"the night before"
    Stub.answers = [answer(206, BODY[1000:], ETag='"1"', Content_Range=f"bytes 1000-{len(BODY) - 1}/{len(BODY)}")]
    assert fetch(url=url, to=to, manners=MANNERS).resumed_at == 1000
    assert (Stub.asked[1]["Range"], Stub.asked[1]["If-Range"]) == ("bytes=1000-", '"1"')
    assert to.read_bytes() == BODY


def test_another_file_meanwhile_begins_anew(url: str, tmp_path: Path) -> None:
    Stub.answers = [answer(cut_at=1000, ETag='"1"'), answer(200, b"new", ETag='"2"')]
    with pytest.raises(FetchError):
        fetch(url=url, to=tmp_path / "f", manners=MANNERS)
    assert fetch(url=url, to=tmp_path / "f", manners=MANNERS).resumed_at == 0
    assert (tmp_path / "f").read_bytes() == b"new"


def test_a_busy_publisher_is_waited_for_as_long_as_it_asks(url: str, tmp_path: Path) -> None:
    WAITED.clear()
    Stub.answers = [answer(429, b"", Retry_After="7"), answer(503, b""), answer()]
    fetch(url=url, to=tmp_path / "f", manners=MANNERS)
    assert WAITED == [7, 20]
    Stub.answers = [answer(503, b"", Retry_After="86400")]
    with pytest.raises(FetchError, match="86400 s"):
        fetch(url=url, to=tmp_path / "f", manners=MANNERS)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([answer(404, b"")], "404"), ([answer()], "at most 1000"),
        ([answer(302, b"", Location="/again")] * 6, "redirects"),
        ([answer(302, b"", Location="file:///etc/passwd")], "not a web address"),
        ([answer(206, b"x", Content_Range="bytes 5-5/9")], "another place"),
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_says_why(answers: list[Answer], message: str, url: str, tmp_path: Path) -> None:
    Stub.answers = list(answers)
    manners = Manners("x", most_bytes=1000, is_private_allowed=True)
    with pytest.raises(FetchError, match=message):
        fetch(url=url, to=tmp_path / "f", manners=manners)
    assert not (tmp_path / "f").exists()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example/", "http://", "http://a:b@x.example/"])
def test_only_web_addresses_are_fetched(address: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="not a web address"):
        fetch(url=address, to=tmp_path / "f", manners=MANNERS)


def test_our_own_network_is_never_asked(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1, which is no public address"):
        fetch(url=url, to=tmp_path / "f", manners=Manners("x"))
    assert Stub.asked == []


def test_the_command_fetches_a_source(url: str, tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.FETCH_FROM_PRIVATE, settings.OPERATOR_EMAIL = True, "op@x.example"
    Stub.answers = [answer()]
    call_command("fetch_source", "sor", "--to", str(tmp_path / "f"), "--url", url)
    assert hashlib.sha256(BODY).hexdigest() in capsys.readouterr().out
    assert "op@x.example" in Stub.asked[0]["User-Agent"]
    with pytest.raises(CommandError, match="say --url"):
        call_command("fetch_source", "fhir", "--to", str(tmp_path / "f"))
    settings.OPERATOR_EMAIL = ""
    with pytest.raises(CommandError, match="OPERATOR_EMAIL"):
        call_command("fetch_source", "sor", "--to", str(tmp_path / "f"))
