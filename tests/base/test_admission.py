"""Who is let in when many come at once."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable
from typing import Any

from fysfinder.base.admission import Admission
from fysfinder.base.page_store import PageStore


class Slow:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.inside = self.most = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.go.wait(10)
        self.inside -= 1
        start_response("200 OK", [])
        return [b"made"]


def ask(application: Any, path: str, said: list[Any]) -> threading.Thread:
    def run() -> None:
        application({"PATH_INFO": path}, lambda status, headers: said.append((status[:3], dict(headers))))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_few_are_made_a_few_wait_and_the_rest_is_asked_to_come_back() -> None:
    slow, said = Slow(), []
    door = Admission(slow, at_once=2, waiting=1)
    threads = [ask(door, "/find/", said) for _ in range(5)]
    deadline = time.monotonic() + 5
    while len(said) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [status for status, _ in said] == ["503", "503"]
    assert said[0][1]["Retry-After"] == "2"
    slow.go.set()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in said) == ["200"] * 3 + ["503"] * 2
    assert (slow.most, door.refused) == (2, 2)


def test_health_is_answered_when_nobody_else_is_let_in() -> None:
    slow, said = Slow(), []
    door = Admission(slow, at_once=1, waiting=0, always=("/healthz",))
    first = ask(door, "/find/", said)
    slow.go.set()
    ask(door, "/healthz", said).join()
    first.join()
    assert [status for status, _ in said] == ["200", "200"]


def test_room_is_given_back_when_the_application_fails() -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise RuntimeError

    door = Admission(broken, at_once=1, waiting=0)
    for _ in range(3):
        with contextlib.suppress(RuntimeError):
            door({"PATH_INFO": "/"}, None)
    assert door.refused == 0


def test_the_system_clock_may_jump_pages_are_timed_by_one_that_does_not() -> None:
    assert (PageStore.__init__.__kwdefaults__ or {})["clock"] is time.monotonic
