"""The clinic itself: one row, with plain facts as columns. None means unknown everywhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fysfinder.places.models import Postcode


class Precision(models.TextChoices):
    EXACT = "exact", _("Præcis adresse")
    STREET = "street", _("Gaden")
    POSTCODE = "postcode", _("Postnummeret")


class Status(models.TextChoices):
    ACTIVE = "active", _("Åben")
    CLOSED = "closed", _("Lukket for altid")
    MERGED = "merged", _("Lagt sammen med en anden")


class ClinicQuerySet(models.QuerySet["Clinic"]):
    def published(self) -> ClinicQuerySet:
        """Those a visitor may find."""
        return self.filter(status=Status.ACTIVE)


class Clinic(models.Model):
    """A place where physiotherapy is given. Provenance of each field lies in Fact, keyed by the attribute's name."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=100, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    street = models.CharField(max_length=160, blank=True)
    postcode = models.ForeignKey(Postcode, on_delete=models.PROTECT, related_name="clinics")
    lat = models.FloatField()
    lon = models.FloatField()
    precision = models.CharField(max_length=8, choices=Precision, default=Precision.POSTCODE)

    phone = models.CharField(max_length=16, blank=True)  # E.164: '+4586000014'
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True, max_length=300)
    booking_url = models.URLField(blank=True, max_length=300)

    cvr = models.CharField(max_length=8, blank=True)
    p_number = models.CharField(max_length=10, blank=True)
    sor_id = models.CharField(max_length=18, blank=True)
    ydernummer = models.CharField(max_length=6, blank=True)

    agreement = models.BooleanField(null=True)  # has ydernummer: treats under the agreement with the regions
    vederlagsfri = models.BooleanField(null=True)  # offers vederlagsfri fysioterapi (speciale 62)
    home_visits = models.BooleanField(null=True)
    group_classes = models.BooleanField(null=True)
    online = models.BooleanField(null=True)
    home_training = models.BooleanField(null=True)  # gives exercise programmes for home
    parking = models.BooleanField(null=True)
    parking_note = models.CharField(max_length=120, blank=True)
    disabled_parking = models.BooleanField(null=True)
    step_free = models.BooleanField(null=True)
    step_height_cm = models.PositiveSmallIntegerField(null=True, blank=True)
    door_width_cm = models.PositiveSmallIntegerField(null=True, blank=True)
    lift = models.BooleanField(null=True)
    accessible_toilet = models.BooleanField(null=True)
    therapist_count = models.PositiveSmallIntegerField(null=True, blank=True)
    by_appointment = models.BooleanField(null=True)  # no walk-in hours: call or book first
    languages = models.JSONField(null=True, blank=True)  # ISO 639-1 codes, see attributes.LANGUAGES; None: unknown
    insurers = models.JSONField(null=True, blank=True)  # slugs, see attributes.INSURERS; None: unknown
    about = models.TextField(blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = ClinicQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("klinik"), _("klinikker")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["lat", "lon"], name="clinic_by_point"),  # who is near, on every clinic's page
            models.Index(fields=["cvr"], name="clinic_by_cvr"),  # the company's other clinics
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("clinic", args=[self.slug])


class ClinicSlug(models.Model):
    """An old slug, answered with 301 to the clinic's present one. Never given to another clinic."""

    slug = models.SlugField(max_length=100, unique=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="old_slugs")


class DirectoryVersion(models.Model):
    """One row (pk 1). Bumped inside every clinics.actions transaction; search columns follow it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
