"""What staff look after: clinics listed twice, merges that can be undone, and what the nightly checks found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.models.clinic import Clinic


class SameOrNot(models.Model):
    """Whether two are one clinic, for a person to say. The answer is remembered, and they are not asked about again."""

    class Answer(models.TextChoices):
        OPEN = "", _("ikke besvaret")
        SAME = "same", _("samme klinik")
        DIFFERENT = "different", _("ikke samme klinik")

    score = models.FloatField()
    reasons = models.JSONField(default=list)
    answer = models.CharField(_("svar"), max_length=9, choices=Answer, blank=True, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True


class Twins(SameOrNot):
    """Two of our clinics that may be one."""

    first = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")  # the one with the lower id
    second = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("mulig dublet"), _("mulige dubletter")
        ordering = ["answer", "-score", "pk"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_question_per_pair")]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class Merge(models.Model):
    """One clinic put into another: the facts the other took over, as they were and as they became."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)  # fact → clinics/ledger.py state of `into`
    after = models.JSONField(default=dict)
    status_before = models.CharField(max_length=8)
    past_ids = models.JSONField(default=list)  # the PastFact rows the merge made
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("sammenlægning"), _("sammenlægninger")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.clinic} → {self.into}"


class Finding(models.Model):
    """Something about a clinic that cannot be right, found by check_clinics; it changes no fact by itself."""

    class Kind(models.TextChoices):
        DEAD_LINK = "dead_link", _("Linket svarer ikke")
        IMPOSSIBLE = "impossible", _("Umulig værdi")
        FAR_AWAY = "far_away", _("Ligger et andet sted")

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind)
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    first_seen = models.DateField()
    last_seen = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)  # days on which it was seen
    is_dismissed = models.BooleanField(default=False)  # staff have looked: it is right as it is

    class Meta:
        verbose_name, verbose_name_plural = _("fund ved tjek"), _("fund ved tjek")
        ordering = ["is_dismissed", "kind", "-times", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clinic", "kind", "fact", "value"], name="one_finding_per_value")
        ]

    def __str__(self) -> str:
        return f"{self.clinic}: {self.reason}"
