"""What a screen reader is told on the five main journeys: the accessibility tree, kept as text.

UPDATE_TRANSCRIPTS=1 writes the files anew; look at the difference before you keep it. Addresses and the prose of
articles are left out, so that only what a page says of itself breaks a transcript.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage
from tests.e2e.pages import FIND

FOLDER = Path(__file__).parent / "transcripts"
Tell = Callable[[str, Locator], None]


def tree(part: Locator) -> str:
    """The part's accessibility tree without addresses, and without the words that only repeat a control's name."""
    lines = [line for line in part.aria_snapshot().splitlines() if not re.match(r"\s*- /url:", line)]
    lines = [re.sub(r'- row ".*"', "- row", line) for line in lines]  # a row's name is its cells once more
    shown = []
    for line, before in zip(lines, ["", *lines], strict=False):
        said = re.match(r"\s*- text: \"?(.*?)\"?$", line)
        if not (said and f'"{said[1]}"' in before):
            shown.append(line.removesuffix(":"))
    return "\n".join(shown)


def search_and_pick(page: Page, tell: Tell) -> None:
    """From the front page to a list of clinics, by keyboard and suggestion."""
    page.goto("/")
    tell("Forsiden", page.locator("body"))
    page.get_by_role("combobox", name="Hvad har du brug for").press_sequentially("kryoterapi a")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    tell("Forslag, mens man skriver", page.get_by_role("search"))
    page.goto(FIND)
    tell("Listens hoved", page.locator(".find-page__head"))
    tell("Den første klinik", page.locator(".clinic-card").first)
    page.locator("input[name=k]").first.check()
    tell("En klinik valgt til sammenligning", page.locator("[data-tray]"))
    tell("Besked om det", page.locator("[data-toast]"))
    tell("Kortet", page.locator("#kort"))


def filter_on_a_phone(page: Page, tell: Tell) -> None:
    """Filters in the sheet, and none left over."""
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(FIND)
    tell("Knapper over listen", page.locator(".find-page__tools"))
    page.get_by_role("button", name=re.compile("^Filtre")).click()
    sheet = page.get_by_role("dialog", name="Filtre")
    tell("Filtre", sheet)
    sheet.get_by_role("checkbox", name=re.compile("^Har ydernummer")).check()
    expect(page).to_have_url(re.compile("ydernummer=ja"))
    tell("Antallet siges", page.locator("#antal"))
    page.goto("/find/fysioterapeut/anholt/kryoterapi/?maks-pris=100&maks-ventetid=1")
    tell("Ingen passer på det hele", page.locator("#resultater"))


def look_at_a_clinic(page: Page, tell: Tell) -> None:
    """One clinic: waiting time, price, hours, access, and a mistake reported."""
    page.goto(FIND)
    page.locator(".clinic-card__name a").first.click()
    tell("Klinikken", page.locator("main"))
    page.get_by_role("link", name="Ret en oplysning").first.click()
    tell("Ret en oplysning", page.locator("main"))


def compare_three(page: Page, tell: Tell) -> None:
    """Three clinics beside each other, with one's own price."""
    page.goto(f"{FIND}?henvisning=ja&danmark=5")
    for box in page.locator("input[name=k]").all()[:3]:
        box.check()
    page.locator("[data-tray] a").click()
    page.wait_for_url("**/sammenlign/**")
    tell("Sammenligning", page.locator("main"))


def read_and_reckon(page: Page, tell: Tell) -> None:
    """From an article to clinics near by and to what it costs me."""
    page.goto("/ordbog/kryoterapi/")
    for name, part in (
        ("Gennemgang", ".review-status"),
        ("Kort fortalt", ".key-points"),
        ("Ved siden af: indhold og klinikker", ".article__side"),
    ):
        tell(name, page.locator(part).first)
    page.goto("/priser/")
    tell("Spørgsmålene", page.locator("#din-pris form"))
    page.goto("/priser/?henvisning=ja&postnr=8000&danmark=5&gange=6")
    tell("Kvitteringen", page.get_by_role("region", name="Sådan bliver din pris"))
    page.goto("/priser/?henvisning=ja&postnr=80&gange=999")
    tell("Fejl i svarene", page.locator("#din-pris form"))


JOURNEYS = (search_and_pick, filter_on_a_phone, look_at_a_clinic, compare_three, read_and_reckon)


@pytest.mark.e2e
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_a_screen_reader_is_told_the_same_as_before(new_page: NewPage, journey: Callable[[Page, Tell], None]):
    page, told = new_page(), [(journey.__doc__ or "").rstrip()]
    journey(page, lambda title, part: told.append(f"\n== {title}\n{tree(part)}"))
    text, path = "\n".join(told) + "\n", FOLDER / f"{journey.__name__}.txt"
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "UPDATE_TRANSCRIPTS=1 writes it anew"
