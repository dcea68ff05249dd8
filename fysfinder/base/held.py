"""A small table that a process reads once and holds until it is told to forget it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Held(Generic[T]):
    """Safe among threads: what was being read while somebody said "forget" is answered once and not held."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._held: list[T] = []
        self._number = 0  # of times it was forgotten
        self._lock = threading.Lock()

    def get(self) -> T:
        """What is held, read now if nothing is."""
        if held := self._held:
            return held[0]
        number, value = self._number, self._read()
        with self._lock:
            if number == self._number:
                self._held = [value]
        return value

    def forget(self) -> None:
        """Read it again when it is next asked for."""
        with self._lock:
            self._number += 1
            self._held = []
