"""Pictures of every kind of page, made by the project itself: python scripts/pictures.py FOLDER [options].

--only home,find      those pages of tests/e2e/pages.py (default: all)
--widths 375,1280     windows in px
--looks light,dark    also contrast (more contrast wished for), forced (the system's colours) and print (a PDF on A4)
--url http://…        a site that is already served (default: one of its own with demo clinics)
--readme              docs/screenshot.png instead
"""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright  # after the path is set

from scripts.site import CHROMIUM_FLAGS, ROOT, chromium_path, running_site
from tests.e2e.pages import FIND, PAGES, address

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
    "print": {"color_scheme": "light"},
}
HEIGHT = 900


def first_clinics(page: Page) -> list[str]:
    """The slugs of the find page's clinics, in its order."""
    page.goto(FIND)
    return list(dict.fromkeys(re.findall(r'href="/klinik/([a-z0-9-]+)/"', page.content())))


def take(browser: Browser, url: str, folder: Path, names: list[str], widths: list[int], look: str) -> None:
    for width in [1280] if look == "print" else widths:
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": HEIGHT}, locale="da-DK", **LOOKS[look]
        )
        page = context.new_page()
        clinics = first_clinics(page)
        for name in names:
            page.goto(address(clinics, PAGES[name]), wait_until="networkidle")
            if look == "print":
                page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True)
            else:
                page.screenshot(path=folder / f"{name}-{look}-{width}.png", full_page=True)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "var" / "pictures")
    parser.add_argument("--only", default=",".join(PAGES))
    parser.add_argument("--widths", default="375,1280")
    parser.add_argument("--looks", default="light,dark")
    parser.add_argument("--url")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    site = nullcontext(options.url) if options.url else running_site()
    with site as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        if options.readme:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=url, locale="da-DK")
            page.goto(FIND, wait_until="networkidle")
            page.screenshot(path=ROOT / "docs" / "screenshot.png")
        else:
            options.folder.mkdir(parents=True, exist_ok=True)
            widths = [int(width) for width in options.widths.split(",")]
            for look in options.looks.split(","):
                take(browser, url, options.folder, options.only.split(","), widths, look)
        browser.close()


if __name__ == "__main__":
    main()
