"""WCAG 2.2 A and AA and the rest of what axe-core knows, on every kind of page, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.pages import PAGES, address

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(found => found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target} ${[...node.any, ...node.all, ...node.none].map(c => c.message)}`)
))"""
# What reaches further to the right than the window, unless a box of its own scrolls it (a wide table).
BEYOND = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => `${e.tagName}.${e.className}`)"""


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, locale="da-DK", reduced_motion="reduce"
    )  # or colours are caught midway
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, RULES)
    return found


def check(page: Page) -> None:
    """320 px is also a window of 1280 px at 400 %: there nothing may ask for scrolling in two directions."""
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(BEYOND) == []
    for width, scheme in ((375, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == [], f"{width} px, {scheme}"


@pytest.mark.e2e
@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_is_accessible(page: Page, clinics: list[str], name: str):
    page.goto(address(clinics, PAGES[name]))
    check(page)
