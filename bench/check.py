"""The bench of CI: has something become twice as expensive? Measured in ways that a busy machine does not disturb.

Pages, search and suggestions: instructions of Python, counted one by one. What runs in C (numpy, brotli) is measured in
CPU time against a bare numpy scan of the same columns, the quickest of many turns each. costs.json holds what they cost
when it was last recorded (`python -m bench --check --record`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.asking import HTMX, get
from bench.measure import best_seconds, instructions
from scripts.site import ROOT, environment_of, prepare

COSTS = Path(__file__).with_name("costs.json")
TOO_MUCH = 2.0
TURNS = 40
FIND = "/find/fysioterapeut/aarhus/kryoterapi/"
VARIABLES = {
    "DEMO_COUNT": "150",
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "fysfinder.config.settings",
}


def main(*, is_recording: bool = False) -> int:
    """0 when nothing costs twice what is recorded, else 1 after naming what does."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-check-") as folder:
        prepare(Path(folder), **VARIABLES)
        command = [sys.executable, "-m", "bench.check"]
        environment = environment_of(Path(folder), **VARIABLES)
        said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    now: dict[str, float] = json.loads(said.splitlines()[-1])
    if is_recording:
        COSTS.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    recorded = json.loads(COSTS.read_text(encoding="utf-8"))
    for name, cost in now.items():
        print(f"{name:44} {cost:12,.2f}  recorded {recorded.get(name, 0):12,.2f}")
    said_too = too_expensive(now, recorded)
    print("\n".join(said_too) or "Nothing costs twice what it did.")
    return 1 if said_too else 0


def too_expensive(now: Mapping[str, float], recorded: Mapping[str, float]) -> list[str]:
    """A line for each cost that is TOO_MUCH times the recorded one, or that nobody has recorded."""
    return [
        f"{name}: {cost:,.2f} is {cost / recorded[name]:.1f} times the recorded {recorded[name]:,.2f}"
        if name in recorded
        else f"{name}: not in {COSTS.name}; record it with python -m bench --check --record"
        for name, cost in now.items()
        if name not in recorded or cost >= TOO_MUCH * recorded[name]
    ]


def costs() -> dict[str, float]:
    """What everything costs here and now: thousands of instructions, or times the scan."""
    return {**python_costs(), **numpy_costs()}


def python_costs() -> dict[str, float]:
    from fysfinder.config.wsgi import application, django_application  # sets Django up, so it comes first
    from django.urls import reverse  # isort: skip
    from django.utils import timezone

    from fysfinder.clinics.models import Clinic
    from fysfinder.search.articles import search_articles
    from fysfinder.search.site_search import search_site
    from fysfinder.search.suggest import suggest

    clinic = Clinic.objects.published().order_by("pk").first()
    assert clinic
    paths = {"home": "/", "find": FIND, "article": "/ordbog/kryoterapi/"}
    paths["clinic"] = reverse("clinic", args=[clinic.slug])
    calls: dict[str, Callable[[], object]] = {
        f"{name}, made": lambda path=path: get(django_application, path) for name, path in paths.items()
    }
    calls["find for htmx, made"] = lambda: get(django_application, FIND, **HTMX)
    calls["find, kept"] = lambda: get(application, FIND, HTTP_ACCEPT_ENCODING="br")
    calls["suggest"] = lambda: suggest("løbekn", language="da")
    calls["search of the whole site"] = lambda: search_site("ondt i knæet når jeg løber i aarhus", now=timezone.now())
    calls["article search"] = lambda: search_articles("ondt i ryggen")
    return {f"{name} (1,000 instructions)": steady(call) / 1000 for name, call in calls.items()}


def steady(call: Callable[[], object]) -> int:
    """Instructions of a call when what is kept is kept: the fewest of three."""
    for _ in range(3):
        call()
    return min(instructions(call) for _ in range(3))


def numpy_costs() -> dict[str, float]:
    """The search of 100,000 clinics against a scan of them, and packing a page against the same scan."""
    from fysfinder.config.wsgi import django_application  # isort: skip
    from bench.postgis import scan_of
    from bench.search import CENTRES, search, synthetic
    from fysfinder.base.compression import compress

    columns, *_ = synthetic(100_000)
    scan, (lat, lon) = scan_of(columns), CENTRES[0]
    body = get(django_application, FIND)[1]
    calls: dict[str, Callable[[], object]] = {
        "search of 100,000 clinics (scans)": lambda: search(columns, lat, lon, 50),
        "packing a page for one visitor (scans)": lambda: compress(body, "br", is_kept=False),
    }
    found = {}
    for name, call in calls.items():
        call()
        turns = [(best_seconds(call, 4), best_seconds(lambda: scan.ask(lat, lon, 50), 4)) for _ in range(TURNS // 4)]
        found[name] = min(mine for mine, _ in turns) / min(theirs for _, theirs in turns)
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    print(json.dumps(costs()))
