"""Too much, too slow, and a worker that dies: the site keeps answering."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest

from bench.measure import family
from scripts.site import Site
from tests.drills.conftest import KEPT, UNKEPT, ask, get, many, saw, wait_for

pytestmark = pytest.mark.drill


def test_two_hundred_clients_that_send_a_byte_a_second_keep_nobody_waiting(site: Site) -> None:
    parts = urlsplit(site.url)
    slow = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(200)]
    try:
        for each in slow:
            each.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")
        slowest = 0.0
        for _second in range(3):
            for each in slow:
                each.sendall(b"a")
            for path in (KEPT, UNKEPT, "/healthz"):
                got = get(site.url, path)
                assert got.status == 200
                slowest = max(slowest, got.seconds)
            time.sleep(1)
        assert slowest < 2
        saw(f"200 slow clients: the slowest of 9 answers to others took {slowest * 1000:.0f} ms")
    finally:
        for each in slow:
            each.close()


def test_what_is_too_much_is_shed_with_503_while_kept_pages_go_out_and_it_recovers_at_once(site: Site) -> None:
    seen: Counter[int] = Counter()
    lock = threading.Lock()
    numbers = iter(range(10**9))

    def question() -> None:
        with lock:
            number = next(numbers)
        try:
            got = get(site.url, f"/soeg/?q=ondt+i+ryggen+{number}", timeout=15)
        except (OSError, http.client.HTTPException):
            return
        with lock:
            seen[got.status] += 1
        if got.status == 503:
            assert int(got.headers["retry-after"]) >= 1

    with many(60, question):  # fifteen times what is made at once
        time.sleep(1)
        kept = [get(site.url, KEPT) for _ in range(10)]
        time.sleep(2)
    assert {got.status for got in kept} == {200}
    assert {200, 503} <= set(seen) <= {200, 302, 503}, seen
    recovered = wait_for(lambda: get(site.url, UNKEPT).status == 200 and get(site.url, "/readyz").status == 200, 5)
    slowest = max(got.seconds for got in kept)
    told = f"{seen[200] + seen[302]} answered, {seen[503]} shed, kept page at most {slowest:.2f} s"
    saw(f"60 at once: {told}, well {recovered:.1f} s after")


def test_what_is_too_large_is_refused_at_the_door(site: Site) -> None:
    head = ask(site.url, "GET", KEPT, headers={"X-Large": "a" * 300_000})
    line = ask(site.url, "GET", "/soeg/?q=" + "a" * 80_000)
    long = ask(site.url, "GET", "/find/?q=" + "a" * 8_000)
    body = ask(site.url, "POST", "/sig-til/ordbog/kryoterapi/", "x", {"Content-Length": "5000000"})
    statuses = [got.status for got in (head, line, long, body)]
    assert statuses == [431, 414, 414, 413]
    assert get(site.url, UNKEPT).status == 200
    saw(f"300 kB of headers, 80 kB and 8 kB of address, a body of 5 MB: {statuses}")


def test_a_killed_worker_is_replaced(site: Site) -> None:
    worker = family(site.server.pid)[-1]
    assert worker != site.server.pid
    os.kill(worker, signal.SIGKILL)
    took = wait_for(lambda: get(site.url, UNKEPT, timeout=3).status == 200, 40)
    assert worker not in family(site.server.pid)
    saw(f"worker killed: answering again after {took:.1f} s")
