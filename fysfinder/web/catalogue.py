"""Made-up values for /stil/: every component in every state, from the same shapes the pages print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fysfinder.web.area_map import AreaMap, Dot
from fysfinder.web.cards import CardView, Line, Part
from fysfinder.web.clinic_page import FactView
from fysfinder.web.coast import View
from fysfinder.web.compare_page import Column
from fysfinder.web.compare_rows import Cell, Row
from fysfinder.web.find_page import Way, Zero
from fysfinder.web.hours_view import DayView, HoursView, SpecialView
from fysfinder.web.prices_view import PriceLine, PricesView
from fysfinder.web.shown import Answer, Dated
from fysfinder.web.situation_view import Receipt, ReceiptLine

TOKENS = (
    ("Flader", ("surface", "raised", "sunken", "band")),
    ("Tekst og linjer", ("ink", "ink-muted", "line", "line-strong", "link", "link-visited")),
    ("Slåen: os", ("brand", "brand-strong", "brand-soft", "brand-line", "band-line")),
    ("Havtorn: dit", ("accent", "accent-soft", "accent-line", "focus-halo")),
    ("Marehalm, rav, hyben", ("good", "good-soft", "warn", "warn-soft", "urgent", "urgent-soft", "urgent-fill")),
)
TYPE = ("t-sm", "t-body", "t-lg", "t-xl", "t-2xl", "t-3xl", "t-4xl")
LONG_NAME = "Klinik for Fysioterapi, Genoptræning og Bevægelse Sønderskov"
SOURCE = {"title": "En kilde", "publisher": "En udgiver", "url": "https://example.dk/", "year": 2026, "seen": ""}
DOTS = (Dot("a", 90, 80, "1", False), Dot("b", 200, 190, "12", True))
LABELS = ("Ventetid", "Pris, første gang", "Åbent i dag")
# Components that have no state of their own to show here, and why.
NOT_SHOWN = {
    "head": "stands in the head of every page",
    "footer": "stands under this page too",
    "masthead": "stands over every page",
    "logo": "stands in the masthead of this page",
    "filter_column": "made from the search itself: see the find page",
    "situation_panel": "made from the search itself: see the find page",
    "situation_form": "made from the calculator itself: see /priser/",
    "tool_result": "made from a tool's answer: see /vaerktoejer/bmi/",
    "tool_field": "made from a tool's question: its fields are shown as plain markup",
    "article_clinics": "made from an article: see /ordbog/kryoterapi/",
    "clinic_list": "made from an article: see its ':::klinikker'",
    "body_map": "made from the taxonomy: see /styrkeoevelser/",
    "review_status": "made from an article and its signatures",
    "topic_counts": "made from the directory: see an article",
    "title_list": "a line-list, which is shown",
    "terms": "made from an article's words",
    "compare_pick": "part of every clinic card",
    "answer_panel": "part of every clinic card",
    "goniometer": "belongs to the home band alone",
}


def catalogue(today: dt.date) -> Mapping[str, Any]:
    """What web/catalogue.html shows; dates are counted from today so that every ring is seen."""
    new, recent, old = (today - dt.timedelta(days=days) for days in (7, 200, 900))
    return {
        "tokens": TOKENS,
        "sizes": TYPE,
        "dates": (new, recent, old),
        "cards": (known_card(new), unknown_card(), long_card(new, old)),
        "facts": (
            FactView("door", "Dørbredde", "90 cm", True, Dated(new, "målt", "Klinikken")),
            FactView("toilet", "Handicaptoilet", "", False, None),
        ),
        "prices": PricesView(
            "Det fulde beløb, og din del med henvisning.",
            (
                PriceLine("Første besøg", "513,70 kr.", "45 min.", "311,82 kr. med henvisning"),
                PriceLine("Forløb", "12.303,12 kr."),
            ),
            Dated(recent, "oplyst", "Klinikken"),
            (),
        ),
        "no_prices": PricesView("", (), None, ()),
        "hours": hours(new),
        "no_hours": HoursView("", False, (), (), None),
        "receipt": receipt("1.303,12 kr.", old),
        "open_receipt": receipt("", old),
        "columns": tuple(column(letter, name) for letter, name in zip("AB", ("Klinik Ahorn", LONG_NAME), strict=True)),
        "rows": compare_rows(new),
        "map": AreaMap(320, 320, DOTS, View(0.528, 0.313, 2e6, 320, 320), "M20 20H300V200Q180 300 20 240Z", 80, "1 km"),
        "zero": Zero("Kryoterapi nær Anholt, åbent lørdag.", (Way("Fjern ”Åbent lørdag”", "#", 2),), "", ()),
        "sources": (
            {"title": "En kilde", "publisher": "En udgiver", "url": "https://example.dk/", "year": 2026, "seen": ""},
        ),
    }


def card(rank: int, name: str, answers: tuple[Answer, ...], *, phone: str = "", place: str = "") -> CardView:
    lines = (
        Line("check", (Part("Tilbyder "), Part("kryoterapi", "strong"), Part(" og 6 andre emner"))),
        Line("accessibility", (Part("Trinfri. Toilet "), Part("ikke oplyst", "unknown"))),
    )
    return CardView(
        slug=f"eksempel-{rank}",
        path="#",
        rank=rank,
        name=name,
        distance="1,2 km",
        address=place or "Eksempelvej 1, 8000 Aarhus C",
        answers=answers,
        lines=lines,
        phone=phone.replace(" ", ""),
        phone_words=phone,
        why="Den ligger nærmest." if rank == 1 else "",
    )


def known_card(new: dt.date) -> CardView:
    said = Dated(new, "oplyst", "Klinikken")
    price = Answer("Din pris, første gang", "311,82 kr.", "med henvisning", is_mine=True)
    answers = (Answer("Ventetid", "3 dage", dated=said), price, Answer("Åbent i dag", "Til 18.00", dated=said))
    return card(1, "Alt oplyst", answers, phone="86 00 00 14")


def unknown_card() -> CardView:
    return card(2, "Intet oplyst", tuple(Answer(label, "", "Ring og spørg") for label in LABELS))


def long_card(new: dt.date, old: dt.date) -> CardView:
    wait = Answer("Ventetid", "2–3 uger", "kan have ændret sig", Dated(old, "oplyst", "Klinikken"))
    price = Answer("Pris, første gang", "12.303,12 kr.", "uden tilskud", Dated(new, "oplyst", "Klinikken"))
    return card(3, LONG_NAME, (wait, price, Answer("Åbent i dag", "Lukket i dag")), phone="86 00 00 15")


def hours(said: dt.date) -> HoursView:
    days = (
        DayView("Mandag", ("8.00–12.00", "13.00–18.00"), True, True),
        DayView("Tirsdag", ("Lukket",), True, False),
        DayView("Onsdag", (), False, False),
    )
    special = (SpecialView("Lukket", "24.–26. dec.", "jul"),)
    return HoursView("Åbent nu, lukker 18.00", True, days, special, Dated(said, "bekræftet", "Klinikken"))


def receipt(total: str, tariff: dt.date) -> Receipt:
    lines = (
        ReceiptLine("Første besøg", "513,70 kr."),
        ReceiptLine("5 behandlinger", "1.633,15 kr." if total else "", note="326,63 kr. pr. gang" if total else ""),
        ReceiptLine("Offentligt tilskud", "−843,73 kr.", is_subsidy=True),
    )
    return Receipt(
        words="Med henvisning, 6 besøg.",
        lines=lines,
        total=total,
        per_visit="",
        dated=Dated(tariff, "takst fra", "Overenskomst"),
        is_old=True,
        reasons=() if total else ("Klinikkens pris er ikke oplyst.",),
        notes=("Vi lægger sammen og trækker tilskuddet fra.",),
        messages=(),
        sources=(("En kilde", "https://example.dk/"),),
    )


def column(letter: str, name: str) -> Column:
    return Column(
        letter, f"eksempel-{letter}", "#", name, "Eksempelvej 1, 8000 Aarhus C", "86000014", "86 00 00 14", "#"
    )


def compare_rows(new: dt.date) -> tuple[Row, ...]:
    said = Dated(new, "oplyst", "Klinikken")
    mine = (Cell("1.303,12 kr.", tag="lavest", is_big=True), Cell("12.303,12 kr.", is_big=True))
    course = Row("Dit forløb, i alt", mine, is_mine=True)
    return (course, Row("Ventetid", (Cell("3 dage", dated=said, tag="hurtigst"), Cell(""))))
