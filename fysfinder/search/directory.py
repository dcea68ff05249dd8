"""The process's columns of the directory: read in one pass, kept, and read again when the directory has changed.

The database stays the only truth. Its version number is asked at most once a second; when it has moved, one background
thread reads the new columns while every request goes on with the old ones, and one assignment swaps them. Only the
first columns of a process are waited for. Inside a transaction (a test, an import) there is no background: another
thread's connection could not see what is not committed yet, so the columns are read at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import connection

from fysfinder.changes.queries import heard_number
from fysfinder.clinics.queries import directory_version
from fysfinder.search.columns import Columns
from fysfinder.search.reading import read_columns

log = logging.getLogger(__name__)
CHECK_EVERY_SECONDS = 1.0


class _Held:
    columns: Columns | None = None
    # How often something besides the clinics (the topics or places they are read with) has changed; and as of which of
    # these changes the columns are. Two numbers, since a change may come while columns are being read.
    asked = 0
    answered = 0
    checked_at: float = 0.0
    confirmed: tuple[int | None, int] = (None, -1)  # the change heard of, and the version that was the newest after it
    reading = threading.Lock()


def directory(clock: Callable[[], float] = time.monotonic) -> Columns:
    """The columns as of at most a second ago, or older while newer ones are read."""
    now = clock()
    held = _Held.columns
    if held is not None and now - _Held.checked_at < CHECK_EVERY_SECONDS:
        return held
    _Held.checked_at = now
    if held is None or connection.in_atomic_block:
        return _read_at_once()
    if not is_current() and _Held.reading.acquire(blocking=False):
        threading.Thread(target=_read_aside, name="directory", daemon=True).start()
    return held


def is_current() -> bool:
    """Whether the columns that answer now are those of the database's newest version. One query."""
    held = _Held.columns
    return held is None or (_Held.asked == _Held.answered and held.version == directory_version())


def is_current_as_heard() -> bool:
    """is_current for what is dropped when a change is heard of: asks the database once for each change."""
    held, heard = _Held.columns, heard_number()  # before the question: what comes meanwhile is asked about again
    if held is None or heard is None or _Held.asked != _Held.answered:
        return is_current()
    if _Held.confirmed != (heard, held.version) and is_current():
        _Held.confirmed = (heard, held.version)
    return _Held.confirmed == (heard, held.version)


def _read_at_once() -> Columns:
    """Whoever comes while another reads waits and takes what that one read."""
    with _Held.reading:
        held = _Held.columns
        return _read() if held is None or not is_current() else held


def _read() -> Columns:
    asked = _Held.asked  # before reading: what changes meanwhile is read the next time
    columns = read_columns()
    _Held.columns, _Held.answered = columns, asked
    return columns


def _read_aside() -> None:
    """In a thread of its own, which holds the lock: the old columns stay when reading fails, and it is tried again."""
    try:
        _read()
    except Exception:
        log.exception("the directory could not be read; the old columns stay")
    finally:
        connection.close()
        _Held.reading.release()


def refresh_directory() -> None:
    """Read everything again beside the questions: the topics or places have changed."""
    _Held.asked += 1
    _Held.checked_at = float("-inf")


def forget_directory() -> None:
    """Read everything again on the next question, which waits for it: between tests."""
    _Held.columns, _Held.answered, _Held.confirmed = None, _Held.asked, (None, -1)
