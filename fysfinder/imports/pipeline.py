"""The one way in: read → record → match → apply through clinics.actions → what became another.

A file is read twice: once to see that it is whole and which keys it has, once to apply it, a batch at a time. A batch
is one transaction and moves the run's position with it: a process that dies leaves whole batches, and the run is
resumed from there. A dry run does the same in one transaction and takes it back, so its difference is the true one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.batch import Batch, Context
from fysfinder.imports.closing import close_missing
from fysfinder.imports.matching import Matcher
from fysfinder.imports.models import ImportRun
from fysfinder.imports.record import Problem, RawRow, Source
from fysfinder.imports.result import MOST_TOLD, Result
from fysfinder.imports.runs import close_run, move_on, open_run, take_run
from fysfinder.places.queries import Gazetteer, gazetteer

BATCH = 500  # rows; a run is resumed at a multiple of it
Progress = Callable[[int, int], None]  # rows done, rows in all


def import_clinics(
    *,
    source: Source,
    path: Path,
    today: dt.date,
    confirmed_on: dt.date | None = None,
    is_dry_run: bool = False,
    resume: ImportRun | None = None,
    options: dict[str, Any] | None = None,
    progress: Progress = lambda done, total: None,
    on_problem: Callable[[Problem], object] = lambda problem: None,
) -> Result:
    """Apply the file. confirmed_on is the day it was true: the same file keeps its first day, a new one has its own.

    Raises BrokenFileError (nothing is changed), BusyError (another run is open), OSError, or ValueError when the run to
    resume is at its end or its file is another now.
    """
    places = gazetteer(today)
    survey = _survey(source, path, places)
    if resume is not None and resume.file_hash != survey.file_hash:
        raise ValueError(f"{path.name} is not the file that run {resume.pk} began with")
    earlier = _earlier(source, survey.file_hash)
    said = confirmed_on or _day_of(resume) or _day_of(earlier)
    day = said or _changed_on(path, today)
    result = Result(confirmed_on=day, is_dated_by_file=not said, on_problem=on_problem)
    result.remarks += survey.remarks
    if resume is not None:
        run = take_run(run=resume)
        result.go_on_from(run.counts)
    else:
        run = _new_run(source, path, survey, day, options or {})
        if not is_dry_run:
            open_run(run=run)
    whole: AbstractContextManager[None] = transaction.atomic() if is_dry_run else nullcontext()
    with whole:
        if is_dry_run:
            run.save()
        context = _context(source, places, day, run, result, survey, is_repeat=earlier is not None)
        _apply(context, path, survey, progress, is_dry_run=is_dry_run)
        if is_dry_run:
            transaction.set_rollback(True)
    return result


@dataclass(frozen=True)
class _Survey:
    """What the first reading finds: the file is whole, and these are its keys."""

    file_hash: str
    rows: int
    first_rows: dict[str, int]  # source_id → the row it first stands in
    remarks: tuple[str, ...]


def _new_run(source: Source, path: Path, survey: _Survey, day: dt.date, options: dict[str, Any]) -> ImportRun:
    return ImportRun(
        source=source.name,
        file_name=path.name[:200],
        file_hash=survey.file_hash,
        options={"path": str(path.resolve()), **options},
        counts={"confirmed_on": day.isoformat()},
    )


def _survey(source: Source, path: Path, places: Gazetteer) -> _Survey:
    with path.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    first_rows: dict[str, int] = {}
    rows = 0
    with path.open("rb") as file:
        reading = source.read(file)
        for raw in reading.rows:
            rows += 1
            first_rows.setdefault(source.key(raw, places), raw.row)
    return _Survey(file_hash, rows, first_rows, reading.remarks)


def _context(
    source: Source, places: Gazetteer, day: dt.date, run: ImportRun, result: Result, survey: _Survey, *, is_repeat: bool
) -> Context:
    matcher = Matcher(source.name)
    matcher.see(survey.first_rows)
    how = How.REGISTER if source.is_register else How.IMPORT
    return Context(
        source=source,
        places=places,
        origin=Origin(source.label, how, day),
        matcher=matcher,
        run=run,
        result=result,
        is_repeat=is_repeat,
        first_rows=survey.first_rows,
    )


def _apply(context: Context, path: Path, survey: _Survey, progress: Progress, *, is_dry_run: bool) -> None:
    run, result = context.run, context.result
    counts = {"confirmed_on": context.origin.confirmed_on.isoformat()}
    position = run.position
    context.has_written = position > 0
    with path.open("rb") as file:
        raw_rows = iter(context.source.read(file).rows)
        _take_up(context, islice(raw_rows, position))
        while batch := [context.source.to_record(raw, context.places) for raw in islice(raw_rows, BATCH)]:
            with transaction.atomic():
                Batch(context, batch).apply()
                position += len(batch)
                if not is_dry_run:
                    move_on(run=run, position=position, counts={**result.counts(), **counts})
            progress(position, survey.rows)
    with transaction.atomic():
        if context.source.is_register:
            close_missing(context)
        names = Clinic.objects.filter(pk__in=list(context.matcher.gone_rows)[:MOST_TOLD]).exclude(pk__in=context.taken)
        result.gone = list(names.order_by("name").values_list("name", flat=True))
        if not is_dry_run:
            is_kept = context.has_written or not context.is_repeat
            close_run(run=run, counts={**result.counts(), **counts}, is_kept=is_kept)


def _take_up(context: Context, applied: Iterator[RawRow]) -> None:
    """After a stop: which clinics the rows applied before it are about."""
    rows = context.matcher.rows
    for raw in applied:
        key = context.source.key(raw, context.places)
        clinic = rows.get(key[:200], (None, None))[1]
        if clinic is not None and context.first_rows[key] == raw.row:
            context.taken.setdefault(clinic, raw.row)


def _earlier(source: Source, file_hash: str) -> ImportRun | None:
    """The latest run of the same file."""
    return ImportRun.objects.filter(source=source.name, file_hash=file_hash, is_open=False).order_by("pk").last()


def _changed_on(path: Path, today: dt.date) -> dt.date:
    """The day the file was last changed: what it says was true then, whenever it is imported."""
    changed_at = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    return min(changed_at.date(), today)


def _day_of(run: ImportRun | None) -> dt.date | None:
    text = run.counts.get("confirmed_on") if run else None
    return dt.date.fromisoformat(text) if text else None
