"""WHERE FACTS COME FROM: runs and the raw rows they read, kept as they came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.care import SameOrNot


class ImportRun(models.Model):
    """A file on its way in. At most one run is open; a run that was killed stays open until resumed or undone."""

    source = models.CharField(_("kilde"), max_length=40)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)  # rows of the file that are applied, whole batches
    options = models.JSONField(default=dict)  # what a resumed run must know: path, mapping
    worker = models.CharField(max_length=120, blank=True)  # host:process:start, who has it open
    beat_at = models.DateTimeField(null=True, blank=True)  # its latest batch

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("importer")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["is_open"], condition=models.Q(is_open=True), name="one_open_run")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"


class SourceRow(models.Model):
    """A raw row by (source, source_id), the clinic it became and what of it could not be read."""

    source = models.CharField(_("kilde"), max_length=40)
    source_id = models.CharField(max_length=200)
    raw = models.JSONField()
    problems = models.JSONField(default=list)  # [{row, column, value, message}]
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.SET_NULL, related_name="source_rows")
    last_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")

    class Meta:
        verbose_name, verbose_name_plural = _("kilderække"), _("kilderækker")
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_row_per_source_id")]


class RunChange(models.Model):
    """What a run did to one clinic or one kept row: only what differs, so that the run can be taken back."""

    class Table(models.TextChoices):
        CLINIC = "clinic"
        ROW = "row"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    table = models.CharField(max_length=6, choices=Table)
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)  # null: the run made it
    after = models.JSONField()
    past_ids = models.JSONField(default=list)  # the PastFact rows it made of the clinic

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "object_id"])]


class MatchQuestion(SameOrNot):
    """A row that may be about a clinic."""

    source = models.CharField(_("kilde"), max_length=40)
    source_id = models.CharField(max_length=200)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="match_questions")
    raw = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("spørgsmål om en række"), _("spørgsmål om rækker")
        ordering = ["answer", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id", "clinic"], name="one_question_per_row_and_clinic")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} = {self.clinic}?"
