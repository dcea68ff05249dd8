"""Staff may look at what was imported, raw, and at what of it could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from fysfinder.imports.models import ImportRun, SourceRow

if TYPE_CHECKING:
    ImportRunModelAdmin = admin.ModelAdmin[ImportRun]
    SourceRowModelAdmin = admin.ModelAdmin[SourceRow]
else:
    ImportRunModelAdmin = SourceRowModelAdmin = admin.ModelAdmin


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
