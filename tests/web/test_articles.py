"""An article page: what it says of itself, its help levels, its sources and the clinics beside it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fysfinder.encyclopedia import linking
from fysfinder.search import directory as columns
from fysfinder.topics.models import TopicLink
from fysfinder.topics.queries import forget_taxonomy
from tests.make import make_topic
from tests.web.conftest import ARTICLE, make_article

pytestmark = pytest.mark.usefixtures("world")


def read(client: Client, path: str = "/ordbog/kryoterapi/") -> str:
    return client.get(path).content.decode()


def test_an_unreviewed_article_says_so(client: Client):
    html = read(client)
    assert "Ikke fagligt gennemgået endnu" in html
    assert "Skrevet af redaktionen." in html
    assert "18. november 2026" in html


def test_a_reviewed_article_names_reviewer_and_day(client: Client):
    reviewed = "reviewer: Ane Holm\nreviewed: 01/10/2026\nauthor:"
    make_article(ARTICLE.replace("author:", reviewed))
    assert "Gennemgået af Ane Holm, 1. oktober 2026" in read(client)


def test_the_three_levels_of_care_stand_in_order(client: Client):
    html = read(client)
    places = [html.index(f"care-card--{level}") for level in ("self", "doctor", "urgent")]
    assert places == sorted(places)
    assert 'href="tel:112"' in html


def test_source_references_lead_to_the_numbered_source(client: Client):
    html = read(client)
    assert 'href="#kilde-1"' in html and 'id="kilde-1"' in html
    assert "Læst 18. november 2026" in html


def test_the_page_lists_its_sections_twice_for_narrow_and_wide(client: Client):
    html = read(client)
    assert html.count('href="#kilder"') == 3  # both lists and the review status
    assert "toc-fold" in html and "data-toc" in html


def test_clinics_with_the_topic_stand_beside_with_price_and_wait(client: Client):
    html = read(client)
    assert "Klinik Frost" in html and "Klinik Uvis" not in html
    assert re.search(r"550\s*kr\.", html.replace("\u00a0", " "))
    assert "3 dage" in html


def test_a_place_narrows_the_clinics_and_an_unknown_place_is_said(client: Client):
    assert "/find/fysioterapeut/aarhus-c/kryoterapi/" in read(client, "/ordbog/kryoterapi/?sted=8000")
    assert "Vi kender ikke stedet" in read(client, "/ordbog/kryoterapi/?sted=Atlantis")


def test_the_canonical_drops_the_place(client: Client):
    assert 'rel="canonical" href="http://127.0.0.1:8000/ordbog/kryoterapi/"' in read(
        client, "/ordbog/kryoterapi/?sted=8000"
    )


def test_english_readers_get_the_summary_and_danish_text_is_marked(client: Client):
    html = read(client, "/en/ordbog/kryoterapi/")
    assert "Treatment with cold." in html
    assert '<div lang="da">' in html


def test_an_article_without_english_summary_is_not_indexed_in_english(client: Client):
    make_article(ARTICLE.replace("summary_en: Treatment with cold.\n", ""), "kryoterapi")
    assert 'content="noindex, follow"' in read(client, "/en/ordbog/kryoterapi/")


def test_structured_data_says_page_and_questions_and_the_way_once(client: Client):
    html = read(client)
    for kind in ("MedicalWebPage", "FAQPage", "BreadcrumbList"):
        assert html.count(f'"@type":"{kind}"') == 1


def test_the_index_lists_by_letter(client: Client):
    html = read(client, "/ordbog/")
    assert 'id="bogstav-1">K</h2>' in html and "/ordbog/kryoterapi/" in html


def test_the_index_lists_topics_without_an_article_by_kind(client: Client):
    make_topic("musearm", kind="condition")
    html = read(client, "/ordbog/")
    assert "Emner uden artikel endnu" in html and "<summary>Lidelser" in html
    assert 'href="/find/fysioterapeut/danmark/musearm/"' in html
    assert 'href="/find/fysioterapeut/danmark/kryoterapi/"' not in html


def test_a_condition_leads_to_its_treatments_and_back_with_clinics_nearby(client: Client):
    condition = make_topic("loeberknae", "condition", "Løberknæ")
    treatment = make_topic("kryoterapi")
    TopicLink.objects.create(from_topic=treatment, to_topic=condition, relation="treats")
    text = ARTICLE.replace("title: Kryoterapi", "title: Løberknæ").replace("topic: kryoterapi", "topic: loeberknae")
    make_article(text, "loeberknae")
    forget_taxonomy()
    page = read(client, "/ordbog/loeberknae/?sted=8000")
    assert "Behandlinger, der ofte tilbydes" in page
    assert '<a href="/ordbog/kryoterapi/">Kryoterapi</a>' in page
    assert re.search(r'href="/find/fysioterapeut/[^/]+/kryoterapi/">1 klinik i Aarhus C</a>', page)
    assert '<a href="/ordbog/loeberknae/">Løberknæ</a>' in read(client)


def test_an_article_takes_two_queries(client: Client, world: object, django_assert_num_queries, monkeypatch) -> None:
    """Its own row, and the directory's version: may this page be kept? Titles, reviews and tariffs are held."""
    monkeypatch.setattr(linking, "CHECK_EVERY_SECONDS", 60)
    monkeypatch.setattr(columns, "CHECK_EVERY_SECONDS", 60)
    client.get("/ordbog/kryoterapi/")
    with django_assert_num_queries(2):
        assert client.get("/ordbog/kryoterapi/").status_code == 200
