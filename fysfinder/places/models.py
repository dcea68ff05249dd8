"""WHERE: regions, municipalities, postcodes, the names people use for areas, and their aliases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # The region that takes over its municipalities on the day after valid_to.
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        verbose_name, verbose_name_plural = _("region"), _("regioner")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")

    class Meta:
        verbose_name, verbose_name_plural = _("kommune"), _("kommuner")

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    lat = models.FloatField()
    lon = models.FloatField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="postcodes")

    class Meta:
        verbose_name, verbose_name_plural = _("postnummer"), _("postnumre")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class City(models.Model):
    """A name people say for an area: a town, a city over many postcodes, a district, an island."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    preposition = models.CharField(max_length=2, default="i")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    postcodes = models.ManyToManyField(Postcode, related_name="cities")

    class Meta:
        verbose_name, verbose_name_plural = _("by eller bydel"), _("byer og bydele")

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    name = models.CharField(max_length=60, unique=True)
    target_slug = models.CharField(max_length=60)

    class Meta:
        verbose_name, verbose_name_plural = _("andet navn"), _("andre navne")

    def __str__(self) -> str:
        return self.name
