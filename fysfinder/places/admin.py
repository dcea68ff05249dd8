"""Staff look things up here; the files in data/places are where they are changed."""

from __future__ import annotations

from django.contrib import admin

from fysfinder.base.admin import ReadOnly
from fysfinder.places.models import Alias, City, Municipality, Postcode, Region


@admin.register(Region)
class RegionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "name", "valid_from", "valid_to", "successor"]


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "name", "region"]
    list_filter = ["region"]
    search_fields = ["code", "name"]


@admin.register(Postcode)
class PostcodeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["code", "name", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["code", "name"]


@admin.register(City)
class CityAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "slug", "kind", "population", "preposition"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["postcodes", "municipality"]


@admin.register(Alias)
class AliasAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "target_slug"]
    search_fields = ["name", "target_slug"]
