"""What a person decides about imports: whether a row and a clinic are one, and that a run is taken back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fysfinder.clinics.actions import bump_version
from fysfinder.imports.models import ImportRun, MatchQuestion, SourceRow
from fysfinder.imports.runs import is_at_work
from fysfinder.imports.undo import Undone, undo


def answer_question(*, question: MatchQuestion, is_same: bool, by: Any = None) -> None:
    """Remembered for every later run. 'Same' joins the row to the clinic and settles the row's other questions."""
    now = timezone.now()
    answer = MatchQuestion.Answer.SAME if is_same else MatchQuestion.Answer.DIFFERENT
    with transaction.atomic():
        of_row = MatchQuestion.objects.select_for_update().filter(source=question.source, source_id=question.source_id)
        of_row.filter(pk=question.pk).update(answer=answer, answered_at=now, answered_by=by)
        rows = SourceRow.objects.filter(source=question.source, source_id=question.source_id)
        if is_same:
            others = of_row.exclude(pk=question.pk).exclude(answer=MatchQuestion.Answer.DIFFERENT)
            others.update(answer=MatchQuestion.Answer.DIFFERENT, answered_at=now, answered_by=by)
            rows.update(clinic=question.clinic)
        else:
            rows.filter(clinic=question.clinic).update(clinic=None)
    question.refresh_from_db()


def undo_run(*, run: ImportRun) -> Undone:
    """Take the run back whole, except what somebody has said since. Raises ValueError when it was taken back before
    or is at work."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.undone_at is not None:
            raise ValueError("the run has been undone before")
        if locked.is_open and is_at_work(locked):
            raise ValueError("the run is at work: stop it first")
        result = undo(locked)
        locked.undone_at, locked.is_open = timezone.now(), False
        locked.save(update_fields=["undone_at", "is_open"])
        bump_version()
    run.refresh_from_db()
    return result
