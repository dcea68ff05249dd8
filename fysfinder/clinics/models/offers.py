"""What a clinic offers: topics, prices, waiting times, people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.models.clinic import Clinic
from fysfinder.topics.models import Topic


class Service(models.TextChoices):
    FIRST = "first", _("Første konsultation")
    FOLLOW_UP = "follow_up", _("Opfølgende behandling")
    SHORT = "short", _("Kort behandling")
    GROUP = "group", _("Holdtræning, pr. gang")
    HOME_VISIT = "home_visit", _("Hjemmebesøg")
    ONLINE = "online", _("Online konsultation")
    EXTRA = "extra", _("Tillæg for behandling")


class Price(models.Model):
    """A price in øre; a range has high_ore. For EXTRA, topic says which treatment is paid on top of the visit."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="prices")
    service = models.CharField(max_length=10, choices=Service)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE)
    low_ore = models.PositiveIntegerField()
    high_ore = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # An agreement clinic's list often gives the full tariff; then the patient's share with referral is lower.
    is_agreement_tariff = models.BooleanField(default=False)
    source = models.CharField(max_length=120)
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["service", "low_ore", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(high_ore__gte=models.F("low_ore")), name="price_range_in_order")
        ]


class WaitKind(models.TextChoices):
    GENERAL = "general", _("Almindelig fysioterapi")
    VEDERLAGSFRI = "vederlagsfri", _("Vederlagsfri fysioterapi")


class WaitingTime(models.Model):
    """Days until the next free time. Without a date it would be unknown, so the date is required."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="waiting_times")
    kind = models.CharField(max_length=12, choices=WaitKind, default=WaitKind.GENERAL)
    waiting_days = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "kind"], name="one_wait_per_kind")]


class ClinicTopic(models.Model):
    """The clinic says it offers this treatment or treats this condition."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="clinic_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="clinic_topics")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "topic"], name="topic_once_per_clinic")]


class TeamMember(models.Model):
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="team")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    authorisation_id = models.CharField(max_length=5, blank=True)  # stps.dk: five digits, consonants or Y

    class Meta:
        ordering = ["pk"]
