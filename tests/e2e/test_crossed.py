"""The named journeys, each in eight ways: JavaScript on and off, Danish and English, 375 and 1280 px.

How each ends is kept as a picture in var/journeys/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from scripts.site import ROOT
from tests.e2e.conftest import NewPage
from tests.e2e.pages import FIND

PICTURES = ROOT / "var" / "journeys"
WAYS = [(w, js, code) for w in (375, 1280) for js in (True, False) for code in ("da", "en")]


@dataclass(frozen=True)
class Way:
    page: Page
    width: int
    has_scripts: bool
    language: str

    def go(self, path: str) -> None:
        self.page.goto(("" if self.language == "da" else f"/{self.language}") + path)

    def say(self, danish: str) -> str:
        """What the page says for the Danish of its source."""
        with translation.override(self.language):
            return translation.gettext(danish)

    def button(self, danish: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(danish), exact=True)

    def link(self, danish: str) -> Locator:
        return self.page.get_by_role("link", name=self.say(danish), exact=True)

    @property
    def cards(self) -> Locator:
        return self.page.locator(".clinic-card")


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{'js' if way[1] else 'plain'}-{way[2]}")
def way(request: pytest.FixtureRequest, new_page: NewPage) -> Iterator[Way]:
    width, has_scripts, language = request.param
    way = Way(new_page(width=width, scripts=has_scripts, reduced_motion="reduce"), width, has_scripts, language)
    yield way
    PICTURES.mkdir(parents=True, exist_ok=True)
    way.page.screenshot(path=PICTURES / f"{re.sub(r'[^a-z0-9-]+', '-', request.node.name)}.png")


@pytest.mark.e2e
def test_find_filter_sort_compare_print_and_call(way: Way):
    page = way.page
    way.go("/")
    page.locator("input[name=q]").fill("kryoterapi aarhus")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{FIND}")
    before = page.get_by_role("heading", level=1).inner_text()
    if way.width == 375:
        page.get_by_role("button", name=re.compile(f"^{way.say('Filtre')}")).click()
    page.locator("input[name=ydernummer]").check()
    page.locator("input[name=sorter][value=pris]").check()
    if not way.has_scripts:
        page.locator(".filter-column__foot button").click()
    page.wait_for_url(re.compile(r"ydernummer=ja.*sorter=pris"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    if way.width == 375 and way.has_scripts:
        page.keyboard.press("Escape")
    for number in range(2):
        way.cards.nth(number).locator("input[name=k]").check()
    page.locator("[data-tray] a" if way.has_scripts else ".find-page__pick button").last.click()
    page.wait_for_url("**/sammenlign/**")
    assert way.language == "da" or "/en/" in page.url
    if way.has_scripts:
        page.evaluate("window.print = () => { window.isPrinted = true; }")
        page.locator("[data-print]").click()
        assert page.evaluate("window.isPrinted")
    expect(page.locator("thead a[href^='tel:']").first).to_be_visible()


@pytest.mark.e2e
def test_read_about_a_treatment_then_clinics_near_and_my_price(way: Way):
    page = way.page
    way.go("/ordbog/kryoterapi/")
    page.get_by_label(way.say("Hvor?")).fill("8000")
    way.button("Find").click()
    page.wait_for_url("**/find/fysioterapeut/**/kryoterapi/**")
    way.go("/priser/")
    page.get_by_label(way.say("Ja"), exact=True).first.check()
    page.locator("input[name=postnr]").fill("8000")
    way.button("Regn ud").click()
    price = page.get_by_role("region", name=way.say("Sådan bliver din pris"))
    expect(price).to_contain_text(way.say("Du betaler"))
    price.get_by_role("link", name=way.say("Find klinikker til den pris")).click()
    expect(way.cards.first.locator(".answers__item--mine")).to_be_visible()


@pytest.mark.e2e
def test_no_result_names_what_to_drop_and_the_nearest(way: Way):
    page = way.page
    way.go(f"{FIND}?maks-pris=100")
    heading = page.get_by_role("heading", level=1)
    nothing = heading.inner_text()
    expect(way.cards.first).to_be_visible()  # the nearest without the requirements
    page.locator(".zero-results__ways a").first.click()
    expect(heading).not_to_have_text(nothing)
    expect(way.cards.first).to_be_visible()


@pytest.mark.e2e
def test_a_wrong_fact_can_be_reported(way: Way):
    page = way.page
    way.go(FIND)
    way.cards.first.locator(".clinic-card__name a").click()
    way.link("Ret en oplysning").click()
    page.locator("textarea").fill("Telefonnummeret er forkert.")
    way.button("Send rettelsen").click()
    expect(page.locator("main")).to_contain_text(re.compile("[Tt]ak|[Tt]hank"))


@pytest.mark.e2e
def test_a_calculator_answers_and_says_what_is_wrong(way: Way):
    page = way.page
    way.go("/vaerktoejer/bmi/")
    page.locator("input[name=vaegt]").fill("80")
    page.locator("input[name=hoejde]").fill("x")
    page.locator("main form button:not([type=button])").last.click()
    expect(page.locator(".field__error").first).to_be_visible()
    expect(page.locator("input[name=vaegt]")).to_have_value("80")  # nothing typed is lost
    page.locator("input[name=hoejde]").fill("180")
    page.locator("main form button:not([type=button])").last.click()
    expect(page.locator(".tool-result").first).to_contain_text("24,7" if way.language == "da" else "24.7")


@pytest.mark.e2e
def test_start_back_asks_nine_questions_and_keeps_what_was_answered(way: Way):
    page = way.page
    way.go("/vaerktoejer/start-back/")
    groups = page.locator("main form fieldset")
    for group in groups.all():
        group.locator("input[type=radio]").first.check()
    page.locator("main form button:not([type=button])").last.click()
    expect(page.locator(".tool-result, .note").first).to_be_visible()
    assert page.locator("main form input[type=radio]:checked").count() == groups.count() >= 9
