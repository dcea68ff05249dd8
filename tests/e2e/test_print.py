"""Four clinics compared fit one sheet of A4."""

from __future__ import annotations

import re

from tests.e2e.conftest import NewPage


def test_a_comparison_of_four_prints_on_one_page(new_page: NewPage):
    page = new_page()
    page.goto("/find/fysioterapeut/danmark/kryoterapi/?henvisning=ja&danmark=5")
    for box in page.locator("[data-pick]").all()[:4]:
        box.check()
    page.locator("[data-tray] a").click()
    page.wait_for_url("**/sammenlign/**")
    assert "henvisning=ja" in page.url and page.url.count("k=") >= 4  # the tray carries my answers
    assert "Dit forløb, i alt" in page.content()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 1
