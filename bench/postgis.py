"""The clinic search against PostGIS and against a bare numpy scan, in one run on the same synthetic clinics.

The question: a topic, within 10 or 50 km of a point, with ydernummer, by distance, the first 20, the total and twelve
counts; all three must give the same answer. Ours counts every option, about 80, in the same call; "page" reads the
URL's values before it, and words every option, order and chip after it. The table is one denormalised row a clinic with
the indexes such a question wants, asked by a prepared statement over the server's own socket. The scan is what one
would write by hand: mask, argpartition, sums. `--ten-million` adds 10M, ours and the scan only. A speed is wall time,
'CPU' is this thread's.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bench.measure import Row
from bench.search import CENTRES, COUNTED, FACET_OF, NOW, RADII_KM, TOPIC, answered, ratio, search, synthetic
from scripts.postgres import throwaway_postgres

SIZES = (3_000, 100_000, 1_000_000)
TEN_MILLION = 10_000_000
CALLS, FEWEST, MOST_SECONDS = 300, 20, 6.0  # of each question, whichever comes first
LANGUAGE = "en"
NAMES = (*COUNTED, "speaks_english")
FACETS = {**FACET_OF, "speaks_english": ("sprog", LANGUAGE)}
PACKAGE = "postgresql-15-postgis-3"
READ_SIZE = 200_000  # clinics in the database whose reading is timed
SETTINGS = ("jit = off", "work_mem = '64MB'", "max_parallel_workers_per_gather = 2", "random_page_cost = 1.1")
SHOP = (("first", 45_000), ("follow_up", 30_000))

Answer = tuple[int, tuple[int, ...], tuple[int, ...]]


@dataclass
class Times:
    """Wall and CPU seconds of the calls so far."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def of(self, ask: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.thread_time()
        answer = ask()
        self.cpu.append(time.thread_time() - cpu)
        self.wall.append(time.perf_counter() - wall)
        return answer

    def row(self) -> str:
        return f"{milliseconds(self.wall, 0.5)} | {milliseconds(self.wall, 0.99)}"


@dataclass(frozen=True)
class Scan:
    """The columns of the question as plain arrays, one truth value a clinic."""

    ids: np.ndarray
    axes: tuple[np.ndarray, np.ndarray, np.ndarray]
    asked: np.ndarray  # has the topic and ydernummer
    counted: np.ndarray  # (twelve, clinics)

    def ask(self, lat: float, lon: float, radius_km: int) -> Answer:
        from fysfinder.base.geo import EARTH_RADIUS_KM, unit_vectors

        px, py, pz = (float(part) for part in unit_vectors(lat, lon))
        x, y, z = self.axes
        near = x * px + y * py + z * pz >= np.cos(radius_km / EARTH_RADIUS_KM)
        rows = np.flatnonzero(near & self.asked)
        squares = (x[rows] - px) ** 2 + (y[rows] - py) ** 2 + (z[rows] - pz) ** 2
        metres = np.rint(2e3 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(squares) / 2)).astype(np.int64)
        if len(rows) > 20:
            nearest = metres[np.argpartition(metres, 19)[:20]].max()
            chosen = np.flatnonzero(metres <= nearest)
        else:
            chosen = np.arange(len(rows))
        first = chosen[np.lexsort((self.ids[rows[chosen]], metres[chosen]))][:20]
        counts = np.count_nonzero(self.counted[:, rows], axis=1)
        return len(rows), tuple(self.ids[rows[first]].tolist()), tuple(counts.tolist())


