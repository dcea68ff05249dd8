"""Who is let in to have a page made: a few at once, a few who wait a moment, the others are asked to come back.

A WSGI application around Django and inside the page store: kept pages pass it by, so that they are answered however
many ask for others. Without it everyone waits behind everyone, and after a burst the site works for clients that left.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from fysfinder.base.kept_page import Application, Environ, StartResponse

AT_ONCE = 4  # pages made at the same time in a process; more only share the same processor
WAITING = 6  # who may wait for their turn
PATIENCE = 2.0  # seconds they wait
RETRY_SECONDS = 2
BUSY = (
    "FysFinder har travlt lige nu. Prøv igen om et øjeblik.\nFysFinder is busy right now. Please try again.\n".encode()
)


class Admission:
    """The application for as many as can be answered; 503 with Retry-After for the rest. Safe among threads."""

    def __init__(
        self, application: Application, *, always: tuple[str, ...] = (), at_once: int = AT_ONCE, waiting: int = WAITING
    ) -> None:
        self.application = application
        self.always = always  # beginnings of paths that are let in at any time
        self.refused = 0
        self._inside = threading.BoundedSemaphore(at_once + waiting)
        self._turn = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self.always and environ["PATH_INFO"].startswith(self.always):
            return self.application(environ, start_response)
        if not self._inside.acquire(blocking=False):
            return self._refuse(start_response)
        try:
            if not self._turn.acquire(timeout=PATIENCE):
                return self._refuse(start_response)
            try:
                return self.application(environ, start_response)
            finally:
                self._turn.release()
        finally:
            self._inside.release()

    def _refuse(self, start_response: StartResponse) -> list[bytes]:
        self.refused += 1
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(BUSY)))]
        headers += [("Retry-After", str(RETRY_SECONDS)), ("Cache-Control", "no-store")]
        start_response("503 Service Unavailable", headers)
        return [BUSY]
