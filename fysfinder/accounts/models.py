"""WHO: staff and, later, owners. Visitors have no account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who may log in. Django's own fields; the model is ours so that it can grow."""


class Bucket(models.Model):
    """How much of a limit one caller has left (limits.py). The key is a hash; the moment is in seconds since 1970."""

    key = models.CharField(max_length=32, primary_key=True)
    full_at = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.key


class AuditEntry(models.Model):
    """A row of the audit log (audit.py). Added, never changed or deleted: the database refuses it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    verb = models.CharField(_("handling"), max_length=60)
    what = models.CharField(max_length=200, blank=True)
    fields = models.CharField(max_length=1000, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("linje i loggen"), _("linjer i loggen")

    def __str__(self) -> str:
        return f"{self.number}: {self.who} {self.verb} {self.what}"