def main() -> None:
    prepare()
    sizes = (*SIZES, TEN_MILLION) if "--ten-million" in sys.argv else SIZES
    print("\n## A page's search against PostGIS and a bare numpy scan\n")
    reading = seconds_per_million()
    heads = ("clinics", "radius", "found", "ours: median", "p99", "p99 CPU", "page: median", "p99")
    heads += ("scan: median", "p99", "ours / scan", "PostGIS: median", "p99", "PostGIS / ours", "/ page", "columns")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    with postgis() as url:
        for size in sizes:
            columns, facts, lats, lons = synthetic(size)
            held, scan = f"{bytes_of(columns) / 1e6:,.1f} MB", scan_of(columns)
            sql = table(url, columns, scan, lats, lons) if url and size <= max(SIZES) else None
            del facts, lats, lons
            lines += [measure(columns, scan, sql, radius_km, held) for radius_km in RADII_KM]
    print("\n".join(lines))
    print(f"\nReading the columns from the database: {reading:.1f} CPU-s per million (from {READ_SIZE:,}, SQLite).")


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    os.environ["DATABASE_URL"], os.environ["LOG_LEVEL"] = "sqlite://", "ERROR"
    import django
    from django.core.management import call_command

    django.setup()
    del os.environ["DATABASE_URL"]
    call_command("migrate", verbosity=0)
    call_command("load_topics", verbosity=0, stdout=io.StringIO())


@contextmanager
def postgis() -> Iterator[str]:
    """The address of a fresh server with PostGIS, or '' after saying loudly why there is none."""
    try:
        if os.geteuid() == 0 and subprocess.run(["dpkg", "-s", PACKAGE], capture_output=True).returncode:
            subprocess.run(["apt-get", "install", "-y", PACKAGE], capture_output=True, check=True)
        import psycopg

        server = throwaway_postgres()
        url = server.__enter__()
    except (RuntimeError, OSError, ImportError, subprocess.CalledProcessError) as error:
        print(f"**SKIPPED: PostGIS was not measured: {error}. It takes root or {PACKAGE}.**\n")
        yield ""
        return
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            try:
                connection.execute("CREATE EXTENSION postgis")
            except psycopg.Error as error:
                print(f"**SKIPPED: PostGIS was not measured: {error}. Install {PACKAGE}.**\n")
                url = ""
        yield url
    finally:
        server.__exit__(None, None, None)


def scan_of(columns: Any) -> Scan:
    def flags(mask: Any) -> np.ndarray:
        found = np.zeros(columns.size, dtype=np.bool_)
        found[bits.rows_of(mask.yes, columns.size)] = True
        return found

    from fysfinder.search import bits

    counted = [flags(columns.facts.mask(name)) for name in COUNTED] + [flags(columns.languages.mask(LANGUAGE))]
    asked = flags(columns.topics_wide.mask(TOPIC)) & flags(columns.facts.mask("agreement"))
    return Scan(columns.ids, (columns.x, columns.y, columns.z), asked, np.stack(counted))


def table(url: str, columns: Any, scan: Scan, lats: np.ndarray, lons: np.ndarray) -> Any:
    """One row a clinic: a point, its topics in an array, its facts as truth values. Loaded, indexed, analysed."""
    import psycopg

    from fysfinder.search import bits

    sql = psycopg.connect(url, autocommit=True)
    folder = sql.execute("SHOW unix_socket_directories").fetchone()[0]
    port = sql.info.port
    sql.close()
    sql = psycopg.connect(host=folder, port=port, user="fysfinder", dbname="postgres", autocommit=True)
    for setting in (*SETTINGS, "maintenance_work_mem = '512MB'", "client_min_messages = 'error'"):
        sql.execute(f"SET {setting}")
    flags = ", ".join(f"{name} boolean" for name in NAMES)
    sql.execute("DROP TABLE IF EXISTS clinic")
    sql.execute(f"CREATE TABLE clinic (id int, lat float8, lon float8, agreement boolean, topics int2[], {flags})")
    agreement = np.zeros(columns.size, dtype=np.bool_)
    agreement[bits.rows_of(columns.facts.mask("agreement").yes, columns.size)] = True
    offered = np.zeros(columns.size, dtype=np.bool_)
    offered[bits.rows_of(columns.topics_wide.mask(TOPIC).yes, columns.size)] = True
    answers = np.char.mod("%d", scan.counted.T.astype(np.int8)).tolist()
    with sql.cursor().copy("COPY clinic FROM STDIN") as copy:
        given = (columns.ids, lats, lons, agreement, offered)
        for chunk in chunks(zip(*(values.tolist() for values in given), answers, strict=True), 10_000):
            lines = [
                f"{pk}\t{lat!r}\t{lon!r}\t{int(has)}\t{{{'1,2' if does else '2'}}}\t" + "\t".join(answer)
                for pk, lat, lon, has, does, answer in chunk
            ]
            copy.write("\n".join(lines) + "\n")
    sql.execute("ALTER TABLE clinic ADD COLUMN place geography(Point, 4326)")
    sql.execute("UPDATE clinic SET place = ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography")
    sql.execute("CREATE INDEX ON clinic USING gist (place)")
    sql.execute("CREATE INDEX ON clinic USING gin (topics)")
    sql.execute("VACUUM (FULL, ANALYZE) clinic")
    return sql


