"""Staff's view of the tariffs: read-only, because data/tariffs.csv is where they are written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fysfinder.base.admin import ReadOnly
from fysfinder.tariffs.checks import tariff_warnings
from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.queries import known_tariffs


@admin.register(Tariff)
class TariffAdmin(ReadOnly, admin.ModelAdmin):
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
