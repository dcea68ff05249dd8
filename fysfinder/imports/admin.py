"""Staff may look at what was imported, raw, and at what of it could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fysfinder.imports.actions import answer_question
from fysfinder.imports.models import ImportRun, MatchQuestion, SourceRow

if TYPE_CHECKING:
    ImportRunModelAdmin = admin.ModelAdmin[ImportRun]
    MatchQuestionModelAdmin = admin.ModelAdmin[MatchQuestion]
    SourceRowModelAdmin = admin.ModelAdmin[SourceRow]
else:
    ImportRunModelAdmin = MatchQuestionModelAdmin = SourceRowModelAdmin = admin.ModelAdmin


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(_ReadOnly, ImportRunModelAdmin):
    list_display = ["started_at", "source", "file_name", "counts"]


@admin.register(SourceRow)
class SourceRowAdmin(_ReadOnly, SourceRowModelAdmin):
    list_display = ["source_id", "source", "clinic", "problems"]
    list_filter = ["source"]
    list_select_related = ["clinic"]
    search_fields = ["source_id", "clinic__name"]


@admin.register(MatchQuestion)
class MatchQuestionAdmin(_ReadOnly, MatchQuestionModelAdmin):
    """The queue 'ask a person'. An answer is remembered; the next run of the source acts on it."""

    list_display = ["row_name", "clinic", "why", "score", "answer", "source", "answered_by"]
    list_filter = ["answer", "source"]
    list_select_related = ["clinic", "answered_by"]
    search_fields = ["source_id", "clinic__name"]
    actions = ["say_same", "say_different"]

    @admin.display(description=_("Række"))
    def row_name(self, question: MatchQuestion) -> str:
        texts = [str(value) for value in question.raw.values() if value not in ("", "-", None)]
        return ", ".join(texts[:6])[:200]

    @admin.display(description=_("Hvorfor"))
    def why(self, question: MatchQuestion) -> str:
        return ", ".join(question.reasons)

    @admin.action(description=_("Samme klinik"))
    def say_same(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=True, by=request.user)

    @admin.action(description=_("Ikke samme klinik"))
    def say_different(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=False, by=request.user)
