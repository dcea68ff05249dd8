"""The gazetteer: every place a visitor can name, and how what they type becomes one.

A place has exactly one slug:

    danmark                         the country
    region-midtjylland              a region; region-oestdanmark answers already before it begins
    aarhus-kommune                  a municipality, under its official name (koebenhavns-kommune)
    aarhus, noerrebro, bornholm     an area people say: a city over its postcodes, a district, an island
    aarhus-c, koebenhavn-oe, skagen a postal name, over all postcodes that carry it (København K has 232)

A postcode is no place of its own: "2100" is another way to say koebenhavn-oe, and get_place("2100") answers that place,
whose slug is the canonical one to redirect to. Where a postal name is also an area's name (Frederiksberg, Valby,
Esbjerg, Vejle) they are one place, the area. A district stays apart from the postal name it lies in: "København Ø" is
the address (postcode 2100, "i København Ø"), "Østerbro" is what people say ("på Østerbro"), so both have a page.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rapidfuzz import fuzz, process

from fysfinder.base.geo import distances_km, unit_vectors
from fysfinder.base.text import fold, slugify
from fysfinder.places.names import NameIndex, in_full

# How much a kind weighs when we do not know how many live there: what a visitor most likely means comes first.
WEIGHT = {
    "country": 10_000_000,
    "city": 100_000,
    "region": 60_000,
    "district": 20_000,
    "island": 20_000,
    "municipality": 1_000,
    "town": 500,
    "postcode": 400,
}
# Ten times as many people: then a name means the larger place, and the smaller is found by its longer name.
DOMINANCE = 10
MAX_TEXT = 100
MAX_CHOICES = 8
MAX_NEAR_KM = 50
MAX_CODE_GAP = 60
_CODE = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a visitor can look. municipality and region are slugs, empty when it lies in several."""

    slug: str
    name: str
    kind: str  # country, region, municipality, city, district, island, town, postcode
    lat: float
    lon: float
    radius_km: float | None  # the usual search radius; None: all inside, by membership of postcodes
    preposition: str
    postcodes: frozenset[str]
    municipality: str = ""
    region: str = ""
    population: int = 0

    @property
    def phrase(self) -> str:
        """'i Aarhus C', 'på Amager', 'i hele Danmark'."""
        if self.kind == "country":
            return _("i hele Danmark")
        if self.kind == "island":  # English says 'on Bornholm' but 'in Nørrebro'
            return pgettext("island", "på %(place)s") % {"place": self.name}
        pattern = _("på %(place)s") if self.preposition == "på" else _("i %(place)s")
        return pattern % {"place": self.name}

    @property
    def postcode_range(self) -> str:
        """'2100', '1050–1473', or '' for what is larger than a city."""
        if not self.postcodes or self.kind in {"country", "region", "municipality"}:
            return ""
        first, last = min(self.postcodes), max(self.postcodes)
        return first if first == last else f"{first}–{last}"

    @property
    def weight(self) -> int:
        return max(self.population, WEIGHT[self.kind])


