"""The clinic search against a plain SQL query that gives the same answer, in one run on synthetic clinics.

The question: a topic, within 10 or 50 km of a point, with ydernummer, by distance, the first 20, the total and counts.
Ours reads the URL's values, finds, orders and counts every option of every filter (about 80). The SQL is written by
hand and counts eleven facts, so it has the easier task.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import math
import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

SIZES = (3_000, 100_000)
CALLS = 400
TOWNS = 60
TOPIC = "akupunktur"
RADII_KM = (10, 50)
ANSWERS = np.array([-1, 0, 1], dtype=np.int8)
NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
CENTRES = np.random.default_rng(7).uniform((54.8, 8.2), (57.6, 12.5), (TOWNS, 2))  # within Denmark's corners
COUNTED = (
    *("vederlagsfri", "home_visits", "group_classes", "online", "home_training", "step_free", "lift"),
    *("accessible_toilet", "parking", "disabled_parking", "door_width_cm"),
)
FACET_OF = {
    "vederlagsfri": ("vederlagsfri", "ja"),
    "home_visits": ("hjemmebesoeg", "ja"),
    "group_classes": ("hold", "ja"),
    "online": ("online", "ja"),
    "home_training": ("hjemmetraening", "ja"),
    "step_free": ("adgang", "trinfri"),
    "lift": ("adgang", "elevator"),
    "accessible_toilet": ("adgang", "handicaptoilet"),
    "parking": ("adgang", "parkering"),
    "disabled_parking": ("adgang", "handicapparkering"),
    "door_width_cm": ("adgang", "doerbredde"),
}
POINT = ("lat", "lon", "x", "y", "z")
QUERY = """
WITH area AS MATERIALIZED (
  SELECT clinic.*, acos(min(1.0, x * :x + y * :y + z * :z)) * 6371.0088 AS km FROM clinic
  WHERE lat BETWEEN :south AND :north AND lon BETWEEN :west AND :east
    AND EXISTS (SELECT 1 FROM clinic_topic WHERE topic = :topic AND clinic = clinic.id)
), found AS MATERIALIZED (SELECT * FROM area WHERE km <= :radius AND agreement = 1)
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    os.environ["DATABASE_URL"] = "sqlite://"
    os.environ["LOG_LEVEL"] = "ERROR"
    import django
    from django.core.management import call_command

    django.setup()
    del os.environ["DATABASE_URL"]  # the next bench's processes have their own
    call_command("migrate", verbosity=0)
    call_command("load_topics", verbosity=0, stdout=io.StringIO())
    print("| clinics | radius | found | ours: median | p99 | SQLite: median | p99 | SQLite / ours |")
    print("|---" * 8 + "|")
    for size in SIZES:
        columns, facts, lats, lons = synthetic(size)
        sql = database(columns, facts, lats, lons)
        for radius_km in RADII_KM:
            measure(columns, sql, radius_km)


def measure(columns: object, sql: sqlite3.Connection, radius_km: int) -> None:
    found, ours, plain = [], [], []
    for _, (lat, lon) in zip(range(CALLS), itertools.cycle(CENTRES), strict=False):
        results, seconds = timed(lambda lat=lat, lon=lon: search(columns, lat, lon, radius_km))
        ours.append(seconds)
        answer, seconds = timed(lambda lat=lat, lon=lon: ask_sql(sql, lat, lon, radius_km))
        plain.append(seconds)
        found.append(results.total)
        counts = {(group.key, option.value): option.count for group in results.facets for option in group.options}
        assert answer == (results.total, results.ids, tuple(counts[FACET_OF[name]] for name in COUNTED))
    asked = f"| {columns.size:,} | {radius_km} km | {statistics.median(found):.0f}"
    print(f"{asked} | {row(ours)} | {row(plain)} | {ratio(plain, ours):.1f} |")


def synthetic(size: int) -> tuple[object, np.ndarray, np.ndarray, np.ndarray]:
    """Clinics around the towns, each fact yes, no or unknown; columns as directory.py would build them."""
    from fysfinder.base.geo import unit_vectors
    from fysfinder.clinics.attributes import INSURERS, LANGUAGES
    from fysfinder.search import bits
    from fysfinder.search.columns import Columns, Tags, Waits, widen
    from fysfinder.search.hours import Hours, exceptions
    from fysfinder.search.nearness import along_a_curve
    from fysfinder.search.reading import DOOR, FACTS, _below
    from fysfinder.topics.queries import taxonomy

    random = np.random.default_rng(size)
    shares = 1 / np.arange(3, TOWNS + 3)
    town = random.choice(TOWNS, size, p=shares / shares.sum())
    lats, lons = (CENTRES[town] + random.normal(0, 0.06, (size, 2))).T
    # Rows of a town lie together as postcodes do, and within it as the directory puts them.
    order = np.lexsort((along_a_curve(lats, lons), town))
    lats, lons = lats[order], lons[order]
    names = (DOOR, *FACTS)
    facts = np.stack([random.choice(ANSWERS, size, p=[0.3, 0.3, 0.4]) for _ in names])

    def listed(slugs: list[str], share: float) -> Tags:
        flags = np.stack([bits.pack(random.random(size) < share) for _ in slugs])  # one at a time: ten million fit
        known = bits.pack(random.random(size) < 0.8)[np.newaxis, :]
        return Tags({slug: at for at, slug in enumerate(slugs)}, flags & known, known)

    topics = listed(sorted(taxonomy().topics), 0.05)
    opens = np.where(random.random((9, 1, size)) < 0.75, 480, -1).astype(np.int16)
    nothing = np.zeros((2, size), dtype=np.bool_)
    columns = Columns(
        version=0,
        ids=random.permutation(size).astype(np.int64) + 1,
        vectors=np.ascontiguousarray(unit_vectors(lats, lons).T),
        postcodes={},
        name_rank=random.permutation(size).astype(np.int32),
        facts=Tags({name: at for at, name in enumerate(names)}, bits.pack(facts == 1), bits.pack(facts >= 0)),
        topics=topics,
        topics_wide=widen(topics, _below, taxonomy().topics),
        languages=listed([choice.slug for choice in LANGUAGES], 0.1),
        insurers=listed([choice.slug for choice in INSURERS], 0.1),
        first_price=random.choice([-1, 40_000, 51_370, 70_000, 90_000], size).astype(np.int32),
        waits=Waits(random.integers(-1, 60, size).astype(np.int32), np.full(size, NOW.toordinal(), np.int32)),
        hours=Hours(
            opens, np.where(opens > 0, 1020, -1).astype(np.int16), opens[:, 0] > -2, nothing, nothing, exceptions(())
        ),
    )
    return columns, facts, lats, lons


