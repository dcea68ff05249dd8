"""Opening hours as rows: minutes since midnight, Europe/Copenhagen local time."""

from __future__ import annotations

from django.db import models

from fysfinder.clinics.models.clinic import Clinic


class OpeningHours(models.Model):
    """One open interval of a weekday. A weekday that is known closed has one row with opens=closes=None.

    A weekday without any row is unknown.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()  # 0 Monday … 6 Sunday
    opens = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes since midnight
    closes = models.PositiveSmallIntegerField(null=True, blank=True)  # up to 1440
    by_appointment = models.BooleanField(default=False)  # 'Efter aftale' on this day

    class Meta:
        ordering = ["weekday", "opens"]


class OpeningException(models.Model):
    """A date range with other hours than the week's: closed, or one interval."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_exceptions")
    first_day = models.DateField()
    last_day = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True, blank=True)
    closes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["first_day"]
