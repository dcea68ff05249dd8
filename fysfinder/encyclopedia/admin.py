"""Staff may look at what is published; the files are where it is changed."""

from __future__ import annotations

from django.contrib import admin

from fysfinder.base.admin import ReadOnly
from fysfinder.encyclopedia.models import Article


@admin.register(Article)
class ArticleAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["title", "kind", "slug", "updated_on", "reviewed_on", "next_review_on", "words"]
    list_filter = ["kind", "next_review_on"]
    search_fields = ["title", "slug"]
