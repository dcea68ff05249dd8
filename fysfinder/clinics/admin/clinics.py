"""Staff's desk for clinics: to see, to close, and whom to ask first.

Facts are written by clinics.actions only, so that each gets its provenance and the search sees the change; here their
rows are shown read-only, and what staff may do is done by those same verbs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from fysfinder.clinics import actions, freshness, validation
from fysfinder.clinics.attributes import ATTRIBUTES, GROUPS, fact_label
from fysfinder.clinics.models import (
    Clinic,
    ClinicSlug,
    ClinicTopic,
    Fact,
    OpeningException,
    OpeningHours,
    PastFact,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.clinics.models.facts import How

if TYPE_CHECKING:
    ClinicModelForm = forms.ModelForm[Clinic]
    RowInline = admin.TabularInline[Any, Clinic]
    HistoryAdmin = admin.ModelAdmin[Clinic]
else:
    ClinicModelForm, RowInline = forms.ModelForm, admin.TabularInline
    HistoryAdmin = SimpleHistoryAdmin

PLACE = ("postcode", "lat", "lon", "precision")
MOST_STALE, MOST_DUE = 50, 8  # clinics and facts on the list of the stalest
EDITABLE = ("name", *PLACE, *(attribute.name for attribute in ATTRIBUTES))


def _due_words(clinic: Clinic, today: dt.date) -> list[str]:
    return [fact_label(fact.name) for fact in freshness.due_facts(clinic, today)[:MOST_DUE]]


class _ReadOnlyRows(RowInline):
    """Rows one may look at: they change by actions, from an import or from the owner's pages."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _rows(model: type[Model]) -> type[_ReadOnlyRows]:
    return type(f"{model.__name__}Rows", (_ReadOnlyRows,), {"model": model})


class ClinicForm(ClinicModelForm):
    """The same rules as everywhere: validation.checked, under the field's name. ClinicAdmin names the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lat", "lon", "precision"):  # without a point a clinic stands in the middle of its postcode
            if name in self.fields:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        self.changed = [name for name in self.changed_data if name not in PLACE or self.cleaned_data.get(name)]
        values = {name: value for name, value in self.cleaned_data.items() if name in self.changed}
        return self.cleaned_data | validation.checked(values)


@admin.register(Clinic)
class ClinicAdmin(HistoryAdmin):
    form = ClinicForm
    list_display = ("name", "postcode", "status", "agreement", "phone", "updated_at")
    list_filter = ("status", "agreement", "vederlagsfri", "precision", "postcode__municipality__region")
    search_fields = ("name", "slug", "street", "postcode__code", "cvr", "ydernummer")
    autocomplete_fields = ("postcode",)
    list_select_related = ("postcode",)
    readonly_fields = ("slug", "status", "merged_into", "created_at", "updated_at")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("name", "slug", "status", "merged_into", *PLACE)}),
        *((g.label, {"fields": tuple(a.name for a in ATTRIBUTES if a.group == g.name)}) for g in GROUPS),
        (gettext_lazy("Tider"), {"fields": ("created_at", "updated_at")}),
    )
    inlines = [
        _rows(model)
        for model in (
            *(Price, OpeningHours, OpeningException, WaitingTime, ClinicTopic, TeamMember),
            *(Fact, PastFact, ClinicSlug),
        )
    ]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ("close_clinics", "reopen_clinics")

    def get_urls(self) -> list[URLPattern]:
        stalest = self.admin_site.admin_view(self.stalest)
        return [path("friskhed/", stalest, name="clinics_clinic_stalest"), *super().get_urls()]

    def stalest(self, request: HttpRequest) -> HttpResponse:
        """Whom to ask first, and how fresh each municipality is."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        scores = freshness.stalest(today, limit=MOST_STALE)
        clinics = Clinic.objects.select_related("postcode").in_bulk([int(score.of) for score in scores])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Friskhed"),
            "opts": self.opts,
            "clinics": [
                {"clinic": clinic, "score": score, "due": ", ".join(_due_words(clinic, today))}
                for score in scores
                for clinic in [clinics[int(score.of)]]
            ],
            "municipalities": freshness.by_municipality(today),
        }
        return TemplateResponse(request, "admin/clinics/clinic/stalest.html", context)

    def save_model(self, request: HttpRequest, obj: Clinic, form: Any, change: bool) -> None:
        """Staff say it as editors: by the actions, so with provenance, version and history."""
        origin = actions.Origin(_("Redaktionen"), How.EDITOR, timezone.localdate())
        values = {name: form.cleaned_data[name] for name in form.changed if name in EDITABLE}
        if not change:
            obj.pk = actions.add_clinic(fields=values, origin=origin).pk
            obj.refresh_from_db()
            return
        clinic = Clinic.objects.get(pk=obj.pk)
        if "name" in values:
            actions.rename(clinic=clinic, name=values.pop("name"), origin=origin)
        if values:
            actions.update_clinic(clinic=clinic, changes=values, origin=origin)
        obj.refresh_from_db()
        refused = [name for name in form.changed if name in values and getattr(obj, name) != values[name]]
        if refused:
            text = _("Klinikken har selv oplyst dette, så det blev ikke ændret: %(names)s")
            messages.warning(request, text % {"names": ", ".join(refused)})

    def revert_disabled(self, request: HttpRequest, obj: Clinic | None = None) -> bool:
        return True  # the history is to read; going back would pass by the actions

    def has_delete_permission(self, request: HttpRequest, obj: Clinic | None = None) -> bool:
        return False  # a clinic is closed, never deleted: its address and its history stay

    @admin.action(description=gettext_lazy("Luk de valgte klinikker for altid"))
    def close_clinics(self, request: HttpRequest, queryset: QuerySet[Clinic]) -> None:
        for clinic in queryset:
            actions.close_clinic(clinic=clinic)

    @admin.action(description=gettext_lazy("Åbn de valgte klinikker igen"))
    def reopen_clinics(self, request: HttpRequest, queryset: QuerySet[Clinic]) -> None:
        for clinic in queryset:
            actions.reopen_clinic(clinic=clinic)
