"""Staff may look at what was imported, raw, and at what of it could not be read."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from fysfinder.base.admin import ReadOnly
from fysfinder.clinics.models import Clinic
from fysfinder.imports.actions import answer_question, undo_run
from fysfinder.imports.models import ImportRun, MatchQuestion, RunChange, SourceRow

MOST_SHOWN = 500


def _words(change: RunChange) -> str:
    """'field phone: +45… → +45…; rows hours: …', and of a new clinic what it was given."""
    before = change.before
    return "; ".join(
        f"{key}: {value}" if before is None else f"{key}: {before.get(key)} → {value}"
        for key, value in change.after.items()
        if not key.startswith("fact ") and (before is not None or value not in (None, "", []))
    )


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, admin.ModelAdmin):
    """The report of a run: its counts, what became another and what could not be read; it can be taken back."""

    list_display = ["pk", "started_at", "source", "file_name", "counts", "undone_at"]
    list_filter = ["source"]
    fields = ["started_at", "source", "file_name", "file_hash", "counts", "undone_at", "changed", "unread"]
    readonly_fields = ["changed", "unread"]
    actions = ["undo"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("imports.change_importrun")

    @admin.display(description=_("Ændret"))
    def changed(self, run: ImportRun) -> str:
        changes = list(run.changes.filter(table="clinic")[:MOST_SHOWN])
        names = dict(Clinic.objects.filter(pk__in=[change.object_id for change in changes]).values_list("pk", "name"))
        lines = (
            (names.get(change.object_id, change.after.get("field name") or change.object_id), _words(change))
            for change in changes
        )
        return format_html_join("", "<p><b>{}</b> {}</p>", lines)

    @admin.display(description=_("Ikke forstået"))
    def unread(self, run: ImportRun) -> str:
        rows = run.rows.exclude(problems=[])[:MOST_SHOWN]
        problems = (
            (problem["row"], problem["column"], problem["value"], problem["message"])
            for row in rows
            for problem in row.problems
        )
        return format_html_join("", "<p>{}, {}: “{}”: {}</p>", problems)

    @admin.action(description=_("Fortryd kørslen"), permissions=["decide"])
    def undo(self, request: HttpRequest, runs: QuerySet[ImportRun]) -> None:
        for run in runs.order_by("-pk"):
            try:
                result = undo_run(run=run)
            except ValueError:
                self.message_user(request, _("Kørslen er allerede fortrudt."), messages.WARNING)
                continue
            words = _(
                "Fortrudt: %(restored)d klinikker ført tilbage, %(deleted)d slettet, %(kept)d oplysninger beholdt."
            )
            counts = {"restored": result.restored, "deleted": result.deleted, "kept": len(result.kept)}
            self.message_user(request, words % counts)


@admin.register(SourceRow)
class SourceRowAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["source_id", "source", "clinic", "problems"]
    list_filter = ["source"]
    list_select_related = ["clinic"]
    search_fields = ["source_id", "clinic__name"]


@admin.register(MatchQuestion)
class MatchQuestionAdmin(ReadOnly, admin.ModelAdmin):
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

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("imports.change_matchquestion")

    @admin.action(description=_("Samme klinik"), permissions=["decide"])
    def say_same(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=True, by=request.user)

    @admin.action(description=_("Ikke samme klinik"), permissions=["decide"])
    def say_different(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=False, by=request.user)
