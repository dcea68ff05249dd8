"""Topics in the staff site: to look at. The data file is the source, so nothing is edited here."""

from __future__ import annotations

from django.contrib import admin

from fysfinder.base.admin import ReadOnly
from fysfinder.topics.models import Synonym, Topic


class SynonymInline(ReadOnly, admin.TabularInline):
    model = Synonym
    extra = 0


@admin.register(Topic)
class TopicAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name_da", "slug", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name_da", "name_en", "slug", "synonyms__text"]
    inlines = [SynonymInline]
