"""Reading places: the process holds one gazetteer, built from the tables in a few queries."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import slugify
from fysfinder.places.gazetteer import Gazetteer, Place, PostcodePoint, Resolution
from fysfinder.places.models import Alias, City, Municipality, Postcode, Region

__all__ = ["Gazetteer", "Place", "PostcodePoint", "Resolution", "gazetteer", "reset_gazetteer"]

TOWN_RADIUS_KM = 10.0
DISTRICT_RADIUS_KM = 5.0
CITY_MARGIN_KM = 3.0
DENMARK = ("danmark", "Danmark", 56.0, 10.6)
# The letters of a postal district: København Ø, Aarhus C, Aalborg Øst.
_DISTRICT_LETTERS = frozenset({"c", "k", "m", "n", "nv", "noe", "oe", "oest", "s", "soe", "sv", "v"})

_held: Gazetteer | None = None


def gazetteer(today: dt.date | None = None) -> Gazetteer:
    """The places as they are today. Kept until reset_gazetteer, or until a region begins or ends."""
    global _held
    today = today or dt.datetime.now(timezone.get_default_timezone()).date()  # localdate() asks a lot for every word
    if _held is not None and (_held.good_until is None or today <= _held.good_until):
        return _held
    built = build_gazetteer(today)
    if built.postcodes:  # an empty table is not worth remembering: another process may be loading it
        _held = built
    return built


def reset_gazetteer() -> None:
    """Forget the gazetteer; the next question builds it again."""
    global _held
    _held = None


def build_gazetteer(today: dt.date) -> Gazetteer:
    """Six queries, whatever the number of places."""
    regions = {region.code: region for region in Region.objects.all()}
    municipalities = {m.code: m for m in Municipality.objects.all()}
    region_of = {code: _region_on(regions, m.region_id, today) for code, m in municipalities.items()}
    postcodes = list(Postcode.objects.order_by("code"))
    codes_of: dict[str, set[str]] = defaultdict(set)
    for postcode in postcodes:
        codes_of[postcode.municipality_id].add(postcode.code)
    points = {
        p.code: PostcodePoint(
            code=p.code,
            name=p.name,
            lat=p.lat,
            lon=p.lon,
            place=slugify(p.name),
            municipality=slugify(municipalities[p.municipality_id].name),
            region=slugify(region_of[p.municipality_id].name),
        )
        for p in postcodes
    }
    places = _areas(points, municipalities)
    for place in _postal_names(points, places):
        places[place.slug] = place
    for code, municipality in municipalities.items():
        wide = _wide(municipality.name, "municipality", codes_of[code], points, slugify(region_of[code].name))
        places.setdefault(wide.slug, wide)
    for region in regions.values():
        inside = {c for code in _municipalities_of(region, municipalities.values(), regions) for c in codes_of[code]}
        place = _wide(region.name, "region", inside, points, slugify(region.name))
        places[place.slug] = place
    slug, name, lat, lon = DENMARK
    places[slug] = Place(slug, name, "country", lat, lon, None, "i", frozenset(points))
    current = sorted({slugify(region.name) for region in region_of.values()})
    return Gazetteer(
        places=places,
        postcodes=points,
        aliases=Alias.objects.order_by("pk").values_list("name", "target_slug"),
        current_regions=tuple(places[slug] for slug in current),
        good_until=min((r.valid_to for r in regions.values() if r.valid_to and r.valid_to >= today), default=None),
    )


def _region_on(regions: dict[str, Region], code: str, today: dt.date) -> Region:
    """The region itself, or the one that has taken over by today."""
    region = regions[code]
    while region.valid_to and region.valid_to < today and region.successor_id:
        region = regions[region.successor_id]
    return region


def _municipalities_of(region: Region, municipalities: Iterable[Municipality], regions: dict[str, Region]) -> list[str]:
    return [m.code for m in municipalities if region.code in (m.region_id, regions[m.region_id].successor_id)]


def _areas(points: dict[str, PostcodePoint], municipalities: dict[str, Municipality]) -> dict[str, Place]:
    """Cities, districts, islands and towns of the City table. An area of a postal name's slug takes that name over."""
    codes_of: dict[int, set[str]] = defaultdict(set)
    for city_id, code in City.postcodes.through.objects.values_list("city_id", "postcode_id"):
        codes_of[city_id].add(code)
    areas = {}
    for city in City.objects.all():
        codes = codes_of[city.pk]
        own = municipalities.get(city.municipality_id or "")
        areas[city.slug] = Place(
            slug=city.slug,
            name=city.name,
            kind=city.kind,
            lat=city.lat,
            lon=city.lon,
            radius_km=_radius_km(city.kind, city.lat, city.lon, [points[code] for code in codes]),
            preposition=city.preposition,
            postcodes=frozenset(codes),
            municipality=slugify(own.name) if own else "",
            region=_shared(points[code].region for code in codes),
            population=city.population,
        )
    return areas


def _radius_km(kind: str, lat: float, lon: float, inside: list[PostcodePoint]) -> float | None:
    """Town 10, district 5, city as far as its postcodes and a little more; everything larger by membership."""
    if kind == "city":
        reach = max((haversine_km(lat, lon, point.lat, point.lon) for point in inside), default=0.0)
        return max(TOWN_RADIUS_KM, float(math.ceil(reach + CITY_MARGIN_KM)))
    return {"town": TOWN_RADIUS_KM, "postcode": TOWN_RADIUS_KM, "district": DISTRICT_RADIUS_KM}.get(kind)


def _postal_names(points: dict[str, PostcodePoint], areas: dict[str, Place]) -> list[Place]:
    """A place per postal name that is not already an area, over all postcodes of that name."""
    named: dict[str, list[PostcodePoint]] = defaultdict(list)
    for point in points.values():
        named[point.place].append(point)
    found = []
    for slug, members in named.items():
        if slug in areas:
            continue
        stem, _space, last = slug.rpartition("-")
        is_part = last in _DISTRICT_LETTERS and stem in areas
        lat, lon = _middle(members)
        found.append(
            Place(
                slug=slug,
                name=members[0].name,
                kind="postcode" if is_part else "town",
                lat=lat,
                lon=lon,
                radius_km=TOWN_RADIUS_KM,
                preposition=areas[stem].preposition if is_part else "i",
                postcodes=frozenset(point.code for point in members),
                municipality=_shared(point.municipality for point in members),
                region=_shared(point.region for point in members),
            )
        )
    return found


def _wide(name: str, kind: str, codes: set[str], points: dict[str, PostcodePoint], region: str) -> Place:
    """A municipality or a region: everything inside, by membership."""
    lat, lon = _middle([points[code] for code in codes]) if codes else DENMARK[2:]
    slug = slugify(name)
    municipality = slug if kind == "municipality" else ""
    return Place(slug, name, kind, lat, lon, None, "i", frozenset(codes), municipality, region)


def _middle(members: list[PostcodePoint]) -> tuple[float, float]:
    return (
        math.fsum(point.lat for point in members) / len(members),
        math.fsum(point.lon for point in members) / len(members),
    )


def _shared(slugs: Iterable[str]) -> str:
    """The one slug they all have, or ''."""
    different = set(slugs)
    return different.pop() if len(different) == 1 else ""
