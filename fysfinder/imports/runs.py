"""A run's own row: opened before anything is written, moved on with every batch, closed at the end.

At most one run is open, by a unique constraint: two imports at once would match against each other's half. A killed
process leaves its run open. It is resumed or undone, but never taken from a process that still lives.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fysfinder.imports.models import ImportRun

SILENT = dt.timedelta(minutes=15)  # a run on another machine that has said nothing for so long is taken for dead


class BusyError(Exception):
    """Another run is open; the text says which, and what to do about it."""


def open_run(*, run: ImportRun) -> None:
    """Save a new run as the open one, in a transaction of its own. Raises BusyError."""
    run.is_open, run.worker, run.beat_at = True, _this_worker(), timezone.now()
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        held = ImportRun.objects.filter(is_open=True).first()
        raise BusyError(_why_busy(held) if held else "another run has just ended: try again") from None


def take_run(*, run: ImportRun) -> ImportRun:
    """Go on with a run that was stopped. Raises BusyError when it is at work, ValueError when there is nothing left."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not locked.is_open:
            raise ValueError(f"run {run.pk} is at its end: there is nothing to resume")
        if is_at_work(locked):
            raise BusyError(_why_busy(locked))
        locked.worker, locked.beat_at = _this_worker(), timezone.now()
        locked.save(update_fields=["worker", "beat_at"])
    return locked


def move_on(*, run: ImportRun, position: int, counts: dict[str, Any]) -> None:
    """Inside the batch's transaction: with its rows, or not at all. Raises BusyError when the run is another's now."""
    mine = ImportRun.objects.filter(pk=run.pk, is_open=True, worker=run.worker)
    run.position, run.counts = position, counts
    if not mine.update(position=position, counts=counts, beat_at=timezone.now()):
        raise BusyError(f"run {run.pk} was taken over or undone meanwhile")


def close_run(*, run: ImportRun, counts: dict[str, Any], is_kept: bool) -> None:
    """At its end. A run that found nothing new leaves no trace."""
    if is_kept:
        ImportRun.objects.filter(pk=run.pk).update(is_open=False, counts=counts, worker="")
    else:
        ImportRun.objects.filter(pk=run.pk).delete()


def is_at_work(run: ImportRun) -> bool:
    """Whether its process lives: known on this machine, else by how long ago it was heard."""
    host, pid, started = (*run.worker.split(":"), "", "", "")[:3]
    if host != socket.gethostname():
        return run.beat_at is not None and timezone.now() - run.beat_at < SILENT
    return pid.isdigit() and _started(int(pid)) == started != "dead"


def _why_busy(run: ImportRun) -> str:
    where = f"run {run.pk} ({run.source} {run.file_name}, {run.position} rows applied)"
    if is_at_work(run):
        return f"{where} is at work: wait for it"
    return (
        f"{where} was stopped: go on with 'import_clinics --resume {run.pk}', or take it back: 'undo_import {run.pk}'"
    )


def _this_worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def _started(pid: int) -> str:
    """When a process began, so that another under its old number is not taken for it; 'dead' when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return "dead"
    except PermissionError:
        return "alive"
    return "alive"
