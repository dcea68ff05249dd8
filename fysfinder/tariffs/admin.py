"""Staff's view of the tariffs: read-only, because data/tariffs.csv is where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fysfinder.tariffs.checks import tariff_warnings
from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.queries import known_tariffs

if TYPE_CHECKING:
    TariffModelAdmin = admin.ModelAdmin[Tariff]
else:
    TariffModelAdmin = admin.ModelAdmin


@admin.register(Tariff)
class TariffAdmin(TariffModelAdmin):
    list_display = (
        "speciality",
        "service",
        "patient_ore",
        "full_ore",
        "valid_from",
        "valid_to",
        "is_verified",
        "source",
    )
    list_filter = ("speciality", "service")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under what `manage.py check_tariffs` would say today."""
        said = " ".join(tariff_warnings(known_tariffs(), timezone.localdate()))
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": said})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Tariff | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Tariff | None = None) -> bool:
        return False
