"""Pages without the page store: per CPU-second, memory, time to start, and bytes as Chromium counts them.

Each round asks questions nobody has asked before; what a process keeps of clinics and filters it keeps.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

from django.urls import reverse

from bench.asking import Question, get, questions
from bench.measure import Row, print_table, resident_mb
from scripts.site import CHROMIUM_FLAGS, ROOT, chromium_path, environment_of, prepare, served

T = TypeVar("T")
PER_CPU = "pages/CPU-s"
PATHS = {
    "home": "/",
    "find, 20 clinics": "/find/fysioterapeut/aarhus/kryoterapi/",
    "find, filtered": "/find/fysioterapeut/koebenhavn/?maks-ventetid=14&ydernummer=ja",
    "article": "/ordbog/kryoterapi/",
}
ROUNDS, QUESTIONS = 5, 40
COUNT = re.compile(r", [\d,]+ clinics$")
LARGE = 100_000  # clinics; preparing them takes ten minutes


def measured_here() -> list[Row]:
    """Runs in a process of its own with a prepared folder in VAR_DIR: nothing is kept of any page but its parts."""
    from fysfinder.config.wsgi import django_application  # sets Django up, so it comes first
    from fysfinder.clinics.models import Clinic  # isort: skip
    from django.utils import translation

    from fysfinder.search.directory import directory

    translation.activate("da")
    clinics = directory().size
    asked = questions(ROUNDS * QUESTIONS, seed=1)
    rounds = [asked[at::ROUNDS] for at in range(ROUNDS)]
    clinic = reverse("clinic", args=[Clinic.objects.published().order_by("pk").first().slug])  # type: ignore[union-attr]
    once = [1 / rate(lambda each=each: page_of(django_application, each.path), 1) for each in rounds[0][:30]]
    for each in questions(300, seed=2):  # other questions: cards and rows are printed by now
        page_of(django_application, each.path)
    size = f"{clinics:,} clinics"
    rows = [
        Row(f"find, cards not yet printed, {size}", [1 / statistics.median(once)], PER_CPU),
        Row(
            f"find: search and results, questions nobody asked before, {size}",
            [many(round_, results_part) for round_ in rounds],
            PER_CPU,
        ),
        Row(
            f"find: the whole page through Django, {size}",
            [many(round_, lambda each: page_of(django_application, each.path)) for round_ in rounds],
            PER_CPU,
        ),
        Row(
            f"find: search and results, parts printed, {size}",  # the same questions once more
            [many(round_, results_part) for round_ in rounds],
            PER_CPU,
            goal="1,000",
        ),
    ]
    for name, path in {"home": "/", "article": "/ordbog/kryoterapi/", "clinic": clinic}.items():
        page_of(django_application, path)
        rates = [rate(lambda path=path: page_of(django_application, path), QUESTIONS) for _ in range(ROUNDS)]
        rows.append(Row(f"{name}, the whole page through Django", rates, PER_CPU))
    return [*rows, *asked_rows(), Row(f"memory of a worker, {size}", [resident_mb(os.getpid())], "MB")]


def asked_rows() -> list[Row]:
    """Suggestions while typing, the search of articles, and the questions of tests/search/golden.csv."""
    from django.utils import timezone

    from bench.relevance import rows as golden
    from fysfinder.search.articles import search_articles
    from fysfinder.search.site_search import search_site
    from fysfinder.search.suggest import suggest

    now = timezone.localtime()
    typed = ("kn", "løbe", "ondt i ryg", "aarhus", "fys odense", "kryotrapi")
    found = {"suggest": lambda text: suggest(text, language="da"), "article search": search_articles}
    rows = [Row(name, [many(typed * 20, call) for _ in range(ROUNDS)], "answers/CPU-s") for name, call in found.items()]
    texts = [row.query for row in golden()]
    rates = [many(texts, lambda text: search_site(text, now=now).clinics.counts) for _ in range(ROUNDS + 1)]
    what = "a question to the whole site: parse, articles, topics, tools, clinics, every facet count"
    return [*rows, Row(what, rates[1:], "answers/CPU-s", goal="667 (1.5 ms)")]


def page_of(application: Any, path: str) -> None:
    status, _body = get(application, path)
    assert status == 200, (status, path)


def results_part(question: Question) -> None:
    """Search, words and HTML of the results, without Django around them."""
    from django.template.loader import render_to_string

    from fysfinder.web.find_page import find_page

    render_to_string(
        "web/_results.html", {"page": find_page(question.search), "is_part": False, "map_tiles": {"url": ""}}
    )


def rate(call: Callable[[], object], times: int) -> float:
    """Calls per CPU-second."""
    began = time.process_time()
    for _ in range(times):
        call()
    return times / (time.process_time() - began)


def many(things: Sequence[T], call: Callable[[T], object]) -> float:
    """Things per CPU-second."""
    each = iter(things)
    return rate(lambda: call(next(each)), len(things))


def note_kind(kinds: dict[str, str], event: dict[str, Any]) -> None:
    """Remember what was asked over the wire; data: pictures in the stylesheet are no requests."""
    if event["response"]["url"].startswith("http"):
        kinds[event["requestId"]] = event["type"]


def weights(url: str) -> Iterator[Row]:
    """Bytes over the wire and requests of a first visit with an empty cache, as Chromium counts them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        for name, path in PATHS.items():
            page = browser.new_context(base_url=url).new_page()
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            kinds: dict[str, str] = {}
            sizes: dict[str, int] = {}
            session.on("Network.responseReceived", lambda e, k=kinds: note_kind(k, e))
            session.on(
                "Network.loadingFinished", lambda e, s=sizes: s.__setitem__(e["requestId"], e["encodedDataLength"])
            )
            page.goto(path, wait_until="networkidle")
            html = sum(size for key, size in sizes.items() if kinds.get(key) == "Document") / 1000
            whole = sum(sizes[key] for key in kinds if key in sizes) / 1000
            yield Row(f"{name}: first visit, {len(kinds)} requests", [whole], "kB", f"HTML alone {html:.1f} kB")
            page.context.close()
        browser.close()


