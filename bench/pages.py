"""Pages: requests per CPU-second without any cache, bytes and requests as Chromium counts them, time to start."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.site import CHROMIUM_FLAGS, ROOT, chromium_path, running_site

PATHS = {
    "home": "/",
    "find, 20 clinics": "/find/fysioterapeut/aarhus/kryoterapi/",
    "find, filtered": "/find/fysioterapeut/koebenhavn/?maks-ventetid=14&ydernummer=ja",
    "article": "/ordbog/kryoterapi/",
}
ROUNDS, REQUESTS = 5, 40


def per_cpu_second(client: object, path: str) -> tuple[float, float, float]:
    """Median, lowest and highest of ROUNDS rounds: full Django requests (all middleware) per CPU-second."""
    client.get(path)  # type: ignore[attr-defined]
    rates = []
    for _round in range(ROUNDS):
        began = time.process_time()
        for _request in range(REQUESTS):
            assert client.get(path).status_code == 200, path  # type: ignore[attr-defined]
        rates.append(REQUESTS / (time.process_time() - began))
    return statistics.median(rates), min(rates), max(rates)


def measure_rates() -> None:
    """Runs in a process of its own with a prepared folder in VAR_DIR."""
    import django

    django.setup()
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    for name, path in PATHS.items():
        median, low, high = per_cpu_second(client, path)
        print(f"| {name} | {median:.0f} ({low:.0f}–{high:.0f}) |")


def note_kind(kinds: dict[str, str], event: dict[str, Any]) -> None:
    """Remember what was asked over the wire; data: pictures in the stylesheet are no requests."""
    if event["response"]["url"].startswith("http"):
        kinds[event["requestId"]] = event["type"]


def measure_weights(url: str) -> None:
    """Bytes over the wire and requests of a first visit with an empty cache."""
    from playwright.sync_api import sync_playwright

    print("\n| page | requests | kB in all | HTML | JS | CSS | font |\n|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        clinic = ""
        for name, path in [*PATHS.items(), ("clinic", "")]:
            page = browser.new_context(base_url=url).new_page()
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            kinds: dict[str, str] = {}
            sizes: dict[str, int] = {}
            session.on("Network.responseReceived", lambda e, k=kinds: note_kind(k, e))
            session.on(
                "Network.loadingFinished", lambda e, s=sizes: s.__setitem__(e["requestId"], e["encodedDataLength"])
            )
            page.goto(path or clinic, wait_until="networkidle")
            clinic = (
                clinic
                or (page.locator("a[href^='/klinik/']").first.get_attribute("href") if "find" in name else "")
                or ""
            )
            by_kind = {
                kind: sum(size for key, size in sizes.items() if kinds.get(key) == kind)
                for kind in ("Document", "Script", "Stylesheet", "Font")
            }
            parts = " | ".join(f"{size / 1000:.1f}" for size in by_kind.values())
            print(f"| {name} | {len(kinds)} | {sum(sizes[key] for key in kinds) / 1000:.1f} | {parts} |")
            page.context.close()
        browser.close()


def main() -> None:
    print("\n## Pages: requests per CPU-second, nothing cached (median of 5 rounds, lowest–highest)\n")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "LOG_LEVEL": "ERROR"}
        environment.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
        print("\n| page | requests per CPU-second |\n|---|---|", flush=True)
        code = "from bench.pages import measure_rates; measure_rates()"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
        began = time.monotonic()
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
        print(f"\nPreparing again when nothing changed: {time.monotonic() - began:.1f} s")
    began = time.monotonic()
    with running_site() as url:
        print(f"\nFrom empty folder to answering, 3,000 demo clinics: {time.monotonic() - began:.1f} s")
        if chromium_path():
            measure_weights(url)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
