"""The held index follows the articles of the database."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from fysfinder.encyclopedia.models import Article
from fysfinder.search import articles
from fysfinder.search.articles import article_index, search_articles
from fysfinder.topics.queries import forget_taxonomy

pytestmark = pytest.mark.django_db


def make_article(slug: str, title: str, **kw: Any) -> Article:
    return Article.objects.create(kind="ordbog", slug=slug, title=title, file=f"{slug}.md", text_hash=slug, **kw)


def titles(text: str) -> list[str]:
    return [hit.article.title for hit in search_articles(text).hits]


def test_a_new_article_is_found_within_a_second():
    make_article("is", "Isbehandling")
    moments = iter([0.0, 0.5, 1.6])
    assert len(article_index(lambda: next(moments)).articles) == 1
    make_article("varme", "Varmebehandling")
    assert len(article_index(lambda: next(moments)).articles) == 1
    assert len(article_index(lambda: next(moments)).articles) == 2


def test_an_unchanged_table_keeps_its_index():
    make_article("is", "Isbehandling")
    moments = iter([0.0, 5.0])
    assert article_index(lambda: next(moments)) is article_index(lambda: next(moments))


def test_whoever_waited_for_the_index_takes_it_and_builds_no_other(monkeypatch: pytest.MonkeyPatch):
    make_article("is", "Isbehandling")
    built: list[object] = []

    class OtherIsFaster:
        """The other thread has built the index by the time this one gets the lock."""

        def acquire(self, blocking: bool) -> bool:
            monkeypatch.setattr(articles._Held, "building", threading.Lock())
            built.append(article_index())
            articles._Held.building.acquire()
            return True

    monkeypatch.setattr(articles._Held, "building", OtherIsFaster())
    assert article_index() is built[0]


def test_new_topics_build_a_new_index():
    make_article("is", "Isbehandling")
    moments = iter([0.0, 5.0])
    first = article_index(lambda: next(moments))
    forget_taxonomy()
    assert article_index(lambda: next(moments)) is not first


def test_synonyms_headings_questions_and_text_are_searched():
    make_article(
        "is",
        "Isbehandling",
        synonyms=["kryoterapi"],
        sections=[
            {
                "id": "risici",
                "level": 2,
                "title": "Hvilke risici er der?",
                "html": "",
                "text": "Forfrysninger ses sjældent.",
            }
        ],
        faq=[{"id": "pris", "q": "Hvad koster det?", "a": "Spørg klinikken.", "a_html": ""}],
        lead_html="<p>Kulde på huden.</p>",
    )
    for text in ("kryoterapien", "risiciene", "koster", "forfrysning", "hudens kulde"):
        assert titles(text) == ["Isbehandling"], text


def test_a_hit_links_to_the_section_that_answers():
    sections = [{"id": "risici", "level": 2, "title": "Risici", "html": "", "text": "Forfrysninger ses sjældent."}]
    make_article("is", "Isbehandling", sections=sections, lead_html="<p>Kulde.</p>")
    hit = search_articles("forfrysninger").hits[0]
    assert (hit.anchor, hit.part) == ("risici", "text")
