"""WHAT WE EXPLAIN: articles, a projection of the files in content/."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.topics.models import Topic


class Article(models.Model):
    """One published page. The file is the source; actions.publish_article replaces the row."""

    kind = models.CharField(max_length=20)  # encyclopedia/kinds.py
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    meta_title = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=400, blank=True)
    summary_en = models.TextField(blank=True)
    author = models.CharField(max_length=120, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    about = models.ManyToManyField(Topic, blank=True, related_name="pages")  # the topic and every other one it serves
    synonyms = models.JSONField(default=list)
    related = models.JSONField(default=list)  # slugs
    sources = models.JSONField(default=list)  # [{title, publisher, url, year, seen}]
    lead_html = models.TextField(blank=True)
    key_points = models.JSONField(default=list)  # 'Kort fortalt': [[question, answer], …]
    sections = models.JSONField(default=list)  # [{id, level, title, html, text}] in order
    faq = models.JSONField(default=list)  # [{id, q, a_html, a}]
    details = models.JSONField(default=dict)  # details.py: what only some kinds have
    words = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=300)
    text_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="slug_once_per_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def changed_on(self) -> dt.date | None:
        """The last day we know something of the text changed."""
        return self.updated_on or self.published_on

    @property
    def url_name(self) -> str:
        return get_kind(self.kind).url_name

    @property
    def toc(self) -> list[dict[str, Any]]:
        """The sections of the first level: [{id, title}] for 'På denne side'."""
        return [{"id": section["id"], "title": section["title"]} for section in self.sections if section["level"] == 2]


class RemovedArticle(models.Model):
    """An address that held an article and does no longer: it answers 410 until a file brings it back."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="removed_once_per_kind")]

    def __str__(self) -> str:
        return self.title
