"""Grammar, number by number: en and et, i and på, one and many, thousands and days, in Danish and in English."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from fysfinder.base.dates import format_day, format_long_day
from fysfinder.base.jinja import km, number
from fysfinder.places.gazetteer import Place
from fysfinder.topics.queries import TopicCard
from fysfinder.web import find_words


def place(name: str, kind: str = "town", preposition: str = "i", radius_km: float | None = None) -> Place:
    return Place("sted", name, kind, 56.0, 10.0, radius_km, preposition, frozenset())


AARHUS, NEAR_AARHUS = place("Aarhus", "city"), place("Aarhus", "city", radius_km=13)
AMAGER, FYN, DENMARK = place("Amager", "district", "på"), place("Fyn", "island", "på"), place("Danmark", "country")


@pytest.mark.parametrize(
    ("total", "where", "danish", "english"),
    [
        (1, AARHUS, "1 klinik i Aarhus", "1 clinic in Aarhus"),
        (2, NEAR_AARHUS, "2 klinikker nær Aarhus", "2 clinics near Aarhus"),
        (1234, DENMARK, "1.234 klinikker i hele Danmark", "1,234 clinics in all of Denmark"),
        (21, AMAGER, "21 klinikker på Amager", "21 clinics in Amager"),
        (21, FYN, "21 klinikker på Fyn", "21 clinics on Fyn"),
        (0, AMAGER, "Ingen klinikker fundet på Amager", "No clinics found in Amager"),
    ],
)
def test_the_heading_counts_and_places(total: int, where: Place, danish: str, english: str):
    for language, words in (("da", danish), ("en", english)):
        with translation.override(language):
            assert find_words.heading(total, where, (), is_near_me=False, is_narrowed=False) == words


@pytest.mark.parametrize(("count", "danish", "english"), [(1, "klinik", "clinic"), (2, "klinikker", "clinics")])
def test_one_and_many(count: int, danish: str, english: str):
    assert find_words.status(count) == f"{count} {danish} fundet"
    assert find_words.left_out(count).startswith(f"{count} {danish} mere passer måske")
    with translation.override("en"):
        assert find_words.status(count) == f"{count} {english} found"
        assert find_words.left_out(count).startswith(f"{count} more {english}")


@pytest.mark.parametrize(
    ("kind", "danish"),
    [
        ("treatment", "3 klinikker med massage i Aarhus"),
        ("condition", "3 klinikker med hjælp til massage i Aarhus"),
        ("patient_group", "3 klinikker for massage i Aarhus"),
        ("body_part", "3 klinikker med hjælp til problemer i massage i Aarhus"),
    ],
)
def test_what_is_offered_takes_the_word_of_its_kind(kind: str, danish: str):
    topic = TopicCard(1, "massage", kind, "Massage", "Massage", "", "", "", 0)
    assert find_words.heading(3, AARHUS, (topic,), is_near_me=False, is_narrowed=False) == danish


def test_numbers_distances_and_days_are_written_the_way_of_the_language():
    day, today = dt.date(2026, 11, 2), dt.date(2026, 11, 18)
    assert (number(10_000), km(1.24), km(12.6)) == ("10.000", "1,2\u00a0km", "13\u00a0km")
    assert (format_day(day, today), format_long_day(day)) == ("2. nov.", "2. november 2026")
    with translation.override("en"):
        assert (number(10_000), km(1.24), km(12.6)) == ("10,000", "1.2\u00a0km", "13\u00a0km")
    assert (format_day(day, today, "en"), format_long_day(day, "en")) == ("2 Nov", "2 November 2026")
