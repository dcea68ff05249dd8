"""Topics in the staff site: to look at. The data file is the source, so nothing is edited here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from fysfinder.topics.models import Synonym, Topic

if TYPE_CHECKING:
    TopicModelAdmin = admin.ModelAdmin[Topic]
    SynonymTabularInline = admin.TabularInline[Synonym, Topic]
else:
    TopicModelAdmin, SynonymTabularInline = admin.ModelAdmin, admin.TabularInline


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SynonymInline(_ReadOnly, SynonymTabularInline):
    model = Synonym
    extra = 0


@admin.register(Topic)
class TopicAdmin(_ReadOnly, TopicModelAdmin):
    list_display = ["name_da", "slug", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name_da", "name_en", "slug", "synonyms__text"]
    inlines = [SynonymInline]
