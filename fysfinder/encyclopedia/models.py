"""WHAT WE EXPLAIN: articles, a projection of the files in content/."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.topics.models import Topic

WORDS_A_MINUTE = 200


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
    similar = models.JSONField(default=list)  # [[kind, slug], …], at most three: similarity.py, written by load_content
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
        verbose_name, verbose_name_plural = _("side i leksikonet"), _("sider i leksikonet")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="slug_once_per_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def changed_on(self) -> dt.date | None:
        """The last day we know something of the text changed."""
        return self.updated_on or self.published_on

    @property
    def title_en(self) -> str:
        """The English name in the file; '' when it has none (shelf.py knows the topic's)."""
        return str(self.details.get("title_en", ""))

    @property
    def url_name(self) -> str:
        return get_kind(self.kind).url_name

    @property
    def reading_minutes(self) -> int:
        """At 200 words a minute, a quiet adult pace; never 0."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    @property
    def toc(self) -> list[dict[str, Any]]:
        """The sections of the first level: [{id, title}] for 'På denne side'."""
        return [{"id": section["id"], "title": section["title"]} for section in self.sections if section["level"] == 2]


class LoadedDirectory(models.Model):
    """What the last load of a directory saw and said: the same again needs no reading."""

    directory = models.CharField(max_length=500, unique=True)
    fingerprint = models.CharField(max_length=64)  # of files, code, topics and rows, after the load
    report = models.JSONField(default=dict)  # actions.Report

    def __str__(self) -> str:
        return self.directory


class FileReading(models.Model):
    """What reading one file of a directory gave: the next load takes it from here while the file is the same."""

    directory = models.CharField(max_length=500)
    file = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)  # readings.py
    draft = models.JSONField(null=True)  # draft.ArticleDraft; null: the file has errors
    problems = models.JSONField(default=list)  # [draft.Problem as a list, …]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directory", "file"], name="file_is_read_once")]

    def __str__(self) -> str:
        return self.file


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


class Review(models.Model):
    """An invitation to sign one article, and once it is used the signature: who read which text, and when.

    The token is only kept as a hash. The signature counts while text_hash is that of the article (review.py).
    """

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=120)  # the person invited; shown on the page once signed
    profession = models.CharField(max_length=120, blank=True)
    authorisation_id = models.CharField(max_length=5, blank=True)  # for staff to look up; not shown to visitors
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # forms sent that could not be read
    signed_at = models.DateTimeField(null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)  # what was signed, as plain text
    next_review_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # the link or the signature; it never comes back

    class Meta:
        verbose_name, verbose_name_plural = _("gennemgang"), _("gennemgange")
        ordering = ["-invited_at", "-pk"]
        indexes = [models.Index(fields=["kind", "slug"], name="reviews_of_article")]

    def __str__(self) -> str:
        return f"{self.name}: {self.kind}/{self.slug}"


class PageVotes(models.Model):
    """'Var siden nyttig?': how many said yes and no about one page on one day. Nobody can be found in it."""

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    day = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("stemmer om en side"), _("stemmer om sider")
        ordering = ["-day", "kind", "slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug", "day"], name="votes_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} {self.day}"


class PageMessage(models.Model):
    """What a visitor wrote about a page: an error, or why it was (not) useful. Kept without name, address or IP."""

    class About(models.TextChoices):
        ERROR = "fejl", _("fejl på siden")
        USEFUL = "ja", _("siden var nyttig")
        NOT_USEFUL = "nej", _("siden var ikke nyttig")

    kind = models.CharField(max_length=20)
    slug = models.SlugField(max_length=100)
    about = models.CharField(max_length=4, choices=About)
    message = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("besked om en side"), _("beskeder om sider")
        ordering = ["is_closed", "-created_at"]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}: {self.message[:40]}"
