from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fysfinder.clinics import queries
from fysfinder.places.queries import gazetteer
from fysfinder.search.results import SortChoice
from fysfinder.topics.queries import get_topic
from fysfinder.web import find_words
from fysfinder.web.area_map import HEIGHT, WIDTH, Point, area_map
from fysfinder.web.cards import answers, card_view
from tests.make import TODAY, make_clinic, make_postcode, make_topic
from tests.web.conftest import forget_all

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
FIND = "/find/fysioterapeut/aarhus-c/"


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    assert not response.cookies
    return response.content.decode()


def test_the_heading_counts_names_the_topic_and_the_place(client: Client, world: object) -> None:
    assert ">1 klinik med kryoterapi nær Aarhus C</h1>" in text_of(client, FIND + "kryoterapi/")
    assert ">2 klinikker nær Aarhus C</h1>" in text_of(client, FIND)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("treatment", "3 klinikker med løberknæ"),
        ("condition", "3 klinikker med hjælp til løberknæ"),
        ("patient_group", "3 klinikker for løberknæ"),
        ("body_part", "3 klinikker med hjælp til problemer i løberknæ"),
    ],
)
def test_each_kind_of_topic_stands_rightly_in_the_heading(world: object, kind: str, words: str) -> None:
    make_topic("loeberknae", kind=kind, name_da="Løberknæ")
    forget_all()
    topic, place = get_topic("loeberknae"), gazetteer().get_place("danmark")
    assert topic and place
    said = find_words.heading(3, place, [topic], is_near_me=False, is_narrowed=True)
    assert said == f"{words} i hele Danmark"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/find/fysioterapeut/8000/", FIND),
        ("/find/fysioterapeut/Aarhus-C/", FIND),
        ("/find/fysioterapeut/aarhus-c/Kryoterapi/", FIND + "kryoterapi/"),
        (FIND + "?emner=kryoterapi", FIND + "kryoterapi/"),
        (FIND + "?utm_source=x&maks-pris=abc&sorter=", FIND),
        (FIND + "?sorter=pris&ydernummer=ja", FIND + "?ydernummer=ja&sorter=pris"),
        (FIND + "?adgang=trinfri&adgang=elevator", FIND + "?adgang=trinfri,elevator"),
        ("/en" + FIND + "?maks-pris=nonsense", "/en" + FIND),
        (FIND + "?side=9999", FIND),  # all clinics are on one page
        (FIND + "?sorter=navn&side=2", FIND + "?sorter=navn"),
    ],
)
def test_every_other_spelling_answers_301_to_the_one_address(
    client: Client, world: object, asked: str, canonical: str
) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, canonical)
    assert client.get(canonical).status_code == 200


def test_another_escaping_of_a_comma_does_not_redirect_for_ever(client: Client, world: object) -> None:
    assert client.get(FIND + "?adgang=trinfri%2Celevator").status_code == 200


@pytest.mark.parametrize("path", ["/find/fysioterapeut/atlantis/", FIND + "hovedtransplantation/"])
def test_an_unknown_place_or_topic_is_404(client: Client, world: object, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "value",
    [
        "\x00",
        "x" * 3000,
        "' OR 1=1; DROP TABLE clinics_clinic;--",
        "<script>alert(1)</script>",
        "💥",
        "%ff%fe",
        "../../etc",
    ],
)
@pytest.mark.parametrize("key", ["emner", "maks-pris", "sorter", "side", "naer", "radius", "sprog", "zzz"])
def test_nonsense_is_dropped_and_never_executed(client: Client, world: object, key: str, value: str) -> None:
    response = client.get(FIND, {key: value}, follow=True)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert not response.cookies


@pytest.mark.parametrize("place", ["%00", "x" * 3000, "' OR 1=1--", "<script>alert(1)</script>", "%ff", "æøå" * 50])
def test_nonsense_in_the_path_is_a_clear_answer(client: Client, world: object, place: str) -> None:
    response = client.get(f"/find/fysioterapeut/{place}/")
    assert response.status_code in {301, 400, 404, 414}
    assert b"<script>alert" not in response.content


def test_filtered_pages_are_not_indexed_and_name_the_unfiltered_one(client: Client, world: object) -> None:
    page = text_of(client, FIND + "?sorter=pris")
    assert 'name="robots" content="noindex, follow"' in page
    assert re.search(rf'rel="canonical" href="[^"]+{FIND}"', page)
    assert 'content="index' in text_of(client, FIND)


def test_the_list_for_machines_says_what_the_page_shows(client: Client, world: object) -> None:
    page = text_of(client, FIND)
    blocks = [json.loads(block) for block in re.findall(r'ld\+json">(.*?)</script>', page)]
    found = next(block for block in blocks if block["@type"] == "ItemList")
    assert found["numberOfItems"] == 2
    for item in found["itemListElement"]:
        assert f">{item['name']}</a>" in page
    assert any(block["@type"] == "BreadcrumbList" for block in blocks)


@pytest.mark.parametrize("count", [1, 3])
def test_a_find_page_takes_the_same_queries_for_one_clinic_and_for_three(client: Client, count: int) -> None:
    for number in range(count):
        make_clinic(f"Klinik {number}", topics=["kryoterapi"], prices={"first": 50000}, waiting=number)
    forget_all()
    client.get(FIND + "kryoterapi/")  # the process reads its directory once
    with CaptureQueriesContext(connection) as made:
        client.get(FIND + "kryoterapi/")
    # Cards, tariffs and titles are kept; the directory's version is asked: may this page be kept?
    assert {"directoryversion" in query["sql"] for query in made} == {True} and len(made) <= 2


