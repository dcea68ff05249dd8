"""The committed files: complete, on land, in the right region."""

from __future__ import annotations

import csv
import itertools
import json
import math
import statistics
from collections import defaultdict

import pytest
from django.conf import settings

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import slugify

DIRECTORY = settings.DATA_DIR / "places"
# Islands that the coarse outline leaves out or merges, and one in the Baltic: their own boxes instead.
SMALL_ISLANDS = {
    "4244": (55.18, 55.24, 11.16, 11.24),  # Agersø
    "4245": (55.14, 55.18, 11.13, 11.19),  # Omø
    "4305": (55.72, 55.80, 11.77, 11.86),  # Orø
    "4592": (55.85, 55.93, 11.07, 11.20),  # Sejerø
    "4793": (54.90, 54.95, 11.99, 12.10),  # Bogø
    "4942": (54.88, 54.91, 11.47, 11.53),  # Askø
    "4944": (54.92, 54.97, 11.37, 11.47),  # Fejø
    "4945": (54.95, 54.99, 11.49, 11.58),  # Femø
    "5601": (55.03, 55.06, 10.12, 10.18),  # Lyø
    "5602": (55.01, 55.06, 10.21, 10.33),  # Avernakø
    "5603": (55.05, 55.07, 10.23, 10.28),  # Bjørnø
    "5943": (54.88, 54.92, 10.58, 10.65),  # Strynø
    "5965": (54.92, 54.94, 10.49, 10.53),  # Birkholm
    "6210": (55.11, 55.14, 9.53, 9.58),  # Barsø
    "7790": (56.58, 56.75, 8.40, 8.65),  # Thyholm
    "7884": (56.80, 56.86, 8.94, 9.06),  # Fur
    "8789": (55.73, 55.79, 10.22, 10.34),  # Endelave
    "8799": (55.94, 55.97, 10.40, 10.47),  # Tunø
}
KNOWN_TOWNS = {
    # The towns' centres to a hundredth of a degree, written down apart from the files they check.
    "1050": (55.68, 12.58),
    "2100": (55.71, 12.57),
    "3000": (56.03, 12.61),
    "3700": (55.10, 14.71),
    "3770": (55.28, 14.80),
    "4000": (55.64, 12.08),
    "4800": (54.77, 11.88),
    "5000": (55.40, 10.39),
    "6400": (54.91, 9.79),
    "6700": (55.47, 8.45),
    "6857": (55.56, 8.13),
    "6950": (56.09, 8.24),
    "7680": (56.70, 8.21),
    "7700": (56.96, 8.69),
    "8000": (56.16, 10.21),
    "8500": (56.41, 10.88),
    "9000": (57.05, 9.92),
    "9800": (57.46, 9.98),
    "9990": (57.72, 10.58),
}


def read(name: str) -> list[dict[str, str]]:
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


POSTCODES = read("postcodes.csv")
MUNICIPALITIES = {row["code"]: row for row in read("municipalities.csv")}
CITIES = read("cities.csv")
OUTLINE = json.loads((DIRECTORY / "outline.json").read_text(encoding="utf-8"))


def km_outside(lat: float, lon: float, rings: list[list[list[float]]]) -> float:
    """0 inside any of the rings, else kilometres to the nearest edge."""
    scale = math.cos(math.radians(lat))
    best = math.inf
    for ring in rings:
        inside = False
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
            ax, ay = (x1 - lon) * scale * 111.2, (y1 - lat) * 111.2
            dx, dy = (x2 - x1) * scale * 111.2, (y2 - y1) * 111.2
            square = dx * dx + dy * dy
            along = max(0.0, min(1.0, -(ax * dx + ay * dy) / square)) if square else 0.0
            best = min(best, math.hypot(ax + along * dx, ay + along * dy))
        if inside:
            return 0.0
    return best


def test_every_postcode_stands_once_with_letters_intact():
    assert len(POSTCODES) == len({row["code"] for row in POSTCODES}) == 1089
    names = {row["code"]: row["name"] for row in POSTCODES}
    assert names["2100"] == "København Ø"
    assert names["5970"] == "Ærøskøbing"
    assert names["8250"] == "Egå"


def test_every_postcode_lies_on_the_land_of_its_region():
    in_the_sea = []
    for row in POSTCODES:
        lat, lon = float(row["lat"]), float(row["lon"])
        if box := SMALL_ISLANDS.get(row["code"]):
            south, north, west, east = box
            if not (south <= lat <= north and west <= lon <= east):
                in_the_sea.append(row)
        elif km_outside(lat, lon, OUTLINE[MUNICIPALITIES[row["municipality"]]["region"]]) > 1.2:
            in_the_sea.append(row)
    assert not in_the_sea


def test_every_postcode_lies_near_the_others_of_its_municipality():
    points = defaultdict(list)
    for row in POSTCODES:
        points[row["municipality"]].append((float(row["lat"]), float(row["lon"]), row["code"]))
    far = []
    for members in points.values():
        lat, lon = statistics.median(p[0] for p in members), statistics.median(p[1] for p in members)
        far += [code for p_lat, p_lon, code in members if haversine_km(lat, lon, p_lat, p_lon) > 36 and code != "8592"]
    assert not far  # 8592 is Anholt, 60 km out in Kattegat


@pytest.mark.parametrize("code", KNOWN_TOWNS)
def test_known_towns_lie_where_they_are(code: str):
    row = next(row for row in POSTCODES if row["code"] == code)
    assert haversine_km(float(row["lat"]), float(row["lon"]), *KNOWN_TOWNS[code]) < 3


def test_every_municipality_has_a_region_and_all_but_christiansoe_a_postcode():
    assert len(MUNICIPALITIES) == 99
    assert MUNICIPALITIES.keys() - {row["municipality"] for row in POSTCODES} == {"0411"}
    assert all(row["region"] in OUTLINE for row in MUNICIPALITIES.values())


@pytest.mark.parametrize(
    ("code", "region"),
    [("3700", "1084"), ("3000", "1084"), ("3400", "1084"), ("7100", "1083"), ("7000", "1083"), ("4000", "1085")],
)
def test_border_towns_lie_in_their_region(code: str, region: str):
    row = next(row for row in POSTCODES if row["code"] == code)
    assert MUNICIPALITIES[row["municipality"]]["region"] == region


def test_cities_have_unique_canonical_slugs_and_a_preposition():
    slugs = [row["slug"] for row in CITIES]
    assert len(slugs) == len(set(slugs))
    assert all(slug == slugify(slug) for slug in slugs)
    assert {row["preposition"] for row in CITIES} == {"i", "på"}
    assert {row["kind"] for row in CITIES} == {"city", "district", "island", "region", "town"}


def test_a_city_lies_near_its_postcodes():
    where = {row["code"]: (float(row["lat"]), float(row["lon"])) for row in POSTCODES}
    far = [
        row["slug"]
        for row in CITIES
        if row["postcodes"] in where
        and haversine_km(float(row["lat"]), float(row["lon"]), *where[row["postcodes"]]) > 12
        and row["slug"] != "christiansoe"  # has its post from Gudhjem, 18 km off
    ]
    assert not far


def test_the_outline_is_small_enough_to_stand_in_a_page():
    assert (DIRECTORY / "outline.json").stat().st_size <= 15_000
