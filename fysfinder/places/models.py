"""WHERE: regions, municipalities, postcodes, the names people use for areas, and their aliases."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    # The region that takes over its municipalities on the day after valid_to.
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    lat = models.FloatField()
    lon = models.FloatField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="postcodes")

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

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    name = models.CharField(max_length=60, unique=True)
    target_slug = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name