def test_a_kept_card_is_read_again_when_the_directory_has_moved(client: Client) -> None:
    clinic = make_clinic("Klinik Før", topics=["kryoterapi"])
    forget_all()
    assert "Klinik Før" in text_of(client, FIND + "kryoterapi/")
    type(clinic).objects.filter(pk=clinic.pk).update(name="Klinik Efter")
    assert "Klinik Før" in text_of(client, FIND + "kryoterapi/")  # kept with the columns it was found in
    forget_all()
    assert "Klinik Efter" in text_of(client, FIND + "kryoterapi/")


def test_zero_results_name_what_to_drop_and_the_nearest(client: Client, world: object) -> None:
    page = text_of(client, FIND + "kryoterapi/?maks-pris=100")
    assert "Ingen klinik passer på det hele" in page
    assert "zero-results__ways" in page
    assert "Klinik Frost" in page


def test_unknown_is_said_and_never_zero_or_no(world: object) -> None:
    card = queries.cards([make_clinic("Klinik Tavs").pk], today=TODAY)[0]
    assert [answer.value for answer in answers(card, NOON)] == ["", "", ""]
    said = [
        "".join(part.text for part in line.parts) for line in card_view(card, rank=1, distance_km=None, now=NOON).lines
    ]
    assert said == ["Behandlinger ikke oplyst", "Adgangsforhold ikke oplyst", "Ydernummer ikke oplyst"]


def test_a_card_says_its_three_answers_with_dates(world: object) -> None:
    clinic = make_clinic(
        "Klinik Fuld", prices={"first": (55000, 60000)}, waiting=3, hours={2: [(480, 1080)]}, facts=["hours", "waiting"]
    )
    wait, price, opening = answers(queries.cards([clinic.pk], today=TODAY)[0], NOON)
    assert (wait.value, opening.value) == ("3 dage", "Til 18.00")
    assert price.value.replace("\u00a0", " ") == "550–600 kr."
    assert wait.dated and price.dated and opening.dated and opening.dated.on == TODAY


def test_a_waiting_time_older_than_a_year_is_unknown_again(world: object) -> None:
    clinic = make_clinic("Klinik Gammel", waiting=3, today=TODAY - dt.timedelta(days=500))
    wait = answers(queries.cards([clinic.pk], today=TODAY)[0], NOON)[0]
    assert wait.value == ""
    assert wait.dated and wait.dated.how == "sidst oplyst"


def test_dots_keep_inside_the_map_and_near_ones_gather() -> None:
    points = [Point("a", 1, 56.15, 10.20), Point("b", 2, 56.1501, 10.2001), Point("c", 3, 56.20, 10.10)]
    drawing = area_map(points)
    assert drawing is not None
    assert [(dot.text, dot.is_many) for dot in drawing.dots] == [("2", True), ("3", False)]
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in drawing.dots)
    assert area_map([]) is None


def test_an_order_nobody_worded_explains_itself() -> None:
    sort = SortChoice("nyhed", "Nyhed", "De nyeste først.", True)
    assert find_words.order(sort, has_origin=True) == "De nyeste først."


@pytest.mark.parametrize("sort", ["", "ventetid", "pris", "navn"])
@pytest.mark.parametrize("answer", ["", "&henvisning=ja"])
def test_where_there_is_no_distance_no_order_speaks_of_it(client: Client, world: object, sort: str, answer: str):
    found = client.get(f"/find/fysioterapeut/danmark/?sorter={sort}{answer}", follow=True).content.decode()
    line = re.search(r'find-page__order">(.*?)<a', found)[1]  # type: ignore[index]
    assert "Sorteret efter" in line and "afstand" not in line and "navn" in line


def test_the_index_leads_to_regions_and_the_whole_country(client: Client, world: object) -> None:
    page = text_of(client, "/find/")
    assert "/find/fysioterapeut/region-midtjylland/" in page
    assert "/find/fysioterapeut/danmark/" in page


def test_a_postcode_name_of_two_words_is_found(client: Client, world: object) -> None:
    make_postcode("8200", "Aarhus N", 56.19, 10.19)
    forget_all()
    assert client.get("/find/fysioterapeut/aarhus-n/").status_code == 200


def test_a_distance_to_a_postcode_s_middle_is_said_to_be_about(world: object) -> None:
    exact, about = make_clinic(precision="exact"), make_clinic()
    cards = queries.cards([exact.pk, about.pk], today=TODAY)
    said = [card_view(card, rank=1, distance_km=1.24, now=NOON).distance for card in cards]
    assert said == ["1,2\u00a0km", "ca. 1,2\u00a0km"]


def test_an_old_tariff_beside_a_new_price_says_how_old_it_is(world: object) -> None:
    call_command("load_tariffs", verbosity=0)
    clinic = make_clinic(agreement=True, prices={"first": 65000})
    card = queries.cards([clinic.pk], today=TODAY)[0]
    assert card.first_price and card.first_price.share and card.first_price.share.is_old
    assert "med henvisning, takst fra" in answers(card, NOON)[1].note


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("treatment", "Tilbyder løberknæ"),
        ("condition", "Hjælper med løberknæ"),
        ("patient_group", "Behandler løberknæ"),
        ("body_part", "Hjælper med problemer i løberknæ"),
    ],
)
def test_each_kind_of_topic_has_its_verb_on_the_card(world: object, kind: str, words: str) -> None:
    clinic = make_clinic(topics=[make_topic("loeberknae", kind=kind, name_da="Løberknæ")])
    forget_all()
    card = queries.cards([clinic.pk], today=TODAY)[0]
    line = card_view(card, rank=1, distance_km=None, now=NOON).lines[0]
    assert "".join(part.text for part in line.parts) == words
