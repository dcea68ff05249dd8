"""Hosts that mean harm: they send us inside, hold us, or drown us. Each costs a bounded time and a bounded memory."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from fysfinder.base.fetch import Fetcher, FetchError, ForbiddenAddressError, is_public

NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
Answer = Callable[[socket.socket], None]


@contextmanager
def host(answer: Answer) -> Iterator[str]:
    """A server that says 404 of robots.txt and lets `answer` write the rest by hand."""
    over = threading.Event()

    def talk(client: socket.socket) -> None:
        with client:
            asked = client.recv(65536)
            try:
                if b"/robots.txt" in asked:
                    client.sendall(NO_ROBOTS)
                else:
                    answer(client)
            except OSError:
                pass

    def serve() -> None:
        while not over.is_set():
            try:
                client, _ = server.accept()
            except TimeoutError:
                continue
            client.settimeout(5)
            threading.Thread(target=talk, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        over.set()
        thread.join()


def fetcher() -> Fetcher:
    return Fetcher("FysFinder-test", timeout_s=1, whole_s=0.4, pause_s=0, is_loopback_allowed=True)


def says(text: bytes) -> Answer:
    return lambda client: client.sendall(text)


def drips(head: bytes, byte: bytes) -> Answer:
    def answer(client: socket.socket) -> None:
        client.sendall(head)
        for _ in range(100):
            client.sendall(byte)
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://167772161/",  # 10.0.0.1 as one number
        "http://0xa.0.0.1/",
        "file:///etc/passwd",
        "gopher://example.dk/",
        "//10.0.0.1/",
        "http://user:password@example.dk/",
    ],
)
def test_a_redirect_leads_nowhere_that_could_not_be_asked_directly(target: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    with host(says(head)) as url, pytest.raises(ForbiddenAddressError):
        fetcher().fetch(url)


def test_a_name_that_changes_its_mind_is_asked_at_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["1.1.1.1", "10.0.0.5", "10.0.0.5"])
    asked: list[str] = []

    def resolve(*_args: object, **_kw: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    def connect(address: tuple[str, int], *_args: object) -> socket.socket:
        asked.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError):
        Fetcher("x", pause_s=0).fetch("http://example.dk/")
    with pytest.raises(ForbiddenAddressError):
        Fetcher("x", pause_s=0).fetch("http://example.dk/")
    assert asked == ["1.1.1.1"]


@pytest.mark.parametrize(
    "answer",
    [
        drips(b"", b"H"),
        drips(b"HTTP/1.1 200 OK\r\n", b"X"),
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["status", "headers", "body", "chunks"],
)
def test_a_host_that_sends_a_byte_now_and_then_holds_nobody(answer: Answer) -> None:
    began = time.monotonic()
    with host(answer) as url, pytest.raises(FetchError):
        fetcher().fetch(url)
    assert time.monotonic() - began < 3


def test_an_endless_body_is_read_to_the_limit_and_no_further() -> None:
    def answer(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b"x" * 65536)

    with host(answer) as url:
        assert len(fetcher().fetch(url, max_bytes=100_000).body) == 100_000


def test_what_is_packed_stays_packed() -> None:
    bomb = gzip.compress(bytes(10_000_000))
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    with host(says(head + bomb)) as url:
        assert fetcher().fetch(url).body == bomb


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00" * 100,
        b"HTTP/9.9 abc\r\n\r\n",
        b"HTTP/1.1 99999 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://" + b"a" * 300 + b".dk/\r\n\r\n",
    ],
)
def test_what_is_no_answer_is_said_so(text: bytes) -> None:
    with host(says(text)) as url, pytest.raises(FetchError):
        fetcher().fetch(url)


@pytest.mark.parametrize("address", ["::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::7f00:1", "fd00::1", "100.64.1.1"])
def test_an_inner_address_in_another_ones_clothes_is_not_public(address: str) -> None:
    assert not is_public(address)
