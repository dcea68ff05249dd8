"""Staff's view of the tariffs: read-only, because data/tariffs.csv is where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from fysfinder.tariffs.models import Tariff

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Tariff | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Tariff | None = None) -> bool:
        return False
