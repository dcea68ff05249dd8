"""Every kind of page as the server sends it: valid markup, names for what one can act on, true head, small weight."""

from __future__ import annotations

import json
import time
import urllib.request
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.e2e.conftest import fetch
from tests.e2e.pages import PAGES, address

# Address and bytes of the compressed body of the page and of each thing it asked for.
BODIES = """() => Object.fromEntries(["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
    .map(entry => [entry.name, entry.encodedBodySize]))"""
CONTROLS = {"input", "select", "textarea"}
STATUS = {"missing": 404, "prices_error": 422}


def parse(text: str) -> Element:
    """Strict: the first error of the markup is raised."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


@pytest.mark.e2e
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_valid_and_names_its_controls(site: str, clinics: list[str], name: str, language: str):
    status, text, headers = fetch(site + address(clinics, PAGES[name], language))
    assert status == STATUS.get(name, 200)
    assert "Set-Cookie" not in headers
    page = parse(text)
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert not [name for name, count in ids.items() if count > 1], "an id stands twice"
    labels = {label.get("for") for label in page.iter("label")}
    wrapped = {control for label in page.iter("label") for control in label.iter() if control.tag in CONTROLS}
    nameless = [
        control.attrib
        for control in page.iter()
        if control.tag in CONTROLS
        and control.get("type") not in {"hidden", "submit"}
        and control not in wrapped
        and control.get("id") not in labels
        and not control.get("aria-label")
    ]
    assert not nameless
    assert not [
        link.attrib for link in page.iter("a") if not "".join(link.itertext()).strip() and not link.get("aria-label")
    ]
    assert len(list(page.iter("h1"))) == 1
    assert page.get("lang") == language
    references = {
        name
        for element in page.iter()
        for attribute in ("aria-describedby", "aria-labelledby", "for", "list")
        for name in (element.get(attribute) or "").split()
    }
    assert references <= set(ids), "something refers to an id that is not on the page"


@pytest.mark.e2e
@pytest.mark.parametrize("name", PAGES)
def test_every_head_is_true_to_its_page(site: str, clinics: list[str], name: str):
    path = address(clinics, PAGES[name])
    status, text, _headers = fetch(site + path)
    page = parse(text)
    metas = {meta.get("name"): meta.get("content") or "" for meta in page.iter("meta") if meta.get("name")}
    assert (page.findtext(".//title") or "").strip()
    if status == 200:
        assert 20 <= len(metas["description"]) <= 320 or name == "feedback"  # a form nobody finds by searching
        canonical = page.find(".//link[@rel='canonical']")
        assert name == "feedback" or (canonical is not None and canonical.get("href", "").startswith(site))
    if "?" in path and not path.startswith("/soeg"):
        assert metas["robots"].startswith("noindex")
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            assert json.loads(script.text or "")["@context"] == "https://schema.org"
    elsewhere = [
        element.get(name)
        for element in page.iter()
        for name in ("src", "action", "data-find")
        if (element.get(name) or "").startswith(("http", "//"))
    ]
    styles = [link.get("href") for link in page.iter("link") if link.get("rel") in {"stylesheet", "preload", "icon"}]
    assert not elsewhere and not [href for href in styles if (href or "").startswith(("http", "//"))]


def packed_bytes(address: str) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        return len(answer.read())


@pytest.mark.e2e
def test_a_page_of_twenty_clinics_weighs_at_most_40_kb_in_six_requests(site: str, new_page):
    address = "/find/fysioterapeut/danmark/"
    page, light = new_page(), packed_bytes(site + address)
    for _attempt in range(100):  # the second who asks has it packed harder for all who come after
        if packed_bytes(site + address) < light:
            break
        time.sleep(0.05)
    page.goto(address, wait_until="networkidle")
    assert page.locator(".clinic-card").count() == 20
    bodies: dict[str, int] = page.evaluate(BODIES)
    assert len(bodies) <= 6, bodies
    assert 2_000 < sum(size for address, size in bodies.items() if address.endswith(".js")) <= 15_000
    assert 30_000 < sum(bodies.values()) <= 38_000  # 40 kB is what was promised; what was won is kept
    page.locator(".clinic-card").first.hover()  # the first touch fetches what swaps the list
    page.wait_for_function("() => Boolean(window.htmx)")
    bodies = page.evaluate(BODIES)
    assert len(bodies) <= 6 and sum(size for address, size in bodies.items() if address.endswith(".js")) <= 15_000
