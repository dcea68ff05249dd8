"""The raw rows of a batch kept as they came, with what of them could not be read and what a person must say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fysfinder.base.insert import insert_rows
from fysfinder.imports.models import ImportRun, MatchQuestion, RunChange, SourceRow
from fysfinder.imports.record import Problem, Record
from fysfinder.imports.scoring import Verdict
from fysfinder.imports.states import State, row_state


@dataclass
class Kept:
    """A record on its way: its row of an earlier run, and the clinic it turned out to be about, by number."""

    record: Record
    problems: list[Problem]
    row: SourceRow | None
    clinic: int | None = None
    asked: tuple[tuple[int, Verdict], ...] = field(default=())


def keep_rows(
    run: ImportRun,
    kept: Sequence[Kept],
    *,
    gone_rows: Mapping[int, int],
    settled: Callable[[int], int],
    is_repeat: bool,
) -> bool:
    """True when something was written. gone_rows: rows under an older key, by clinic; they take the new key."""
    _find_older(kept, gone_rows)
    before: dict[int, State] = {}
    new, changed, seen = [], [], []
    for item in kept:
        row = item.row or SourceRow(source=run.source, last_run=run)
        if row.pk:
            before[row.pk] = row_state(row)
        row.source_id = item.record.source_id[:200]
        row.raw = dict(item.record.cells)
        row.problems = [problem.as_json() for problem in item.problems]
        row.clinic_id = item.clinic
        if not row.pk:
            new.append(row)
        elif row_state(row) != before[row.pk]:
            changed.append(row)
        elif not is_repeat:
            seen.append(row)
    _write(run, new, changed, seen)
    rows = (*new, *changed, *seen)
    note_changes(run, RunChange.Table.ROW, ((row.pk, before.get(row.pk), row_state(row), []) for row in rows))
    asked = _keep_questions(run.source, kept, settled)
    return bool(new or changed or seen or asked)


Noted = tuple[int, State | None, State, list[int]]  # key, before (None: the run made it), after, PastFacts made


def note_changes(run: ImportRun, table: RunChange.Table, changes: Iterable[Noted]) -> None:
    """What the run made another."""
    names = ("run_id", "table", "object_id", "before", "after", "past_ids")
    insert_rows(RunChange, names, ((run.pk, table.value, *change) for change in changes))


def _find_older(kept: Sequence[Kept], gone_rows: Mapping[int, int]) -> None:
    wanted = {
        gone_rows[item.clinic]: item
        for item in kept
        if item.row is None and item.clinic is not None and item.clinic in gone_rows
    }
    for pk, row in SourceRow.objects.in_bulk(list(wanted)).items():
        wanted[pk].row = row


def _write(run: ImportRun, new: list[SourceRow], changed: list[SourceRow], seen: list[SourceRow]) -> None:
    for row in (*new, *changed, *seen):
        row.last_run = run
    names = ("source", "source_id", "raw", "problems", "clinic_id", "last_run_id")
    insert_rows(SourceRow, names, ([getattr(row, name) for name in names] for row in new))
    made = SourceRow.objects.filter(source=run.source, source_id__in=[row.source_id for row in new])
    keys = dict(made.values_list("source_id", "pk"))
    for row in new:
        row.pk = keys[row.source_id]
    fields = ["source_id", "raw", "problems", "clinic", "last_run"]
    SourceRow.objects.bulk_update(changed, fields, batch_size=100)
    if seen:
        SourceRow.objects.filter(pk__in=[row.pk for row in seen]).update(last_run=run)


def _keep_questions(source: str, kept: Sequence[Kept], settled: Callable[[int], int]) -> bool:
    """Open questions follow the latest run; answered ones are left as they are."""
    asked = {
        (item.record.source_id[:200], settled(number)): (item.record, verdict)
        for item in kept
        for number, verdict in item.asked
    }
    held = MatchQuestion.objects.filter(source=source, source_id__in={key for key, _ in asked})
    known = {(question.source_id, question.clinic_id): question for question in held}
    new: list[MatchQuestion] = []
    changed: list[MatchQuestion] = []
    for (source_id, clinic_id), (record, verdict) in asked.items():
        question = known.get((source_id, clinic_id)) or MatchQuestion(
            source=source, source_id=source_id, clinic_id=clinic_id
        )
        said = (dict(record.cells), verdict.score, list(verdict.reasons))
        if question.answer or said == (question.raw, question.score, question.reasons):
            continue
        question.raw, question.score, question.reasons = said
        (changed if question.pk else new).append(question)
    MatchQuestion.objects.bulk_create(new, batch_size=500)
    MatchQuestion.objects.bulk_update(changed, ["raw", "score", "reasons"], batch_size=100)
    return bool(new or changed)