def chunks(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while chunk := list(itertools.islice(rows, size)):
        yield chunk


QUERY = f"""
WITH found AS MATERIALIZED (
  SELECT id, round(ST_Distance(place, point, false)) AS metres, {", ".join(NAMES)}
  FROM clinic, (SELECT ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326)::geography AS point) AS here
  WHERE ST_DWithin(place, point, %(metres)s::float8, false) AND agreement AND topics @> '{{1}}'
)
SELECT count(*), (SELECT array_agg(id) FROM (SELECT id FROM found ORDER BY metres, id LIMIT 20) AS best),
       {", ".join(f"count(*) FILTER (WHERE {name})" for name in NAMES)} FROM found
"""


def ask_postgis(sql: Any, lat: float, lon: float, radius_km: int) -> Answer:
    values = {"lat": lat, "lon": lon, "metres": radius_km * 1000.0}
    total, ids, *counts = sql.execute(QUERY, values, prepare=True, binary=True).fetchone()
    return total, tuple(ids or ()), tuple(counts)


def rows(sizes: tuple[int, ...] = SIZES, radii_km: tuple[int, ...] = RADII_KM) -> Iterator[Row]:
    """The search of each size against PostGIS, for the one table: wall time a question."""
    prepare()
    with postgis() as url:
        for size in sizes:
            columns, facts, lats, lons = synthetic(size)
            scan = scan_of(columns)
            sql = table(url, columns, scan, lats, lons) if url else None
            del facts, lats, lons
            for radius_km in radii_km:
                ours, _page, _plain, other, found = timed(columns, scan, sql, radius_km)
                what = f"search of {size:,} clinics within {radius_km} km ({int(np.median(found)):,} found)"
                mine, theirs = ([each * 1e3 for each in times.wall] for times in (ours, other))
                yield Row(what, mine, "ms", "PostGIS" if sql else "PostGIS not measured", theirs)


def timed(columns: Any, scan: Scan, sql: Any, radius_km: int) -> tuple[Times, Times, Times, Times, list[int]]:
    """The call, the page's words with it, the scan, PostGIS, and how many were found."""
    ours, page, plain, other, found = Times(), Times(), Times(), Times(), []
    began = time.perf_counter()
    for number, (lat, lon) in zip(range(CALLS + 5), itertools.cycle(CENTRES), strict=False):
        if number == 5:  # what is remembered is remembered, the statement is prepared
            ours, page, plain, other, found = Times(), Times(), Times(), Times(), []
            began = time.perf_counter()
        results = page.of(lambda lat=lat, lon=lon: worded(search(columns, lat, lon, radius_km)))
        results = ours.of(lambda asked=results.search: answered(asked, columns))
        counts = {(group.key, option.value): option.count for group in results.facets for option in group.options}
        expected = results.total, results.ids, tuple(counts[FACETS[name]] for name in NAMES)
        assert plain.of(lambda lat=lat, lon=lon: scan.ask(lat, lon, radius_km)) == expected
        if sql:
            answer = other.of(lambda lat=lat, lon=lon: ask_postgis(sql, lat, lon, radius_km))
            assert answer == expected
        found.append(results.total)
        if len(found) >= FEWEST and time.perf_counter() - began > MOST_SECONDS:
            break
    return ours, page, plain, other, found


def measure(columns: Any, scan: Scan, sql: Any, radius_km: int, held: str) -> str:
    """One line of the table."""
    ours, page, plain, other, found = timed(columns, scan, sql, radius_km)
    asked = f"| {columns.size:,} | {radius_km} km | {int(np.median(found)):,} | {ours.row()}"
    ratios = f"{ratio(other.wall, ours.wall):.1f} | {ratio(other.wall, page.wall):.1f}" if sql else ""
    against = f"{other.row()} | {ratios}" if sql else "– | – | – | –"
    scanned = f"{plain.row()} | {ratio(ours.wall, plain.wall):.2f}"
    return f"{asked} | {milliseconds(ours.cpu, 0.99)} | {page.row()} | {scanned} | {against} | {held} |"


def worded(results: Any) -> Any:
    """With everything a page prints around its clinics."""
    assert results.facets and results.chips and results.sorts and results.unknown_left_out >= 0
    return results


def milliseconds(seconds: list[float], share: float) -> str:
    return f"{sorted(seconds)[int(len(seconds) * share)] * 1e3:.2f} ms"


def bytes_of(held: Any) -> int:
    """The arrays in some columns."""
    if isinstance(held, np.ndarray):
        return held.nbytes
    if dataclasses.is_dataclass(held):
        return sum(
            bytes_of(getattr(held, each.name))
            for each in dataclasses.fields(held)
            if each.name not in ("memo", "courses")
        )
    return sum(bytes_of(each) for each in held.values()) if isinstance(held, dict) else 0


def seconds_per_million() -> float:
    """What reading the directory takes, in CPU: clinics with prices, a waiting time, topics and a week of hours."""
    from fysfinder.clinics.models import Clinic, ClinicTopic, OpeningHours, Price, WaitingTime
    from fysfinder.places.models import Municipality, Postcode, Region
    from fysfinder.search.reading import read_columns
    from fysfinder.topics.models import Topic

    region = Region.objects.create(code="1082", name="Region")
    municipality = Municipality.objects.create(code="0751", name="Kommune", region=region)
    code = Postcode.objects.create(code="8000", name="By", lat=56.1, lon=10.2, municipality=municipality)
    clinic = Clinic.objects.create(name="Klinik", slug="klinik", postcode=code, lat=56.1, lon=10.2)
    today = NOW.date()
    copies = {"slug": "'klinik-' || n", "name": "'Klinik ' || n * 7919 % 1000003", "agreement": "n % 2"}
    copies |= {"lat": "lat + n % 1000 * 1e-3", "lon": "lon + n / 1000 * 1e-3"}
    of_it = [
        *(OpeningHours(clinic=clinic, weekday=weekday, opens=480, closes=1020) for weekday in range(5)),
        *(Price(clinic=clinic, service=name, low_ore=ore, high_ore=ore, confirmed_on=today) for name, ore in SHOP),
        WaitingTime(clinic=clinic, kind="general", waiting_days=7, as_of=today),
        *(ClinicTopic(clinic=clinic, topic=topic) for topic in Topic.objects.all()[:3]),
    ]
    for row in of_it:
        row.save()
    for row in (clinic, *of_it):
        multiply(row, copies if row is clinic else {"clinic_id": f"{clinic.pk} + n"})
    read_columns()  # the taxonomy is read once
    seconds = []
    for _again in range(3):
        began = time.thread_time()
        assert read_columns().size == READ_SIZE
        seconds.append(time.thread_time() - began)
    return min(seconds) * 1_000_000 / READ_SIZE


def multiply(row: Any, changed: dict[str, str]) -> None:
    """READ_SIZE − 1 more of a row, by the database itself; n is 1, 2, 3 …"""
    from django.db import connection

    columns = [field.column for field in row._meta.concrete_fields if field.column != "id"]
    values = ", ".join(changed.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(columns)})"
            f" WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {READ_SIZE - 1})"
            f" SELECT {values} FROM {row._meta.db_table}, numbers WHERE id = {row.pk} ORDER BY n"
        )


if __name__ == "__main__":
    main()