@dataclass(frozen=True, slots=True)
class PostcodePoint:
    """One postcode: where it lies and the slugs of what it lies in."""

    code: str
    name: str
    lat: float
    lon: float
    place: str
    municipality: str
    region: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means: one place, or the places to choose from, or neither."""

    place: Place | None = None
    choices: tuple[Place, ...] = ()


class Gazetteer:
    """All places of one moment, held in memory. Built by queries.gazetteer()."""

    def __init__(
        self,
        places: Mapping[str, Place],
        postcodes: Mapping[str, PostcodePoint],
        aliases: Iterable[tuple[str, str]] = (),
        current_regions: tuple[Place, ...] = (),
        good_until: dt.date | None = None,
    ) -> None:
        self.places = places
        self.postcodes = postcodes
        self._codes = sorted(self.postcodes)
        self.current_regions = current_regions
        self.good_until = good_until  # the last day before a region begins or ends
        self._index = NameIndex(((place.slug, place.name) for place in places.values()), aliases)
        self._points = list(postcodes.values())
        self._point_vectors = unit_vectors([p.lat for p in self._points], [p.lon for p in self._points])
        self._towns = _towns_to_link(places.values())
        self._town_vectors = unit_vectors([t.lat for t in self._towns], [t.lon for t in self._towns])
        self._containing: dict[str, list[Place]] = {}
        for place in places.values():
            for code in place.postcodes:
                self._containing.setdefault(code, []).append(place)

    def get_place(self, slug: str) -> Place | None:
        """The place of a slug, or of a postcode ("2100"): compare .slug to know whether to redirect."""
        if place := self.places.get(slug):
            return place
        point = self.postcodes.get(slug)
        return self.places[point.place] if point else None

    def places_of_postcode(self, code: str) -> tuple[Place, ...]:
        """Every place that holds this postcode, the country included."""
        return tuple(self._containing.get(code, ()))

    def resolve(self, text: str) -> Resolution:
        """What the visitor means by "8000 aarhus", "kbh n", "Nykøbing". Never raises, whatever the text."""
        words = fold(text[:MAX_TEXT])
        if code := _CODE.search(words):
            found = self._by_code(code[1])
            words = " ".join(words.replace(code[1], " ").split())
            if found.place or not words:
                return found
        words = in_full(words)
        if not words:
            return Resolution()
        for slugs in self._index.tiers(words):
            if slugs:
                return _decide(self.places[slug] for slug in slugs)
        return Resolution(choices=tuple(self.places[slug] for slug in self._index.similar(words, MAX_CHOICES)))

    def named(self, text: str) -> Resolution:
        """Like resolve, for words out of a sentence: only whole names and postcodes, nothing begun or misspelt."""
        words = in_full(fold(text[:MAX_TEXT]))
        code = _CODE.search(words)
        name = " ".join(words.replace(code[1], " ").split()) if code else words
        exact, loosely, without_qualifier = islice(self._index.tiers(name), 3)
        slugs = exact or loosely or without_qualifier
        if code and (slugs or not name):
            return self._by_code(code[1])
        return _decide(self.places[slug] for slug in slugs) if slugs else Resolution()

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Place, ...]:
        """Places whose name, alias or postcode begins like this: the exact name first, then the largest."""
        words = in_full(fold(prefix[:MAX_TEXT]))
        if not words:
            return ()
        if words[0].isdigit():
            code = words.split()[0]
            strict = slugs = {point.place for point in self._points if point.code.startswith(code)}
        else:
            strict, slugs = self._index.starting_with(words), self._index.starting_loosely_with(words)
        exact = self._index.exactly(words)
        order = sorted(slugs | strict, key=lambda s: (s not in exact, s not in strict, -self.places[s].weight, s))
        return tuple(self.places[slug] for slug in order[:limit])

    def nearest_slugs(self, text: str, n: int = 5) -> tuple[str, ...]:
        """The slugs spelt most like this text: what a 404 page offers."""
        wanted = slugify(text[:MAX_TEXT])
        if not wanted:
            return ()
        hits = process.extract(wanted, list(self.places), scorer=fuzz.ratio, limit=n, score_cutoff=55)
        return tuple(slug for slug, _score, _position in hits)

    def nearest_codes(self, code: str, n: int = 3) -> tuple[Place, ...]:
        """The places whose postcodes are nearest to a number that is none."""
        near = sorted(self.postcodes, key=lambda known: (abs(int(known) - int(code)), known))
        slugs = dict.fromkeys(self.postcodes[known].place for known in near[: 10 * n])
        return tuple(self.places[slug] for slug in slugs)[:n]

    def nearest_place(self, lat: float, lon: float) -> Place | None:
        """The postal name around a point ("near me"), None when the point is further than 50 km from Denmark."""
        if not self._points or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        distances = distances_km(lat, lon, self._point_vectors)
        nearest = int(np.argmin(distances))
        return self.places[self._points[nearest].place] if distances[nearest] <= MAX_NEAR_KM else None

    def neighbours(self, place: Place, n: int = 6) -> tuple[Place, ...]:
        """Towns to link to: the largest inside what is wide, the nearest outside a town, city or small island."""
        if place.kind in {"country", "region", "municipality", "island"}:
            inside = [t for t in self._towns if t.postcodes <= place.postcodes and t.kind != "district"]
            if inside:
                return tuple(sorted(inside, key=lambda town: (-town.weight, town.slug))[:n])
        order = np.argsort(distances_km(place.lat, place.lon, self._town_vectors), kind="stable")
        near = (self._towns[int(i)] for i in order)
        return tuple([town for town in near if not _overlaps(place, town)][:n])

    def _by_code(self, code: str) -> Resolution:
        """A code of the table, or a box or firm's code that lies between two of one place (1240 København K)."""
        if point := self.postcodes.get(code):
            return Resolution(self.places[point.place])
        at = bisect_left(self._codes, code)
        lower, upper = self._codes[:at][-1:], self._codes[at : at + 1]
        around = {self.postcodes[near].place: None for near in (*lower, *upper)}
        if not lower or not upper:  # 1001 is København K; 0900 and 9999 are nowhere
            around = around if upper and int(upper[0]) - int(code) <= MAX_CODE_GAP else {}
        places = tuple(self.places[slug] for slug in around)
        return Resolution(places[0]) if len(places) == 1 else Resolution(choices=places)


def _decide(places: Iterable[Place]) -> Resolution:
    """One place when a name has one bearer, or one that dwarfs the others; else the choices, largest first."""
    ranked = sorted(places, key=lambda place: (-place.weight, place.slug))
    if len(ranked) == 1 or ranked[0].weight >= DOMINANCE * ranked[1].weight:
        return Resolution(ranked[0])
    return Resolution(choices=tuple(ranked[:MAX_CHOICES]))


def _towns_to_link(places: Iterable[Place]) -> list[Place]:
    """Towns, cities, districts; of a district and the postal name over the same postcodes only the district."""
    towns = [place for place in places if place.kind in {"city", "town", "district", "postcode"}]
    spoken = {place.postcodes for place in towns if place.kind in {"city", "district"}}
    return [place for place in towns if place.kind != "postcode" or place.postcodes not in spoken]


def _overlaps(place: Place, town: Place) -> bool:
    """Is the town the place itself, a part of it, or the same area under another name?"""
    if place.slug == town.slug or place.postcodes == town.postcodes:
        return True
    return place.kind in {"city", "island"} and town.postcodes <= place.postcodes
