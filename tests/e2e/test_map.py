"""The map in a browser: alive when asked for, movable by keyboard, true to the list, and a drawing without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage
from tests.e2e.test_journeys import FIND


@pytest.mark.e2e
def test_the_map_opens_moves_by_keyboard_and_searches_what_it_shows(new_page: NewPage):
    page = new_page()
    page.goto(FIND)
    page.get_by_role("button", name="Åbn kortet").click()
    status = page.locator(".area-map__tools [role=status]")
    expect(status).to_have_text(re.compile(r"\d+ klinik(ker)? i udsnittet"))
    ranked = page.locator(".area-map__dot[href^='#k-']")
    assert all(page.locator(dot.get_attribute("href") or "").count() for dot in ranked.all())
    land = page.locator(".area-map__land").get_attribute("d")
    before = status.inner_text()
    for key in ("-", "-", "ArrowLeft"):
        page.keyboard.press(key)
    expect(status).not_to_have_text(before)
    assert page.locator(".area-map__land").get_attribute("d") != land
    total = status.inner_text().split(" ")[0]
    page.get_by_role("link", name="Søg i dette område").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"^{re.escape(total)} klinik"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("i udsnittet")


@pytest.mark.e2e
def test_without_script_the_map_is_a_drawing_with_the_numbers_of_the_list(new_page: NewPage):
    page = new_page(scripts=False)
    page.goto(FIND)
    assert (page.locator(".area-map__land").get_attribute("d") or "").startswith("M")
    expect(page.locator(".area-map__dot").first).to_be_visible()
    expect(page.get_by_role("button", name="Åbn kortet")).to_be_hidden()
