"""Screenshots of the running site, made by the project itself: python scripts/pictures.py FOLDER [--readme]."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright  # after the path is set

from scripts.site import CHROMIUM_FLAGS, ROOT, chromium_path, running_site

FIND = "/find/fysioterapeut/aarhus/kryoterapi/"
PAGES = {
    "home": "/",
    "find": FIND,
    "zero": "/find/fysioterapeut/anholt/kryoterapi/?maks-pris=100&maks-ventetid=1",
    "article": "/ordbog/kryoterapi/",
    "index": "/ordbog/",
    "search": "/soeg/?q=knæ",
    "prices": "/priser/",
    "ranking": "/saadan-rangerer-vi/",
    "accessibility": "/tilgaengelighed/",
    "missing": "/klinik/findes-ikke/",
    "english": "/en" + FIND,
}


def clinic_paths(page: Page) -> dict[str, str]:
    """The first clinic of the find page, and the first three compared."""
    page.goto(FIND)
    links = page.locator(".clinic-card a[href^='/klinik/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    slugs = [link.split("/")[2] for link in dict.fromkeys(links)][:3]
    return {"clinic": f"/klinik/{slugs[0]}/", "compare": "/sammenlign/?" + "&".join(f"k={slug}" for slug in slugs)}


def take(browser: Browser, url: str, folder: Path) -> None:
    for width, scheme in ((1280, "light"), (375, "light"), (1280, "dark"), (375, "dark")):
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="da-DK"
        )
        page = context.new_page()
        for name, path in {**PAGES, **clinic_paths(page)}.items():
            page.goto(path, wait_until="networkidle")
            page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=True)
        context.close()


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with running_site() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        if "--readme" in sys.argv:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=url, locale="da-DK")
            page.goto(FIND, wait_until="networkidle")
            page.screenshot(path=ROOT / "docs" / "screenshot.png")
        else:
            folder = Path(arguments[0])
            folder.mkdir(parents=True, exist_ok=True)
            take(browser, url, folder)
        browser.close()


if __name__ == "__main__":
    main()
