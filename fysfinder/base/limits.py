"""How often one caller may fail in a while, counted in this process's memory only: nothing about anybody is kept."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable


class FailureLimit:
    """At most so many failures a caller within so many seconds. Safe among threads."""

    def __init__(
        self, most: int, seconds: float, *, callers: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.seconds, self.callers, self._clock = most, seconds, callers, clock
        self._failures: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def is_reached(self, caller: str) -> bool:
        with self._lock:
            return len(self._recent(caller)) >= self.most

    def count(self, caller: str) -> None:
        with self._lock:
            if len(self._failures) >= self.callers:
                self._failures.clear()  # a flood of callers: forgetting is better than growing
            self._failures.setdefault(caller, deque(maxlen=self.most)).append(self._clock())

    def _recent(self, caller: str) -> deque[float]:
        times = self._failures.get(caller, deque())
        while times and times[0] <= self._clock() - self.seconds:
            times.popleft()
        if not times:
            self._failures.pop(caller, None)
        return times
