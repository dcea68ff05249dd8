"""Public pages are read from a copy of the database while it holds every change this process has heard of.

The page store follows the primary's change number (following.py) and drops what has changed; what is then made again
must not come from a copy that has not seen the change yet. So a request reads from the copy only when the copy's own
number has reached the one followed. The copy's number only grows: once it has, nothing need be asked until the primary
moves on. Everything else (staff, whoever is logged in, what no visitor sees, every write) goes to the primary.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError, InterfaceError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from fysfinder.changes.models import Latest

ALIAS = "replica"
CHECK_EVERY = 0.4  # seconds between two questions about the copy's number
PUBLIC_APPS = {"places", "topics", "tariffs", "clinics", "encyclopedia", "changes"}
# Secret links are found the moment they are made, and making one is no change of a public page.
PRIVATE_PATHS = ("/admin/", "/gennemgang/", "/en/gennemgang/")

log = logging.getLogger(__name__)
_is_read: ContextVar[bool] = ContextVar("replica_is_read", default=False)


class ReplicaRouter:
    """Django's questions which database to use; None leaves it at the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return ALIAS if _is_read.get() and model._meta.app_label in PUBLIC_APPS else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        _is_read.set(False)  # whoever has written reads what they wrote
        return None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # two names of the same data

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != ALIAS


class Replica:
    """What this process knows of the two numbers. Safe among threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.primary: int | None = None  # the last number followed
        self.number = -1  # the copy's, when last asked; -1: not known, or the copy is away
        self.checked_at = float("-inf")
        self._asking = threading.Lock()

    def is_current(self) -> bool:
        """Whether the copy holds all that this process has heard of; one small query at most every CHECK_EVERY."""
        if self.primary is None:
            return False
        is_due = self.number < self.primary and self.clock() - self.checked_at >= CHECK_EVERY
        if is_due and self._asking.acquire(blocking=False):
            try:
                self.checked_at = self.clock()
                self.number = read_number()
            finally:
                self._asking.release()
        return self.number >= self.primary

    def note_away(self) -> None:
        self.number, self.checked_at = -1, self.clock()


REPLICA = Replica()


def read_number() -> int:
    """The copy's change number; -1 when it does not answer."""
    try:
        found = Latest.objects.using(ALIAS).filter(pk=1).values_list("number", flat=True).first()
    except (DatabaseError, InterfaceError):
        log.warning("the replica does not answer; the primary is read instead")
        connections[ALIAS].close()
        return -1
    return found or 0


class ReadReplica:
    """The innermost middleware: decides for each request, and asks the primary again when the copy breaks off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DATABASE_ROUTERS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _is_read.set(is_public(request) and REPLICA.is_current())
        try:
            return self.get_response(request)
        finally:
            _is_read.reset(token)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (_is_read.get() and isinstance(error, DatabaseError | InterfaceError)):
            return None
        log.warning("the replica broke off (%s); the primary is read instead", type(error).__name__)
        REPLICA.note_away()
        connections[ALIAS].close()
        _is_read.set(False)
        return self.get_response(request)


def is_public(request: HttpRequest) -> bool:
    """Whether anybody could be shown this answer: a GET without a login, outside the staff's pages."""
    is_open = settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.path_info.startswith(PRIVATE_PATHS)
    return request.method in {"GET", "HEAD"} and is_open
