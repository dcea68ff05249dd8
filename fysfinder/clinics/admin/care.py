"""Clinics listed twice, merges and findings: looked at side by side, decided, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.base.admin import ReadOnly
from fysfinder.clinics import merging
from fysfinder.clinics.attributes import fact_label
from fysfinder.clinics.ledger_words import SideRow, side_rows
from fysfinder.clinics.models import Clinic, Finding, Merge, Twins

if TYPE_CHECKING:
    TwinsModelAdmin = admin.ModelAdmin[Twins]
    MergeModelAdmin = admin.ModelAdmin[Merge]
    FindingModelAdmin = admin.ModelAdmin[Finding]
else:
    TwinsModelAdmin = MergeModelAdmin = FindingModelAdmin = admin.ModelAdmin


@admin.register(Twins)
class TwinsAdmin(ReadOnly, TwinsModelAdmin):
    """Two of our own clinics that may be one. Open a pair to see them side by side."""

    list_display = ("pair", "why", "score", "answer", "answered_by")
    list_filter = ("answer",)
    list_select_related = ("first", "second", "answered_by")
    search_fields = ("first__name", "second__name")

    @admin.display(description=gettext_lazy("Par"))
    def pair(self, twins: Twins) -> str:
        return f"{twins.first} · {twins.second}"

    @admin.display(description=gettext_lazy("Hvorfor"))
    def why(self, twins: Twins) -> str:
        return ", ".join(twins.reasons)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Side by side: which of the two stays, whose word each fact keeps, or that they are two places."""
        pairs = Twins.objects.select_related("first__postcode", "second__postcode")
        twins = get_object_or_404(pairs, pk=object_id)
        if not self.has_view_permission(request, twins):
            raise PermissionDenied
        stays, goes = twins.first, twins.second
        if request.GET.get("behold") == str(twins.second_id):
            stays, goes = goes, stays
        if request.method == "POST":
            if not request.user.has_perm("clinics.change_twins"):
                raise PermissionDenied
            return self._decide(request, twins, stays, goes)
        rows: list[SideRow] = [] if twins.answer == Twins.Answer.SAME else side_rows(stays, goes)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Er de to den samme klinik?"),
            "opts": self.opts,
            "twins": twins,
            "left": stays,
            "right": goes,
            "rows": rows,
            "merge": Merge.objects.filter(clinic__in=(stays, goes), into__in=(stays, goes), undone_at=None).first(),
        }
        return TemplateResponse(request, "admin/clinics/twins/side_by_side.html", context)

    def _decide(self, request: HttpRequest, twins: Twins, stays: Clinic, goes: Clinic) -> HttpResponse:
        back = redirect("admin:clinics_twins_changelist")
        if "different" in request.POST:
            merging.not_the_same(twins=twins, by=request.user)
            messages.success(request, _("Husket: det er to steder. Der bliver ikke spurgt igen."))
            return back
        posted = ((name, str(side)) for name, side in request.POST.items() if name.startswith("keep-"))
        keep = {name.removeprefix("keep-"): side for name, side in posted}
        try:
            merging.merge_clinics(clinic=goes, into=stays, keep=keep, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return back
        words = _("Lagt sammen. %(slug)s fører nu til %(into)s. Det kan fortrydes under sammenlægninger.")
        messages.success(request, words % {"slug": goes.slug, "into": stays.slug})
        return back


@admin.register(Merge)
class MergeAdmin(ReadOnly, MergeModelAdmin):
    list_display = ("clinic", "into", "facts", "merged_at", "merged_by", "undone_at")
    list_select_related = ("clinic", "into", "merged_by")
    search_fields = ("clinic__name", "into__name")
    actions = ("take_apart",)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("clinics.change_merge")

    @admin.display(description=gettext_lazy("Overtog"))
    def facts(self, merge: Merge) -> str:
        return ", ".join(fact_label(fact) for fact in merge.after) or "–"

    @admin.action(description=gettext_lazy("Skil ad igen"), permissions=["decide"])
    def take_apart(self, request: HttpRequest, merges: QuerySet[Merge]) -> None:
        for merge in merges.order_by("-pk"):
            try:
                later = merging.unmerge(merge=merge)
            except ValidationError as problem:
                messages.warning(request, f"{merge}: {' '.join(problem.messages)}")
                continue
            kept = ", ".join(fact_label(fact) for fact in later)
            messages.success(request, _("%(merge)s er skilt ad.") % {"merge": merge})
            if kept:
                messages.warning(request, _("Ændret siden og beholdt: %(facts)s.") % {"facts": kept})


@admin.register(Finding)
class FindingAdmin(ReadOnly, FindingModelAdmin):
    """What check_clinics found. It changes nothing by itself: call the clinic, or say that it is right as it is."""

    list_display = ("clinic_link", "kind", "label", "value", "reason", "times", "first_seen", "last_seen")
    list_display_links = None
    list_filter = ("is_dismissed", "kind", "fact")
    list_select_related = ("clinic",)
    search_fields = ("clinic__name", "value", "reason")
    actions = ("dismiss", "look_again")

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("clinics.change_finding")

    @admin.display(description=gettext_lazy("Klinik"), ordering="clinic__name")
    def clinic_link(self, finding: Finding) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:clinics_clinic_change", args=[finding.clinic_id]), finding.clinic
        )

    @admin.display(description=gettext_lazy("Oplysning"))
    def label(self, finding: Finding) -> str:
        return fact_label(finding.fact)

    @admin.action(description=gettext_lazy("Er rigtig, som den er"), permissions=["decide"])
    def dismiss(self, request: HttpRequest, findings: QuerySet[Finding]) -> None:
        findings.update(is_dismissed=True)

    @admin.action(description=gettext_lazy("Skal ses på igen"), permissions=["decide"])
    def look_again(self, request: HttpRequest, findings: QuerySet[Finding]) -> None:
        findings.update(is_dismissed=False)
