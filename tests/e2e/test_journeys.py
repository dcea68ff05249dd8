"""The ways people take through the site, in a real browser, with JavaScript on and off, narrow and wide."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage

FIND = "/find/fysioterapeut/aarhus/kryoterapi/"
WAYS = pytest.mark.parametrize(("width", "scripts"), [(375, True), (1280, True), (375, False), (1280, False)])


def search_from_home(page: Page, text: str) -> None:
    page.goto("/")
    page.locator("input[name=q]").fill(text)
    page.keyboard.press("Enter")


def cards(page: Page):
    return page.locator(".clinic-card")


@pytest.mark.e2e
@WAYS
def test_a_newcomer_searches_reads_compares_and_finds_a_number_to_call(new_page: NewPage, width: int, scripts: bool):
    page = new_page(width=width, scripts=scripts)
    search_from_home(page, "kryoterapi aarhus")
    expect(page).to_have_url(re.compile(FIND + "$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("kryoterapi nær Aarhus")

    page.get_by_role("link", name="Læs om kryoterapi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kryoterapi")
    expect(page.get_by_role("heading", name=re.compile("Klinikker"))).to_be_visible()
    page.go_back()

    for number in range(3):
        cards(page).nth(number).locator("input[name=k]").check()
    if scripts:
        page.get_by_role("link", name=re.compile("^Sammenlign")).last.click()
    else:
        page.get_by_role("button", name=re.compile("Sammenlign")).last.click()
    expect(page).to_have_url(re.compile(r"/sammenlign/\?k=.+&k=.+&k="))
    expect(page.get_by_role("table").first).to_be_visible()

    page.locator("a[href^='/klinik/']").first.click()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()


@pytest.mark.e2e
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_scrolls_sideways(new_page: NewPage, width: int):
    page = new_page(width=width)
    page.goto(FIND)
    clinic = cards(page).first.locator("a[href^='/klinik/']").first.get_attribute("href")
    paths = ["/", FIND, clinic, "/ordbog/", "/ordbog/kryoterapi/", "/priser/", "/soeg/?q=smerte", "/findes-ikke/"]
    for path in paths:
        page.goto(path)
        extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert extra <= 0, f"{path} is {extra} px too wide"


@pytest.mark.e2e
def test_choosing_a_filter_changes_list_and_address_without_a_new_page(new_page: NewPage):
    page = new_page()
    page.goto(FIND)
    page.evaluate("window.isSamePage = true")
    before = page.get_by_role("heading", level=1).inner_text()
    page.locator("input[name=ydernummer]").first.check()
    page.wait_for_url(re.compile("ydernummer=ja"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    assert page.evaluate("window.isSamePage") is True
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


@pytest.mark.e2e
def test_suggestions_work_with_the_keyboard_alone(new_page: NewPage):
    page = new_page()
    page.goto("/")
    box = page.locator("input[role=combobox]")
    box.press_sequentially("kryo", delay=30)
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("Enter")
    expect(page).not_to_have_url("/")


@pytest.mark.e2e
def test_english_is_one_click_away_and_stays(new_page: NewPage):
    page = new_page()
    page.goto(FIND)
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en" + FIND))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Dansk").click()
    expect(page).to_have_url(re.compile(r"\d" + FIND))


@pytest.mark.e2e
def test_the_whole_way_can_be_walked_with_the_keyboard_alone(new_page: NewPage):
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.locator("input[name=q]").focus()
    page.keyboard.type("kryoterapi aarhus")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(FIND))
    seen = []
    for _step in range(120):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
            const box = e.closest('.choice, .search-box__field') || e, b = getComputedStyle(box);
            return {tag: e.tagName, name: e.name || '', href: e.getAttribute('href') || '',
                    isVisible: r.width > 0 && r.height > 0,
                    hasRing: [s, b].some(x => x.outlineStyle !== 'none' || x.boxShadow !== 'none')} }"""
        )
        assert focus["isVisible"], focus
        assert focus["hasRing"], focus
        seen.append(focus)
        if focus["name"] == "k":
            page.keyboard.press("Space")
            break
    assert seen[-1]["name"] == "k", "no clinic could be picked with the keyboard"
    expect(page.locator("input[name=k]").first).to_be_checked()


