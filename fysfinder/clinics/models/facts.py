"""Where a fact comes from, and what visitors say is wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.models.clinic import Clinic


class How(models.TextChoices):
    REGISTER = "register", _("register")
    OWNER = "owner", _("klinikken")
    EDITOR = "editor", _("redaktionen")
    IMPORT = "import", _("import")
    VISITOR = "visitor", _("besøgendes oplysning, tjekket")
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


class PastFact(models.Model):
    """What a fact said before: kept when another value took its place, with who had said it and who replaced it."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="past_facts")
    name = models.CharField(max_length=40)
    value = models.JSONField()  # as clinics/ledger.py writes it
    source = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=8, choices=How, blank=True)
    confirmed_on = models.DateField(null=True)
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.CharField(max_length=120)  # the source of the word that took its place

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["clinic", "name"], name="past_fact_by_name")]


class Report(models.Model):
    """A visitor's 'noget forkert?'. Kept without name, address or IP; deleted after a year, answered or not.

    One of the staff takes it for an hour at a time, and ends it: as a fact, or with the reason why not.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("ikke afgjort")
        FACT = "fact", _("blev til en oplysning")
        REJECTED = "rejected", _("afvist")

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="reports")
    fact = models.CharField(max_length=40, blank=True)
    message = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default=Outcome.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("besked fra besøgende"), _("beskeder fra besøgende")
        ordering = ["is_closed", "-created_at"]
