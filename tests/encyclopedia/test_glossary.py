"""The report glossary: every word has a source, every spelling is found, and nothing of a report is kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fysfinder.encyclopedia.glossary import COMMON, explain, glossary
from fysfinder.encyclopedia.readability import lix

REPORT = """MR af columna lumbalis, cpr 010203-1234.
L4/L5: Reduceret diskushøjde og discusprolaps med let afklemning af nerveroden. Modic-forandringer type 1.
L5/S1: Let protrusion. Facetledsartrose bilateralt og osteofytter. Ingen spinalstenose."""


def found(text: str) -> set[str]:
    return {term.term for term in explain(text).terms}


def test_the_glossary_holds_at_least_120_words_each_explained_plainly_and_sourced():
    held = glossary()
    assert len(held.terms) >= 120
    for term in held.terms.values():
        assert term.sources and term.explanation.endswith("."), term.term
        assert len(term.explanation.split()) <= 40, term.term
        assert term.slug not in {"tekst", "svar", "ordliste", "kilder"}
    whole = " ".join(term.explanation for term in held.terms.values())
    assert (lix(whole) or 99) < 40


def test_every_spelling_of_every_word_is_found_and_leads_to_one_word():
    held = glossary()
    for term in held.terms.values():
        for form in (term.term, *term.forms):
            assert term.term in found(f"Der ses {form}."), form


def test_a_report_is_explained_and_its_cpr_number_is_covered():
    report = explain(REPORT)
    assert report.masked == 1 and "1234" not in "".join(piece.text for piece in report.pieces)
    words = {term.term for term in report.terms}
    assert {
        "Columna",
        "Diskusprolaps",
        "Modic",
        "Protrusion",
        "Facetled",
        "Osteofyt",
        "Spinalstenose",
        "Nerverod",
    } <= words
    assert {"Bilateral", "Diskushøjde"} <= words
    assert "".join(piece.text for piece in report.pieces) == REPORT.replace("010203-1234", "XXXXXX-XXXX")


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("meniskrupturen", "Meniskruptur"),
        ("osteofytterne", "Osteofyt"),
        ("DISKUSPROLAPSEN", "Diskusprolaps"),
        ("degenerative forandringer", "Degeneration"),
        ("MCL er intakt", "Kollateralt ligament"),
        ("bruskens", "Brusk"),
        ("hydrops", "Ekssudat"),
    ],
)
def test_inflections_are_found(written: str, term: str):
    assert term in found(f"Der ses {written} i knæet.")


def test_common_without_pain_is_only_said_where_a_source_says_so():
    held = glossary()
    assert held.terms["protrusion"].text.endswith(COMMON)
    assert COMMON not in held.terms["ekstrusion"].text


@pytest.mark.django_db
def test_the_page_explains_without_script_and_stores_nothing(client: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("DEBUG"), CaptureQueriesContext(connection) as made:
        response = client.post("/forstaa-din-scanning/", {"tekst": REPORT})
    html = response.content.decode()
    assert response.status_code == 200 and not response.cookies
    assert "no-store" in response["Cache-Control"] and response["X-Robots-Tag"] == "noindex"
    assert "010203-1234" not in html and "XXXXXX-XXXX" in html
    assert 'href="#fund-diskusprolaps"' in html and 'id="fund-diskusprolaps"' in html
    assert "Ring 112" in html and "Tal med din læge" in html and "stiller ingen diagnose" in html
    assert "columna" not in caplog.text.lower()
    asked = [query["sql"] for query in made.captured_queries]  # the limiter's alone: nothing of the report is in them
    assert not [sql for sql in asked if "columna" in sql.lower()]
    assert not [sql for sql in asked if "accounts_bucket" not in sql and "SAVEPOINT" not in sql]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_nothing_and_too_much_is_refused_with_the_text_left_in_the_field(client: Client, text: str):
    response = client.post("/forstaa-din-scanning/", {"tekst": text})
    assert response.status_code == 422
    assert text.strip()[:50] in response.content.decode()


@pytest.mark.django_db
def test_markup_in_a_report_is_shown_as_text(client: Client):
    html = client.post("/forstaa-din-scanning/", {"tekst": "<script>x</script> prolaps\x00 \u202e"}).content.decode()
    assert "<script>x" not in html and "&lt;script&gt;" in html


@pytest.mark.django_db
def test_the_page_lists_all_words_with_anchors_and_can_be_found(client: Client):
    html = client.get("/forstaa-din-scanning/").content.decode()
    assert all(f'id="{slug}"' in html for slug in glossary().terms)
    assert 'content="index' in html
    assert "/forstaa-din-scanning/" in client.get("/vaerktoejer/").content.decode()
