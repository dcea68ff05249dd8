"""WHAT IT COSTS BY LAW: the agreement's tariffs as dated rows, each with a source that was seen."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tariff(models.Model):
    """One service of one speciality from a date on. Amounts in øre; None where the source gives only a part."""

    speciality = models.PositiveSmallIntegerField()  # 51 almindelig, 62 vederlagsfri
    service = models.CharField(max_length=20)  # see actions.SERVICES
    full_ore = models.PositiveIntegerField(null=True, blank=True)
    public_ore = models.PositiveIntegerField(null=True, blank=True)
    patient_ore = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day of the period
    source = models.CharField(max_length=200)
    source_url = models.URLField(max_length=300, blank=True)
    seen_on = models.DateField()
    is_verified = models.BooleanField(default=False)  # seen at an authority, not at somebody who repeats it

    class Meta:
        verbose_name, verbose_name_plural = _("takst"), _("takster")
        ordering = ["speciality", "service", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["speciality", "service", "valid_from"], name="one_tariff_per_start")
        ]

    def __str__(self) -> str:
        return f"{self.speciality} {self.service} {self.valid_from}"
