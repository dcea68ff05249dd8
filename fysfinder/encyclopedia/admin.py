"""Staff may look at what is published; the files are where it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from fysfinder.encyclopedia.models import Article

if TYPE_CHECKING:
    ArticleModelAdmin = admin.ModelAdmin[Article]
else:
    ArticleModelAdmin = admin.ModelAdmin


@admin.register(Article)
class ArticleAdmin(ArticleModelAdmin):
    list_display = ["title", "kind", "slug", "updated_on", "reviewed_on", "next_review_on", "words"]
    list_filter = ["kind", "next_review_on"]
    search_fields = ["title", "slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False
