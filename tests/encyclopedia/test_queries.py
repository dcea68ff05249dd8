"""Reading articles, and what machines are told of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.actions import publish_article
from fysfinder.encyclopedia.files import read_text
from fysfinder.encyclopedia.jsonld import jsonld
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.review import status_of
from fysfinder.topics.models import Topic
from tests.make import TODAY

pytestmark = pytest.mark.django_db
URL = "https://fysfinder.example/ordbog/kulde/"


def make_article(title: str, slug: str, head: str = "", body: str = "Tekst.") -> Article:
    draft, problems = read_text(f"---\ntitle: {title}\n{head}---\n{body}", slug)
    assert draft, problems
    return publish_article(draft=draft)


def test_the_index_is_in_danish_order() -> None:
    for title in ("Åreknuder", "Ørepine", "Æble", "Zoneterapi", "Aalborg", "akupunktur", "6 råd"):
        make_article(title, title)
    letters = queries.index()
    assert [letter.letter for letter in letters] == ["0–9", "A", "Z", "Æ", "Ø", "Å"]
    assert [title.title for title in letters[-1].titles] == ["Aalborg", "Åreknuder"]


def test_titles_are_found_by_their_words_and_synonyms() -> None:
    make_article("Kryoterapi", "kryoterapi", "synonyms: [isbehandling, kulde]\n")
    make_article("Kuldeskader", "kuldeskader")
    assert [hit.slug for hit in queries.search_titles("kulde")] == ["kryoterapi", "kuldeskader"]
    assert [hit.slug for hit in queries.search_titles("BEHANDLING")] == ["kryoterapi"]
    assert queries.search_titles("  ") == ()


def test_the_article_named_like_the_topic_explains_it() -> None:
    topic = Topic.objects.create(slug="kulde", kind="treatment", name_da="Kulde", name_en="Cold")
    make_article("Alt om is", "is", "topic: kulde\n")
    make_article("Kulde", "kulde")
    found = queries.article_for_topic("kulde")
    assert found is not None and found.slug == "kulde"
    assert queries.articles_for_topics([topic.pk, 999]) == {topic.pk: ("Kulde", "kulde")}
    assert queries.article_for_topic("findes-ikke") is None


def test_related_articles_are_those_that_exist() -> None:
    article = make_article("Kulde", "kulde", "related: [varme, findes-ikke, kulde]\n")
    make_article("Varme", "varme")
    assert [title.slug for title in queries.related_articles(article)] == ["varme"]


def test_the_answer_for_a_file_and_for_a_row_say_the_same(tmp_path: Path) -> None:
    text = "---\ntitle: Kulde\nlastUpdated: 24/02/2024\n---\nLead.\n\n## Om\n\nTekst.\n\n## FAQ\n\n### Ondt?\n\nNej.\n"
    (tmp_path / "kulde.md").write_text(text)
    from_file = queries.article_answer(str(tmp_path / "kulde.md"))
    draft, _ = read_text(text, "kulde")
    assert draft and from_file
    publish_article(draft=draft)
    assert from_file.pop("problems") == []
    assert queries.article_answer("kulde") == from_file
    assert from_file["sections"] == [{"id": "om", "level": 2, "title": "Om", "text": "Tekst."}]
    assert from_file["faq"] == [{"q": "Ondt?", "a": "Nej."}]
    assert from_file["updated"] == "2024-02-24"
    assert queries.article_answer("findes-ikke") is None


def test_machines_are_told_only_what_the_page_shows() -> None:
    article = make_article("Kulde", "kulde", 'reviewed: ""\nreviewer: ""\n')
    (page,) = jsonld(article, URL, status_of(article, (), TODAY))
    assert set(page) == {"@context", "@type", "url", "name", "inLanguage", "description"}


def test_a_review_needs_a_reviewer_and_a_date() -> None:
    unsigned = make_article("Kulde", "kulde", "reviewed: 2026-01-02\n")
    assert "lastReviewed" not in jsonld(unsigned, URL, status_of(unsigned, (), TODAY))[0]
    head = "reviewed: 2026-01-02\nreviewer: Ida Prøve\nauthor: Redaktionen\nsources: [Bog]\n"
    article = make_article("Kulde", "kulde", head, "Tekst [1].\n\n## FAQ\n\n### Ondt?\n\nNej [1].\n\n### Tomt?\n")
    article.topic = Topic(slug="kulde", kind="treatment", name_da="Kulde")
    page, faq = jsonld(article, URL, status_of(article, (), TODAY))
    assert (page["lastReviewed"], page["reviewedBy"]["name"]) == ("2026-01-02", "Ida Prøve")
    assert page["author"] == {"@type": "Organization", "name": "Redaktionen"}
    assert page["about"] == {"@type": "MedicalTherapy", "name": "Kulde"}
    assert page["citation"] == [{"@type": "CreativeWork", "name": "Bog"}]
    assert [question["acceptedAnswer"]["text"] for question in faq["mainEntity"]] == ["Nej."]


def test_the_table_of_contents_is_the_first_level() -> None:
    make_article("Kulde", "kulde", body="## A\n\nx\n\n### B\n\ny\n\n## C\n\nz")
    article = queries.get_article("ordbog", "kulde")
    assert article is not None
    assert article.toc == [{"id": "a", "title": "A"}, {"id": "c", "title": "C"}]
    assert article.updated_on is None or isinstance(article.updated_on, dt.date)
