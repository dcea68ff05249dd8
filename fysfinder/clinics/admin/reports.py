"""The queue of what visitors say is wrong: take one, look, and end it as a fact or with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.admin import ReadOnly
from fysfinder.clinics import ledger, ledger_words, reports
from fysfinder.clinics.attributes import ATTRIBUTES, by_name, fact_label
from fysfinder.clinics.models import Report

if TYPE_CHECKING:
    ReportModelAdmin = admin.ModelAdmin[Report]
else:
    ReportModelAdmin = admin.ModelAdmin

_EDITABLE = {attribute.name for attribute in ATTRIBUTES if attribute.kind != "choices"}


@admin.register(Report)
class ReportAdmin(ReadOnly, ReportModelAdmin):
    list_display = ("clinic", "what", "short", "created_at", "holder", "outcome")
    list_filter = ("is_closed", "outcome", "fact")
    list_select_related = ("clinic", "claimed_by")
    search_fields = ("clinic__name", "message")

    @admin.display(description=gettext_lazy("Hvad"))
    def what(self, report: Report) -> str:
        return what(report)

    @admin.display(description=gettext_lazy("Besked"))
    def short(self, report: Report) -> str:
        return report.message if len(report.message) <= 90 else f"{report.message[:90]} …"

    @admin.display(description=gettext_lazy("Hos"))
    def holder(self, report: Report) -> str:
        return str(reports.claimed_by(report, timezone.now()) or "–")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The report beside what the clinic's page says now, and the three things one can do."""
        report = get_object_or_404(Report.objects.select_related("clinic", "claimed_by"), pk=object_id)
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        if request.method == "POST":
            if not request.user.has_perm("clinics.change_report"):
                raise PermissionDenied
            if self._decide(request, report):
                return redirect(reverse("admin:clinics_report_changelist") + "?is_closed__exact=0")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Noget forkert: %(name)s") % {"name": report.clinic},
            "opts": self.opts,
            "report": report,
            "what": what(report),
            "now": _now_words(report),
            "field": _field(report),
            "holder": reports.claimed_by(report, timezone.now()),
            "posted": request.POST,
        }
        return TemplateResponse(request, "admin/clinics/report/decide.html", context)

    def _decide(self, request: HttpRequest, report: Report) -> bool:
        """True when the report has been ended."""
        words: dict[str, Any] = {"report": report, "by": request.user, "now": timezone.now()}
        try:
            if "reject" in request.POST:
                reports.reject_report(reason=request.POST.get("reason", ""), **words)
            elif "accept" in request.POST:
                reports.resolve_report(changes=_changes(report, request.POST.get("value", "")), **words)
            else:
                reports.claim_report(**words)
                messages.success(request, _("Den er din i en time."))
                return False
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return False
        messages.success(request, _("Beskeden er afsluttet."))
        return True


def what(report: Report) -> str:
    closed = {reports.CLOSED_FOR_GOOD: _("Lukket for altid"), "": _("Noget andet")}
    return closed.get(report.fact) or fact_label(report.fact)


def _now_words(report: Report) -> str:
    if report.fact not in ledger.FACTS:
        return ""
    return ledger_words.value_words(report.fact, ledger.value_of(report.clinic, report.fact))


def _field(report: Report) -> str:
    """How staff write the right value: 'text', 'yes_no', 'hours', 'closed', or '' where it is put right elsewhere."""
    if report.fact in {"hours", reports.CLOSED_FOR_GOOD}:
        return report.fact
    if report.fact not in _EDITABLE:
        return ""
    return "yes_no" if by_name(report.fact).kind == "yes_no" else "text"


def _changes(report: Report, value: str) -> dict[str, Any]:
    """What update_clinic takes. Raises ValidationError for a number that is none."""
    field = _field(report)
    if field == reports.CLOSED_FOR_GOOD:
        return {reports.CLOSED_FOR_GOOD: True}
    if not field:
        return {}
    if field == "yes_no":
        return {report.fact: {"ja": True, "nej": False}.get(value)}
    if field == "text" and by_name(report.fact).kind == "number":
        if value.strip() and not value.strip().isdecimal():
            raise ValidationError(_("Skriv et helt tal."))
        return {report.fact: int(value) if value.strip() else None}
    return {report.fact: value}
