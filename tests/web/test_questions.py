"""The search box: a question leads to its page, or we ask back; suggestions are small and safe."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.web.question_page import parse_point

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("kryoterapi 8000", "/find/fysioterapeut/aarhus-c/kryoterapi/"),
        ("kryoterapi aarhus c", "/find/fysioterapeut/aarhus-c/kryoterapi/"),
        ("8000", "/find/fysioterapeut/aarhus-c/"),
    ],
)
def test_a_question_with_a_place_leads_to_its_clinics(client: Client, query: str, target: str):
    response = client.get("/soeg/", {"q": query})
    assert response.status_code == 302 and response["Location"] == target
    assert client.get("/en/soeg/", {"q": query})["Location"] == "/en" + target


def test_a_topic_without_a_place_asks_where(client: Client):
    html = client.get("/soeg/", {"q": "kryoterapi"}).content.decode()
    assert "Hvor vil du søge?" in html and 'name="sted"' in html and "/ordbog/kryoterapi/" in html
    response = client.get("/soeg/", {"q": "kryoterapi", "sted": "8000"})
    assert response["Location"] == "/find/fysioterapeut/aarhus-c/kryoterapi/"


def test_an_unknown_place_is_named_and_asked_again(client: Client):
    html = client.get("/soeg/", {"q": "kryoterapi", "sted": "Atlantis"}).content.decode()
    assert "Vi kender ikke stedet ”Atlantis”" in html


def test_the_visitors_position_leads_to_the_nearest_place(client: Client):
    target = client.get("/soeg/", {"q": "kryoterapi", "naer": "56.1567,10.2108"})["Location"]
    assert target.startswith("/find/fysioterapeut/aarhus-c/kryoterapi/?")
    assert "56.157,10.211" in target


@pytest.mark.parametrize("point", ["", "56", "a,b", "91,10", "56,181", "nan,10", "inf,inf", "1e999,1", "56,10,3"])
def test_a_point_that_is_none_is_ignored(client: Client, point: str):
    assert parse_point(point) is None
    assert client.get("/soeg/", {"naer": point}).status_code == 200


@given(st.text())
def test_points_are_read_from_any_text_without_an_error(text: str):
    point = parse_point(text)
    assert point is None or (abs(point[0]) <= 90 and abs(point[1]) <= 180)


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "'; drop table clinics; --", "%00", "\u202e", "æøå" * 100, "{{ 7*7 }}", " "]
)
def test_odd_questions_are_answered_and_never_executed(client: Client, query: str):
    for path in ("/soeg/", "/forslag/"):
        response = client.get(path, {"q": query})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_suggestions_are_rows_with_kind_label_hint_and_address(client: Client):
    response = client.get("/forslag/", {"q": "kryo"})
    assert response["Content-Type"] == "application/json"
    assert "max-age" in response["Cache-Control"]
    rows = response.json()
    assert rows and set(rows[0]) == {"kind", "label", "hint", "url"}
    assert rows[0]["label"] == "Kryoterapi"
    assert all(row["url"].startswith("/") for row in rows)
    assert client.get("/forslag/").json() == []


def test_words_of_an_article_find_it_with_the_passage(client: Client):
    html = client.get("/soeg/", {"q": "føles koldt"}).content.decode()
    assert "I leksikonet" in html and "/ordbog/kryoterapi/#" in html


def test_wishes_in_the_question_become_filters_of_the_one_address(client: Client):
    target = client.get("/soeg/", {"q": "kryoterapi 8000 under 600 kr"})["Location"]
    assert target == "/find/fysioterapeut/aarhus-c/kryoterapi/?maks-pris=600"
    assert client.get(target).status_code == 200


def test_near_me_asks_for_a_place_and_offers_the_button(client: Client):
    html = client.get("/soeg/", {"q": "kryoterapi i nærheden af mig"}).content.decode()
    assert 'name="sted"' in html and "data-location=" in html


def test_what_was_understood_can_be_taken_away(client: Client):
    html = client.get("/soeg/", {"q": "kryoterapi under 600 kr"}).content.decode()
    assert 'href="/soeg/?q=kryoterapi"' in html
