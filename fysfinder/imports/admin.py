"""Staff's desk for imports: each run's report, the queue "ask a person" side by side, and the rows as they came."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.admin import ReadOnly
from fysfinder.clinics.attributes import fact_label
from fysfinder.imports.actions import answer_question, undo_run
from fysfinder.imports.models import ImportRun, MatchQuestion, SourceRow
from fysfinder.imports.run_report import changes_of, counts_of, problems_of
from fysfinder.imports.side_by_side import answer_with_facts, record_of, rows_of


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, admin.ModelAdmin):
    """The report of a run: its counts, what became another and what could not be read; it can be taken back."""

    list_display = ["pk", "started_at", "source", "file_name", "summary", "undone_at"]
    list_filter = ["source"]
    actions = ["undo"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("imports.change_importrun")

    @admin.display(description=gettext_lazy("Resultat"))
    def summary(self, run: ImportRun) -> str:
        return ", ".join(f"{count} {label.lower()}" for label, count in counts_of(run) if count)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = get_object_or_404(ImportRun, pk=object_id)
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_decide_permission(request):
                raise PermissionDenied
            self.undo(request, ImportRun.objects.filter(pk=run.pk))
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Kørsel %(number)d") % {"number": run.pk},
            "opts": self.opts,
            "run": run,
            "counts": counts_of(run),
            "changes": changes_of(run),
            "problems": problems_of(run),
            "open_questions": MatchQuestion.objects.filter(source=run.source, answer="").count(),
        }
        return TemplateResponse(request, "admin/imports/importrun/report.html", context)

    @admin.action(description=gettext_lazy("Fortryd kørslen"), permissions=["decide"])
    def undo(self, request: HttpRequest, runs: QuerySet[ImportRun]) -> None:
        for run in runs.order_by("-pk"):
            try:
                result = undo_run(run=run)
            except ValueError:
                text = _("Kørslen er allerede fortrudt.") if run.undone_at else _("Kørslen er i gang. Stop den først.")
                self.message_user(request, text, messages.WARNING)
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

    list_display = ["row_name", "ours", "why", "answered"]
    list_filter = ["answer", "source"]
    list_select_related = ["clinic", "answered_by"]
    search_fields = ["source_id", "clinic__name"]
    actions = ["say_same", "say_different"]

    @admin.display(description=gettext_lazy("Række"))
    def row_name(self, question: MatchQuestion) -> str:
        texts = [str(value) for value in question.raw.values() if value not in ("", "-", None)]
        return ", ".join(texts[:6])[:200]

    @admin.display(description=gettext_lazy("Klinik"), ordering="clinic__name")
    def ours(self, question: MatchQuestion) -> str:
        return f"{question.clinic}, {question.clinic.street}"

    @admin.display(description=gettext_lazy("Hvorfor"), ordering="score")
    def why(self, question: MatchQuestion) -> str:
        return ", ".join(question.reasons)

    @admin.display(description=gettext_lazy("Svar"), ordering="answer")
    def answered(self, question: MatchQuestion) -> str:
        return f"{question.get_answer_display()}{f' ({question.answered_by})' if question.answered_by else ''}"

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("imports.change_matchquestion")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The row and the clinic side by side; of each fact one keeps ours or takes the row's."""
        question = get_object_or_404(MatchQuestion.objects.select_related("clinic__postcode"), pk=object_id)
        if not self.has_view_permission(request, question):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_decide_permission(request):
                raise PermissionDenied
            self._decide(request, question)
            return redirect("admin:imports_matchquestion_changelist")
        record = record_of(question)
        same_row = MatchQuestion.objects.filter(source=question.source, source_id=question.source_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Er rækken %(name)s?") % {"name": question.clinic},
            "opts": self.opts,
            "question": question,
            "rows": rows_of(question, record) if record else [],
            "left_head": question.clinic.name,
            "right_head": _("Rækken i filen"),
            "others": same_row.exclude(pk=question.pk).select_related("clinic"),
        }
        return TemplateResponse(request, "admin/imports/matchquestion/side_by_side.html", context)

    def _decide(self, request: HttpRequest, question: MatchQuestion) -> None:
        if "different" in request.POST:
            answer_question(question=question, is_same=False, by=request.user)
            self.message_user(request, _("Husket: ikke den samme. Der bliver ikke spurgt igen."))
            return
        chosen = [name.removeprefix("keep-") for name, side in request.POST.items() if side == "right"]
        try:
            refused = answer_with_facts(question=question, take=chosen, by=request.user)
        except ValidationError as problem:
            self.message_user(request, " ".join(problem.messages), messages.ERROR)
            return
        self.message_user(request, _("Husket: samme klinik."))
        if refused:
            names = ", ".join(fact_label(name) for name in refused)
            text = _("Klinikken har selv oplyst dette, så det blev ikke ændret: %(names)s") % {"names": names}
            self.message_user(request, text, messages.WARNING)

    @admin.action(description=gettext_lazy("Samme klinik"), permissions=["decide"])
    def say_same(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=True, by=request.user)

    @admin.action(description=gettext_lazy("Ikke samme klinik"), permissions=["decide"])
    def say_different(self, request: HttpRequest, questions: QuerySet[MatchQuestion]) -> None:
        for question in questions:
            answer_question(question=question, is_same=False, by=request.user)