def search(columns: object, lat: float, lon: float, radius_km: int) -> Any:
    from fysfinder.places.gazetteer import Place
    from fysfinder.search.clinic_search import ClinicSearch

    place = Place(f"{lat:.4f}", "By", "town", lat, lon, radius_km, "i", frozenset())
    params = {"ydernummer": "ja", "sorter": "afstand"}
    return answered(ClinicSearch.from_query(place=place, topic_slug=TOPIC, params=params, now=NOW), columns)


def answered(search: Any, columns: object) -> Any:
    """With every option counted, which the answer leaves until somebody asks."""
    results = search.answer(columns)
    assert results.counts
    return results


def database(columns: object, facts: np.ndarray, lats: np.ndarray, lons: np.ndarray) -> sqlite3.Connection:
    """The same clinics in tables, with the indexes such a query wants."""
    from fysfinder.search import bits
    from fysfinder.search.reading import DOOR, FACTS

    names = (DOOR, *FACTS)
    flags = ", ".join(f"{name} INTEGER" for name in names)
    sql = sqlite3.connect(":memory:")
    sql.execute(f"CREATE TABLE clinic (id INTEGER PRIMARY KEY, {', '.join(f'{name} REAL' for name in POINT)}, {flags})")
    sql.execute("CREATE TABLE clinic_topic (topic TEXT, clinic INTEGER, PRIMARY KEY (topic, clinic)) WITHOUT ROWID")
    answers = np.where(facts < 0, None, facts).T.tolist()
    points = zip(lats.tolist(), lons.tolist(), columns.x.tolist(), columns.y.tolist(), columns.z.tolist(), strict=True)
    ids = columns.ids.tolist()
    rows = [(pk, *point, *answer) for pk, point, answer in zip(ids, points, answers, strict=True)]
    sql.executemany(f"INSERT INTO clinic VALUES ({','.join('?' * (6 + len(names)))})", rows)
    offered = bits.rows_of(columns.topics_wide.mask(TOPIC).yes, columns.size)  # only the asked one: the rest is bulk
    sql.executemany("INSERT INTO clinic_topic VALUES (?, ?)", [(TOPIC, ids[at]) for at in offered])
    sql.execute("CREATE INDEX clinic_place ON clinic (lat, lon)")
    sql.execute("ANALYZE")
    return sql


Answer = tuple[int, tuple[int, ...], tuple[int, ...]]


def ask_sql(sql: sqlite3.Connection, lat: float, lon: float, radius_km: int) -> Answer:
    """Total, the first 20 and the counted facts: two statements over the same narrowed rows."""
    phi, lam = math.radians(lat), math.radians(lon)
    up, across = math.degrees(radius_km / 6371.0), math.degrees(radius_km / 6371.0) / math.cos(phi) * 1.01
    at = {
        "x": math.cos(phi) * math.cos(lam),
        "y": math.cos(phi) * math.sin(lam),
        "z": math.sin(phi),
        "topic": TOPIC,
        "radius": radius_km,
        "south": lat - up,
        "north": lat + up,
        "west": lon - across,
        "east": lon + across,
    }
    sums = ", ".join(f"coalesce(sum({name} = 1), 0)" for name in COUNTED)
    total, *counts = sql.execute(f"{QUERY} SELECT count(*), {sums} FROM found", at).fetchone()
    ids = sql.execute(f"{QUERY} SELECT id FROM found ORDER BY round(km * 1000), id LIMIT 20", at).fetchall()
    return total, tuple(pk for (pk,) in ids), tuple(counts)


def timed(ask: Callable[[], object]) -> tuple[object, float]:
    began = time.perf_counter()
    answer = ask()
    return answer, time.perf_counter() - began


def row(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"{statistics.median(ordered) * 1e3:.2f} ms | {ordered[int(len(ordered) * 0.99)] * 1e3:.2f} ms"


def ratio(slower: list[float], faster: list[float]) -> float:
    return statistics.median(slower) / statistics.median(faster)


if __name__ == "__main__":
    main()
