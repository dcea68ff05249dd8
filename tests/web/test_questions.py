"""The search box: a question leads to its page, or we ask back; suggestions are small and safe."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.web.question_page import parse_point
from tests.make import make_topic
from tests.web.conftest import ARTICLE, forget_all, make_article

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


@pytest.mark.parametrize("params", [{"q": "fysioterapeut 9999"}, {"q": "kryoterapi", "sted": "9999"}])
def test_a_postcode_that_does_not_exist_is_said_with_the_nearest(client: Client, params: dict[str, str]):
    html = client.get("/soeg/", params).content.decode()
    assert "Der findes ikke et postnummer 9999." in html and "De nærmeste postnumre" in html
    assert 'href="/find/fysioterapeut/aarhus-c/' in html
    assert "There is no postcode 9999." in client.get("/en/soeg/", params).content.decode()


@pytest.mark.parametrize("query", ["kryoterapi 12345", "kryoterapi under 9999 kr", "tlf. 86 12 34 56", "12.9999"])
def test_other_numbers_are_not_called_postcodes(client: Client, query: str):
    assert "Der findes ikke et postnummer" not in client.get("/soeg/", {"q": query}).content.decode()


def test_a_tool_is_found_by_what_people_call_it(client: Client):
    html = client.get("/soeg/", {"q": "bmi beregner"}).content.decode()
    assert 'href="/vaerktoejer/bmi/"' in html and "Det kender vi ikke" not in html


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


@pytest.mark.parametrize(
    ("text", "said"),
    [("lammelse", "tel:112"), ("ondt i ryggen, kan ikke tisse", "1813"), ("selvmordstanker", "tel:+4570201201")],
)
def test_grave_words_are_answered_before_the_results(client: Client, text: str, said: str):
    html = client.get("/soeg/", {"q": text}).content.decode()
    assert said in html and html.index("care-card--urgent") < html.index("<h1")
    assert "care-card--urgent" not in client.get("/soeg/", {"q": "kryoterapi"}).content.decode()


def test_a_grave_word_with_a_place_is_answered_first_and_leads_on(client: Client):
    response = client.get("/soeg/", {"q": "kryoterapi brystsmerter 8000", "sted": ""})
    assert response.status_code == 200 and b"tel:112" in response.content
    chosen = client.get("/soeg/", {"q": "kryoterapi brystsmerter", "sted": "8000"})
    assert chosen.status_code == 302


def test_an_overlong_question_is_cut(client: Client):
    response = client.get("/soeg/?q=" + "xyzzy%20" * 2000)
    assert response.status_code == 200
    assert client.get("/en/soeg/?sted=8000&q=kryoterapi" + "%F0%9F%A6%B4" * 900).status_code in {200, 302}


@pytest.mark.usefixtures("world")
def test_words_read_as_a_topic_are_not_looked_for_in_other_articles(client: Client):
    make_topic("laendesmerter", kind="condition", name_da="Hold i ryggen")
    text = ARTICLE.replace("title: Kryoterapi", "title: Varme").replace("topic: kryoterapi", "synonyms: [hold varmen]")
    make_article(text, "varme")
    forget_all()
    html = client.get("/soeg/?q=hold+i+ryggen").content.decode()
    assert "/ordbog/varme/" not in html
