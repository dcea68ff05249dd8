"""What has changed, in the order it was committed: one number, and a row of tags for each."""

from __future__ import annotations

from django.db import models


class Latest(models.Model):
    """One row (pk 1). Moving it on locks it until the transaction ends, so numbers follow the order of commits."""

    number = models.PositiveBigIntegerField(default=0)


class Change(models.Model):
    """One write: the tags of all it touched, separated by blanks."""

    number = models.PositiveBigIntegerField(primary_key=True)
    tags = models.TextField()
    changed_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.tags[:80]}"
