"""Opening hours as rows: minutes since midnight, Europe/Copenhagen local time."""

from __future__ import annotations

from django.db import models

from fysfinder.clinics.models.clinic import Clinic


class OpeningHours(models.Model):
    """One open interval of a weekday. A weekday that is known closed has one row with opens=closes=None.

    A weekday without any row is unknown. 7 are the public holidays and 8 the customary closed days (danish_days.py):
    closed, open in an interval, or as_usual, which is as on the weekday they fall on.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()  # 0 Monday … 6 Sunday, 7 and 8 as above
    opens = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes since midnight
    closes = models.PositiveSmallIntegerField(null=True, blank=True)  # up to 1440
    by_appointment = models.BooleanField(default=False)  # 'Efter aftale' on this day
    as_usual = models.BooleanField(default=False)

    class Meta:
        ordering = ["weekday", "opens"]


class OpeningException(models.Model):
    """A date range with other hours than the week's: closed, or one interval.

    A season has a row (or more) for each of its weekdays; weekdays it does not name are as usual. What is_yearly
    comes on the days and months of its dates every year.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_exceptions")
    first_day = models.DateField()
    last_day = models.DateField()
    opens = models.PositiveSmallIntegerField(null=True, blank=True)
    closes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=80, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # None: every day of the range
    is_yearly = models.BooleanField(default=False)

    class Meta:
        ordering = ["first_day"]
