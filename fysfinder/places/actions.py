"""Writing the gazetteer: the committed files in data/places are the source, the tables a projection of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Model

from fysfinder.changes.actions import EVERYTHING, record_change
from fysfinder.places import files
from fysfinder.places.models import Alias, City, Municipality, Postcode, Region
from fysfinder.places.queries import reset_gazetteer

PLACES = "places"  # the tag of loaded places: processes read theirs again (config/following.py)


@dataclass(frozen=True)
class LoadedPlaces:
    """How many rows of each kind the tables hold afterwards."""

    regions: int
    municipalities: int
    postcodes: int
    cities: int
    aliases: int


def load_places(*, directory: Path) -> LoadedPlaces:
    """Make the tables say what the files say. All or nothing; a second run changes nothing."""
    regions = [files.region(row) for row in files.rows(directory / "regions.csv")]
    municipalities = [files.municipality(row) for row in files.rows(directory / "municipalities.csv")]
    postcodes = [files.postcode(row) for row in files.rows(directory / "postcodes.csv")]
    cities = [files.city(row, postcodes) for row in files.rows(directory / "cities.csv")]
    aliases = [files.alias(row) for row in files.rows(directory / "aliases.csv")]
    with transaction.atomic():
        # Successors are named later in the file, so the rows come first and the links after them.
        _upsert(Region, [_without_successor(region) for region in regions], "code")
        _upsert(Region, regions, "code")
        _upsert(Municipality, municipalities, "code")
        _upsert(Postcode, postcodes, "code")
        _upsert(City, [city for city, _ in cities], "slug")
        _upsert(Alias, aliases, "name")
        _link_postcodes(cities)
        # A city or alias may go; a postcode, municipality or region that clinics may stand in never does.
        City.objects.exclude(slug__in=[city.slug for city, _ in cities]).delete()
        Alias.objects.exclude(name__in=[alias.name for alias in aliases]).delete()
        record_change(tags=[EVERYTHING, PLACES])
        transaction.on_commit(reset_gazetteer)
    reset_gazetteer()
    return LoadedPlaces(len(regions), len(municipalities), len(postcodes), len(cities), len(aliases))


def _without_successor(region: Region) -> Region:
    return Region(code=region.code, name=region.name, valid_from=region.valid_from, valid_to=region.valid_to)


def _upsert(
    model: type[Model], rows: list[Region] | list[Municipality] | list[Postcode] | list[City] | list[Alias], key: str
) -> None:
    fields = [field.name for field in model._meta.concrete_fields if field.name != key and not field.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def _link_postcodes(cities: list[tuple[City, list[str]]]) -> None:
    through = City.postcodes.through
    ids = dict(City.objects.values_list("slug", "pk"))
    wanted = {(ids[city.slug], code) for city, codes in cities for code in codes}
    present = {(city, code): pk for pk, city, code in through.objects.values_list("pk", "city_id", "postcode_id")}
    through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
    through.objects.bulk_create(
        [through(city_id=city, postcode_id=code) for city, code in sorted(wanted - present.keys())]
    )
