"""Where landmarks, headings and controls stand on eight kinds of page: a change that can be seen moves them.

Boxes, not pixels: another machine's fonts and smoothing move nothing by more than SLACK, a broken grid moves a lot.
UPDATE_LAYOUT=1 writes layout.json anew and pictures into var/layout/; look at those first. Why: docs/decisions/017.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scripts.site import ROOT
from tests.e2e.conftest import NewPage
from tests.e2e.pages import PAGES, address

FILE = Path(__file__).parent / "layout.json"
PICTURES = ROOT / "var" / "layout"
LOOKED_AT = ("home", "find", "zero", "clinic", "compare", "article", "receipt", "missing")
SLACK, SHARE = 12, 0.02  # pixels, and of how far down the page a thing stands
# Name → [left, top, width] of what is seen first and of what gives the page its shape; the first forty in their order.
BOXES = """() => Object.fromEntries([...document.querySelectorAll(
    "header, main, footer, nav, h1, h2, form, figure, table, aside, article, .button, input[type=text]")]
    .filter(each => each.checkVisibility() && each.getBoundingClientRect().height > 1).slice(0, 40).map((each, at) => {
        const box = each.getBoundingClientRect(), name = String(each.className).split(" ")[0];
        return [`${at} ${each.tagName.toLowerCase()}${name && "." + name}`,
            [box.left, box.top + scrollY, box.width].map(Math.round)];
    }))"""

# How much of the page jumped on its own since it began (Cumulative Layout Shift).
JUMPED = """() => new Promise(done => {
    setTimeout(done, 500, 0);
    new PerformanceObserver(list => done(list.getEntries().reduce((sum, each) => sum + each.value, 0)))
        .observe({type: "layout-shift", buffered: true});
})"""


def moved(kept: dict[str, list[int]], now: dict[str, list[int]]) -> list[str]:
    """What is new, gone, or further from its place than fonts can move it."""
    found = [f"{name}: gone" for name in kept.keys() - now.keys()] + [
        f"{name}: new" for name in now.keys() - kept.keys()
    ]
    for name in kept.keys() & now.keys():
        slack = [SLACK, SLACK + SHARE * kept[name][1], SLACK]
        if any(abs(a - b) > most for a, b, most in zip(kept[name], now[name], slack, strict=True)):
            found.append(f"{name}: {kept[name]} is now {now[name]}")
    return sorted(found)


def test_noise_is_no_change_and_a_shift_is():
    kept = {"0 h1": [16, 100, 300], "1 footer": [0, 4000, 375]}
    assert moved(kept, {"0 h1": [17, 104, 296], "1 footer": [0, 4080, 375]}) == []
    assert moved(kept, {"0 h1": [40, 100, 300], "1 footer": [0, 4300, 375]}) == [
        "0 h1: [16, 100, 300] is now [40, 100, 300]",
        "1 footer: [0, 4000, 375] is now [0, 4300, 375]",
    ]
    assert moved(kept, {"0 h1": [16, 100, 300], "1 nav": [0, 0, 1]}) == ["1 footer: gone", "1 nav: new"]


@pytest.mark.e2e
@pytest.mark.parametrize("width", [375, 1280])
def test_every_part_stands_where_it_stood(new_page: NewPage, clinics: list[str], width: int):
    page = new_page(width=width, reduced_motion="reduce")
    kept, now = json.loads(FILE.read_text()) if FILE.exists() else {}, {}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in LOOKED_AT:
        page.goto(address(clinics, PAGES[name]))
        page.evaluate("document.fonts.ready.then(() => true)")
        now[f"{name} {width}"] = page.evaluate(BOXES)
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
    if os.environ.get("UPDATE_LAYOUT"):
        FILE.write_text(json.dumps(kept | now, indent=0, sort_keys=True) + "\n")
        return
    changes = {name: moved(kept[name], boxes) for name, boxes in now.items()}
    assert {name: lines for name, lines in changes.items() if lines} == {}, f"pictures in {PICTURES}"


@pytest.mark.e2e
@pytest.mark.parametrize("name", ["home", "find", "clinic", "compare", "article"])
def test_nothing_jumps_while_a_page_is_made_ready(new_page: NewPage, clinics: list[str], name: str):
    page = new_page(width=375)
    page.goto(address(clinics, PAGES[name]), wait_until="networkidle")
    assert page.evaluate(JUMPED) < 0.01
