"""WHERE FACTS COME FROM: runs and the raw rows they read, kept as they came."""

from __future__ import annotations

from django.db import models

from fysfinder.clinics.models import Clinic


class ImportRun(models.Model):
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    started_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)


class SourceRow(models.Model):
    """A raw row by (source, source_id), the clinic it became and what of it could not be read."""

    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=200)
    raw = models.JSONField()
    problems = models.JSONField(default=list)  # [{row, column, value, message}]
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.SET_NULL, related_name="source_rows")
    last_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="one_row_per_source_id")]