def large_rows(small: Sequence[Row]) -> Iterator[Row]:
    """The same of a site with LARGE clinics, whose whole page is also set against the small site's."""
    by_name = {COUNT.sub("", row.what): row for row in small}
    with tempfile.TemporaryDirectory(prefix="fysfinder-pages-") as folder:
        prepare(Path(folder), DEMO_COUNT=str(LARGE))
        for row in child_rows(Path(folder)):
            if COUNT.search(row.what):
                same = by_name[COUNT.sub("", row.what)]
                goal = "≥ 0.67: at most 1.5 times the time" if "whole page" in row.what else ""
                yield replace(row, against="3,000 clinics", theirs=same.ours, goal=goal)


def rows(*, folder: Path | None = None, is_large: bool = False) -> Iterator[Row]:
    """The rows of a site with 3,000 demo clinics, or of one that is prepared in the folder."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-pages-") as fresh:
        at = folder or Path(fresh)
        began = time.monotonic()
        if folder is None:
            prepare(at, DEMO_COUNT="3000")
            yield Row("from an empty folder to a prepared site, 3,000 clinics", [time.monotonic() - began], "s")
            began = time.monotonic()
            prepare(at, DEMO_COUNT="3000")
            yield Row("preparing again when nothing has changed", [time.monotonic() - began], "s")
        small = child_rows(at)
        yield from small
        began = time.monotonic()
        with served(at) as site:
            yield Row("from start to ready", [time.monotonic() - began], "s")
            if chromium_path():
                yield from weights(site.url)
    if is_large:
        yield from large_rows(small)


def child_rows(folder: Path) -> list[Row]:
    environment = environment_of(folder, LOG_LEVEL="ERROR", DJANGO_SETTINGS_MODULE="fysfinder.config.settings")
    command = [sys.executable, "-m", "bench.pages", "here"]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [Row(**fields) for fields in json.loads(said.splitlines()[-1])]


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        print(json.dumps([asdict(row) for row in measured_here()]))
    else:
        print_table(rows(folder=Path(sys.argv[1]) if sys.argv[1:] else None))
