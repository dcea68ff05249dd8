"""Browser journeys against the real server: prepared, served by granian, 600 demo clinics, a fixed day."""

from __future__ import annotations

import os
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.site import CHROMIUM_FLAGS, chromium_path, running_site
from tests.e2e.pages import FIND

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The site's address; SITE names one that is already served, which saves the minute of making it."""
    if url := os.environ.get("SITE"):
        yield url
        return
    with running_site(demo_count=600, PYTHONPATH=str(Path(__file__).parent / "fixed_clock")) as url:
        yield url


def fetch(url: str) -> tuple[int, str, dict[str, str]]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read().decode(), dict(response.headers)
    except HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


@pytest.fixture(scope="session")
def clinics(site: str) -> list[str]:
    """The slugs of the find page's clinics, in its order."""
    return list(dict.fromkeys(re.findall(r'href="/klinik/([a-z0-9-]+)/"', fetch(site + FIND)[1])))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    assert path, "Chromium is missing: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """new_page(width=375, scripts=False) → a page in a fresh context that fails on any request to elsewhere."""
    contexts: list[BrowserContext] = []
    strays: list[str] = []
    errors: list[str] = []

    def make(*, width: int = 1280, scripts: bool = True, **options: object) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            locale="da-DK",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: strays.append(request.url) if not request.url.startswith(site) else None)
        # A fade from page to page that a page without one cuts short is told as an error, and is none.
        page.on("pageerror", lambda error: "Transition was" in str(error) or errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        cookies = context.cookies()
        context.close()
        assert cookies == [], "a visitor got a cookie"
    assert strays == [], "a page asked another host"
    assert errors == [], "a script failed"
