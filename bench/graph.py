"""docs/bench.svg, drawn from a run: what a search costs with the number of clinics, and what nodes bring.

`python -m bench --graph` measures and draws (about ten minutes): the search at 3,000 to 1,000,000 clinics, ours and
PostGIS where there is one, and kept pages a second from one to three nodes over one PostgreSQL.
"""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from html import escape
from pathlib import Path

from bench import postgis
from bench.measure import Row, cpu_seconds
from bench.serving import PAGES, fetch, load
from scripts.postgres import find_postgres, throwaway_postgres
from scripts.site import ROOT, Site, prepare, served

TARGET = ROOT / "docs" / "bench.svg"
NODES, SECONDS = 3, 5
SIZES = (3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
WIDTH, HEIGHT, LEFT, TOP, PLOT_W, PLOT_H = 860, 380, 64, 56, 330, 250
INK, QUIET, PAPER = "#221a2b", "#554d5e", "#f9f6f8"  # as static/css/tokens.css
OURS, THEIRS = "#4a2a66", "#b46d20"
Point = tuple[float, float]


def main() -> int:
    lines = searches()
    TARGET.write_text(drawing(lines, serving_by_nodes() if find_postgres() else {}), encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)} is drawn.")
    return 0


def searches() -> dict[str, list[Point]]:
    """(clinics, milliseconds) within 10 km: ours, and PostGIS."""
    lines: dict[str, list[Point]] = {"FysFinder": [], "PostGIS": []}
    for row in postgis.rows(SIZES, radii_km=(10,)):
        print(row.line(), flush=True)
        clinics = float(row.what.split()[2].replace(",", ""))
        lines["FysFinder"].append((clinics, statistics.median(row.ours)))
        if row.theirs:
            lines["PostGIS"].append((clinics, statistics.median(row.theirs)))
    return {name: points for name, points in lines.items() if points}


def serving_by_nodes() -> dict[str, list[Point]]:
    """(nodes, kept pages a second by the clock, and per CPU-second of them all): one worker each over one database.

    They have this machine's cores in common with whoever asks, so only the second line says what a node costs.
    """
    clock, cpu, sites = [], [], list[Site]()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fysfinder-graph-")))
        shared = {"DATABASE_URL": stack.enter_context(throwaway_postgres()), "DB_POOL_SIZE": "6"}
        prepare(folder, DEMO_COUNT="600", **shared)
        askers = stack.enter_context(ThreadPoolExecutor(NODES))
        while len(sites) < NODES:
            sites.append(stack.enter_context(served(folder, **shared)))
            assert fetch(sites[-1].url, PAGES["find"], {"Accept-Encoding": "br"})[0] == 200
            began, used = time.monotonic(), sum(cpu_seconds(site.server.pid) for site in sites)
            done = sum(askers.map(lambda site: load(site.url + PAGES["find"], SECONDS), sites))
            clock.append((float(len(sites)), done / (time.monotonic() - began)))
            cpu.append((float(len(sites)), done / (sum(cpu_seconds(site.server.pid) for site in sites) - used)))
    row = Row("kept pages by nodes", [each for _, each in clock], "requests/s", "per CPU-second", [e for _, e in cpu])
    print(row.line(), flush=True)
    return {"i sekundet": clock, "pr. CPU-sekund": cpu}


def drawing(searched: dict[str, list[Point]], kept: dict[str, list[Point]]) -> str:
    """Two panels: a search against clinics, both scales by tens; kept pages against nodes, from nought."""
    left = panel(0, "Søgning inden for 10 km", "klinikker", "millisekunder", searched, is_log=True)
    right = panel(WIDTH // 2, "Gemte sider", "noder", "svar", kept, is_log=False) if kept else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Atkinson Hyperlegible Next, system-ui, sans-serif" font-size="13" fill="{INK}">'
        f"<title>Hvad en søgning og en gemt side koster</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="12" fill="{PAPER}"/>{left}{right}</svg>\n'
    )


def panel(x: int, title: str, across: str, up: str, lines: dict[str, list[Point]], *, is_log: bool) -> str:
    points = [point for line in lines.values() for point in line]
    xs, ys = scale([x for x, _ in points], is_log), scale([y for _, y in points], is_log)
    parts = [f'<g transform="translate({x + LEFT} {TOP})">', text(0, -30, title, 'font-weight="700" font-size="16"')]
    parts.append(text(0, -12, f"{up}, mod antal {across}", f'fill="{QUIET}"'))
    for tick in ticks(ys, is_log):
        at = PLOT_H * (1 - place(tick, ys, is_log))
        parts.append(f'<path d="M0 {at:.1f}h{PLOT_W}" stroke="{QUIET}" stroke-opacity=".25"/>')
        parts.append(text(-8, at + 4, words(tick), f'text-anchor="end" fill="{QUIET}"'))
    for tick in ticks(xs, is_log) if is_log else sorted({x for x, _ in points}):
        at = PLOT_W * place(tick, xs, is_log)
        parts.append(text(at, PLOT_H + 20, words(tick), f'text-anchor="middle" fill="{QUIET}"'))
    for line, colour in zip(lines.values(), (OURS, THEIRS), strict=False):
        placed = [(PLOT_W * place(x, xs, is_log), PLOT_H * (1 - place(y, ys, is_log))) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>' for x, y in placed]
    for number, (name, colour) in enumerate(zip(lines, (OURS, THEIRS), strict=False)):
        at = PLOT_W * number / 2
        parts.append(f'<rect x="{at:.1f}" y="{PLOT_H + 43}" width="10" height="3" fill="{colour}"/>')
        parts.append(text(at + 16, PLOT_H + 49, name, f'font-weight="700" fill="{colour}"'))
    return "".join([*parts, "</g>"])


def scale(values: Sequence[float], is_log: bool) -> tuple[float, float]:
    """The lowest and highest value an axis shows."""
    if not is_log:
        return 0.0, max(values) * 1.1
    return min(values) / 1.3, max(values) * 1.3


def place(value: float, ends: tuple[float, float], is_log: bool) -> float:
    """0 at the axis's beginning, 1 at its end."""
    low, high = (math.log(end) for end in ends) if is_log else ends
    return ((math.log(value) if is_log else value) - low) / (high - low)


def ticks(ends: tuple[float, float], is_log: bool) -> list[float]:
    low, high = ends
    if is_log:
        tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        return [10.0**ten for ten in tens if low <= 10.0**ten <= high]
    step = 10 ** math.floor(math.log10(high))
    step = step if high / step >= 3 else step / 2
    return [step * number for number in range(int(high / step) + 1)]


def words(value: float) -> str:
    """Danish: 10.000 and 0,1."""
    return f"{value:,.0f}".replace(",", ".") if value >= 1 or value == 0 else f"{value:g}".replace(".", ",")


def text(x: float, y: float, said: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(said)}</text>'