@pytest.mark.e2e
@pytest.mark.parametrize("scripts", [True, False])
def test_filters_open_on_a_phone_and_narrow_the_list(new_page: NewPage, scripts: bool):
    page = new_page(width=375, scripts=scripts)
    page.goto("/find/fysioterapeut/aarhus/")
    page.get_by_role("button", name=re.compile("^Filtre")).click()
    page.locator("input[name=ydernummer]").first.check()
    if not scripts:
        page.get_by_role("button", name=re.compile("^Vis")).last.click()
    expect(page).to_have_url(re.compile("ydernummer=ja"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("klinik")


@pytest.mark.e2e
def test_the_filter_sheet_holds_the_focus_and_gives_it_back(new_page: NewPage):
    page = new_page(width=375)
    page.goto("/find/fysioterapeut/aarhus/")
    opener = page.get_by_role("button", name=re.compile("^Filtre"))
    opener.focus()
    page.keyboard.press("Enter")
    inside = "document.getElementById('filtre').contains(document.activeElement)"
    page.wait_for_function(inside)
    for _step in range(80):
        page.keyboard.press("Tab")
        # After the last control the browser's own bar has its turn; the page behind never has.
        assert page.evaluate(inside + " || document.activeElement === document.body")
    sheet = page.get_by_role("dialog", name="Filtre")
    assert sheet.get_attribute("aria-modal") == "true"
    box = sheet.locator("input[name=ydernummer]").first
    box.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("ydernummer=ja"))
    expect(box).to_be_focused()  # and what the answer holds is said where one is
    expect(sheet.get_by_role("status")).to_have_text(re.compile(r"^\d+ klinik"))
    assert page.evaluate("document.querySelector('.masthead').inert && document.getElementById('liste').inert")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.e2e
@pytest.mark.parametrize("is_filtered", [False, True])
def test_coming_back_to_the_list_finds_the_place_one_left(new_page: NewPage, is_filtered: bool):
    page = new_page(width=375)
    page.goto("/find/fysioterapeut/aarhus/")
    if is_filtered:  # an answer that was swapped in, not loaded
        page.get_by_role("button", name=re.compile("^Filtre")).click()
        page.locator("input[name=ydernummer]").first.check()
        expect(page).to_have_url(re.compile("ydernummer=ja"))
        page.keyboard.press("Escape")
    card = cards(page).nth(8)
    card.scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    card.locator(".clinic-card__name a").click()
    page.wait_for_url("**/klinik/**")
    page.go_back()
    expect(card).to_be_in_viewport()
    page.wait_for_function("left => Math.abs(scrollY - left) < 200", arg=left)


@pytest.mark.e2e
def test_a_removed_chip_leaves_the_focus_on_the_heading(new_page: NewPage):
    page = new_page()
    page.goto("/find/fysioterapeut/aarhus/?ydernummer=ja&trinfri=ja")
    page.locator(".find-page__chips a").first.focus()
    page.evaluate("window.isSamePage = true")
    page.wait_for_function("() => Boolean(window.htmx)")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("ja.*ja"))
    assert page.evaluate("window.isSamePage") is True
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.e2e
def test_without_script_the_compare_button_is_near_every_card(new_page: NewPage):
    page = new_page(width=375, scripts=False)
    page.goto(FIND)
    cards(page).first.locator("input[name=k]").check()
    expect(page.get_by_role("button", name="Sammenlign valgte")).to_be_in_viewport()


@pytest.mark.e2e
def test_the_comparison_remembers_what_was_asked_and_forgets_who_is_removed(new_page: NewPage):
    page = new_page(width=375)
    page.goto(FIND)
    for number in range(3):
        cards(page).nth(number).locator("input[name=k]").check()
    page.get_by_role("link", name=re.compile("^Sammenlign")).last.click()
    expect(page).to_have_url(re.compile("emne=kryoterapi&fra=aarhus"))
    expect(page.get_by_role("rowheader", name="Afstand i luftlinje")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Kryoterapi")).to_be_visible()
    expect(page.locator("thead a[href^='tel:']").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Fjern")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sammenlign 2 klinikker")
    page.goto(FIND)
    expect(page.locator("[data-tray-count]")).to_have_text("Valgt: 2 af 4")


@pytest.mark.e2e
@pytest.mark.parametrize("path", ["/priser/", "/kilder/"])
def test_tables_of_facts_are_blocks_on_a_phone(new_page: NewPage, path: str):
    page = new_page(width=375)
    page.goto(path)
    wide = "[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1"
    assert page.evaluate(wide + " && getComputedStyle(e).overflowX !== 'visible').map(e => e.className)") == []
    assert page.locator("tbody td").first.evaluate("e => getComputedStyle(e, '::before').content") != "none"
