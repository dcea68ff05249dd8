"""What is kept of a clinic's card: never another question's, language's or moment's, and nothing of a visitor."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from fysfinder.clinics import actions
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.clinics.provenance import Origin
from fysfinder.search import directory as columns
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.tariffs.actions import load_tariffs
from fysfinder.topics.queries import get_topic, taxonomy
from fysfinder.web import shown_cards as module
from fysfinder.web.shown_cards import ShownCard, shown_cards
from fysfinder.web.views.find import read_place
from tests.make import make_clinic, make_postcode, make_topic

FIND = "/find/fysioterapeut/aarhus-c/"
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=COPENHAGEN)


def cards(topic: str | None = None, now: dt.datetime = NOON, **params: str) -> tuple[ShownCard, ...]:
    search = ClinicSearch.from_query(place=read_place("aarhus-c"), topic_slug=topic, params=params, now=now)
    results = search.run()
    found = [*zip(results.ids, results.distances_km, strict=True)]
    return shown_cards(search, found, list(taxonomy().cards(search.topic_slugs)))


def test_a_kept_card_prints_what_a_fresh_one_does(world: object, monkeypatch: pytest.MonkeyPatch):
    first = [card.html for card in cards("kryoterapi")]
    cards()  # the same clinics under another question
    kept = [card.html for card in cards("kryoterapi")]
    monkeypatch.setattr(module, "_kept_frames", lambda search: module.Memory(9))
    monkeypatch.setattr(module, "_kept_lines", lambda search: module.Memory(9))
    assert kept == first == [card.html for card in cards("kryoterapi")]


def test_the_topics_asked_for_stand_on_no_other_questions_card(world: object):
    assert "<b>kryoterapi</b>" in cards("kryoterapi")[0].html
    assert "<b>kryoterapi</b>" not in cards()[0].html


def test_each_language_has_its_own_cards(world: object):
    danish = cards()[0].html
    with translation.override("en"):
        english = cards()[0].html
    assert "Ventetid" in danish and "Ventetid" not in english and "/en/klinik/" in english


def test_kept_cards_take_the_rank_and_the_distance_of_the_page(world: object):
    search = ClinicSearch.from_query(place=read_place("aarhus-c"), topic_slug=None, params={}, now=NOON)
    pk = search.run().ids[0]
    here, there = (shown_cards(search, [(pk, km)], [], first=rank)[0] for rank, km in ((1, 0.5), (21, None)))
    assert ">1</span>" in here.html and "0,5\u00a0km</b>" in here.html
    assert ">21</span>" in there.html and "km</b>" not in there.html


def test_a_name_cannot_open_a_gap(world: object):
    make_clinic("A <!--gap--> \ue000 <b>B</b>")
    card = next(card for card in cards() if "gap" in card.html)
    assert "A &lt;!--gap--&gt; \ue000 &lt;b&gt;B&lt;/b&gt;" in card.html


def test_my_answers_are_on_my_card_and_on_no_other(world: object):
    load_tariffs(path=settings.DATA_DIR / "tariffs.csv")
    plain = [card.html for card in cards()]
    mine = [card.html for card in cards(henvisning="nej")]
    assert "henvisning=nej" in mine[0] and mine != plain
    assert [card.html for card in cards()] == plain


def test_a_card_follows_the_clock(world: object):
    make_clinic("Klinik Morgen", hours={2: [(480, 780)]})
    said = [
        next(card.html for card in cards(now=NOON.replace(hour=hour)) if card.slug == "klinik-morgen")
        for hour in (7, 12, 14)
    ]
    assert len(set(said)) == 3


def test_a_write_is_on_the_next_card(client: Client, world: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(columns, "CHECK_EVERY_SECONDS", 0)
    client.get(FIND)
    clinic = Clinic.objects.get(slug="klinik-frost")
    origin = Origin("redaktionen", "editor", timezone.localdate())
    actions.update_clinic(clinic=clinic, changes={"phone": "+4586123456"}, origin=origin)
    assert "tel:+4586123456" in client.get(FIND).content.decode()


def test_new_tariffs_are_on_the_next_card(world: object, tmp_path: Path):
    make_clinic("Klinik Takst", agreement=True, prices={})
    path = tmp_path / "tariffs.csv"
    text = (settings.DATA_DIR / "tariffs.csv").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    load_tariffs(path=path)
    before = next(card.html for card in cards() if card.slug == "klinik-takst")
    head, *_rows = text.splitlines()
    path.write_text(head + "\n", encoding="utf-8")
    load_tariffs(path=path)
    assert next(card.html for card in cards() if card.slug == "klinik-takst") != before


def test_cards_that_are_kept_take_no_query(world: object, django_assert_num_queries):
    make_postcode()
    make_topic("massage")
    cards("kryoterapi")
    with django_assert_num_queries(0):
        assert cards("kryoterapi") and get_topic("massage")
