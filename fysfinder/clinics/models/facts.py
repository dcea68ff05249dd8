"""Where a fact comes from, and what visitors say is wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.models.clinic import Clinic


class How(models.TextChoices):
    REGISTER = "register", _("register")
    OWNER = "owner", _("klinikken")
    EDITOR = "editor", _("redaktionen")
    IMPORT = "import", _("import")
    DEMO = "demo", _("demodata")


class Fact(models.Model):
    """Provenance of one public fact of one clinic: who said it, how, and when it was last confirmed."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=40)  # an attribute's name (clinics/attributes.py), 'hours', 'prices', 'topics' …
    source = models.CharField(max_length=120)
    how = models.CharField(max_length=8, choices=How)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "name"], name="one_provenance_per_fact")]


class Report(models.Model):
    """A visitor's 'noget forkert?'. Kept without name, address or IP; staff close it and it is deleted after a year."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="reports")
    fact = models.CharField(max_length=40, blank=True)
    message = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["is_closed", "-created_at"]
