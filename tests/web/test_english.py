"""English pages speak English: no Danish is left outside what is marked as Danish (articles, clinics' own words)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client

from fysfinder.tools import TOOLS
from tests.make import make_clinic, make_topic

DANISH = re.compile(
    r"\b(og|ikke|eller|klinikker|klinikken|med|uden|til|fra|af|på|hos|som|det|der|du|vi|din|dit|hvad|hvor|hvis|når|"
    r"oplyst|henvisning|ventetid|åbent|lukket|lukker|åbner|søg|læs|vis)\b",
    re.IGNORECASE,
)
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title", "data-added", "data-asking", "data-copied"}
SPOKEN |= {"data-found", "data-max", "data-refused", "data-remove", "data-tray-count", "data-undo"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
FILTERS = (
    "adgang=trinfri,handicaptoilet&ydernummer=ja&vederlagsfri=ja&hjemmebesoeg=ja&sprog=en,ar&aabent=nu,weekend"
    "&maks-ventetid=3&maks-pris=400&radius=5&hold=ja&online=ja&hjemmetraening=ja&emner=kryoterapi&sorter=pris"
)
SITUATION = "henvisning=ja&danmark=1&gange=5"


class Words(HTMLParser):
    """Everything a page says to eyes, screen readers and search engines, except inside lang="da"."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []  # tag, and whether it is in English
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        is_english = self.open[-1][1] if self.open else True
        if "lang" in values:
            is_english = values["lang"] == "en"
        if tag in {"script", "style"} or "noopener" in values.get("rel", ""):  # a source's title is its name
            is_english = False
        if is_english and "http" not in values.get("content", ""):
            self.said += [value for name, value in values.items() if name in SPOKEN]
        if tag not in VOID:
            self.open.append((tag, is_english))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1][1]:
            self.said.append(data)


# Addresses, and names of publishers: they are the same in every language.
NAMES = re.compile("|".join([r"https?://\S+", *(re.escape(row.publisher) for tool in TOOLS for row in tool.sources)]))


def danish_left(html: str) -> list[str]:
    assert '<html lang="en"' in html
    said = (NAMES.sub("", text) for text in Words(html).said)
    return [" ".join(text.split()) for text in said if DANISH.search(text)]


@pytest.fixture
def town(world: object) -> Iterator[None]:
    """Two clinics that say something about everything, beside the small world's own."""
    today = dt.date.today()
    knee = make_topic("knaesmerter", "condition", "Ondt i knæet", name_en="Knee pain", summary_da="Det gør ondt.")
    everything = {
        "step_free": False, "step_height_cm": 12, "door_width_cm": 85, "lift": True, "accessible_toilet": False,
        "parking": True, "disabled_parking": False, "agreement": True, "vederlagsfri": True, "therapist_count": 4,
        "home_visits": True, "group_classes": False, "online": True, "home_training": True, "by_appointment": False,
        "languages": ["da", "en", "ar"], "insurers": [], "about": "Vi hjælper med det, der gør ondt.",
        "phone": "+4586000014", "website": "https://frost.example", "street": "Demovej 1",
    }  # fmt: skip
    hours = {day: [(480, 1080)] for day in range(4)} | {4: "appointment", 5: "closed", 6: [(600, 720)]}
    for number in (1, 2):
        make_clinic(
            f"Frost {number}", topics=[knee, "kryoterapi"], waiting={"general": 9 * number}, team=["A. Testgaard"],
            prices={"first": (40000, 55000), "follow_up": 35000 * number, "group": 9000}, facts=["hours", "agreement"],
            hours=hours, exceptions=[(today, today, None, None, "")], today=today, **everything,
        )  # fmt: skip
    return


PATHS = (
    *("/", "/soeg/", "/soeg/?q=knee", "/soeg/?q=xyzzy", "/soeg/?q=knee+pain+near+xyzzy", "/ordbog/"),
    *("/ordbog/kryoterapi/", "/priser/", "/om/", "/kilder/", "/tilgaengelighed/", "/privatliv/", "/findes-ikke/"),
    *("/saadan-rangerer-vi/", "/find/", "/find/fysioterapeut/danmark/", "/find/fysioterapeut/aarhus-c/kryoterapi/"),
    *("/find/fysioterapeut/online/", "/find/fysioterapeut/danmark/?sorter=ventetid", "/klinik/findes-ikke/"),
    *(f"/find/fysioterapeut/danmark/?{FILTERS}", "/klinik/frost-1/", "/klinik/klinik-uvis/", "/klinik/frost-1/ret/"),
    *("/sammenlign/", "/sammenlign/?k=frost-1", "/sammenlign/?k=frost-1&k=frost-2&k=klinik-uvis", "/vaerktoejer/"),
    *(f"/vaerktoejer/{tool.slug}/" for tool in TOOLS),
    *(
        f"/find/fysioterapeut/danmark/?{SITUATION}",
        f"/klinik/frost-1/?{SITUATION}",
        f"/klinik/klinik-frost/?{SITUATION}",
    ),
    *(f"/sammenlign/?k=frost-1&k=frost-2&k=klinik-uvis&{SITUATION}", f"/priser/?{SITUATION}"),
)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", PATHS)
def test_no_danish_is_left_on_an_english_page(client: Client, path: str):
    response = client.get(f"/en{path}", follow=True)
    assert response.status_code == (404 if "findes-ikke" in path else 200)
    assert danish_left(response.content.decode()) == []


@pytest.mark.usefixtures("town")
def test_english_knows_its_own_names_of_topics_and_places(client: Client):
    page = client.get("/en/find/fysioterapeut/danmark/knaesmerter/").content.decode()
    assert "2 clinics with help for knee pain in all of Denmark" in page


@pytest.mark.django_db
def test_english_is_on_an_island_but_in_a_town_and_in_a_district():
    from django.utils.translation import override

    from fysfinder.places.gazetteer import Place

    def phrase(kind: str, name: str, preposition: str) -> str:
        return Place(name.lower(), name, kind, 55.0, 12.0, None, preposition, frozenset()).phrase

    with override("en"):
        assert phrase("island", "Bornholm", "på") == "on Bornholm"
        assert phrase("district", "Nørrebro", "på") == "in Nørrebro"
        assert phrase("city", "Aarhus", "i") == "in Aarhus"


def test_the_test_finds_danish_where_it_is_and_only_there():
    html = (
        '<html lang="en"><p>Ring og spørg</p><p lang="da">og <b lang="en">and</b></p><a title="ikke her">x</a></html>'
    )
    assert danish_left(html) == ["Ring og spørg", "ikke her"]
