"""Article search over texts it has never seen: the article about the thing first, inflected, divided or misspelt."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.search.article_index import ArticleIndex
from fysfinder.search.article_text import ArticleText
from tests.search import corpus

TEXTS = corpus.articles()
INDEX = ArticleIndex(TEXTS)


def article(slug: str, title: str, *sentences: str, names: tuple[str, ...] = ()) -> ArticleText:
    return ArticleText("ordbog", slug, title, "", names, (), tuple(("", sentence) for sentence in sentences))


def first(index: ArticleIndex, text: str) -> str:
    hits = index.search(text).hits
    return hits[0].article.slug if hits else ""


def share(pairs: list[tuple[str, str]]) -> float:
    return sum(first(INDEX, query) == slug for query, slug in pairs) / len(pairs)


def test_every_title_finds_its_own_article_first():
    assert share([(text.title, text.slug) for text in TEXTS]) == 1.0


def test_inflected_titles_find_their_article_first():
    pairs = list(corpus.inflected(TEXTS))
    assert len(pairs) > 250
    assert share(pairs) >= 0.97


def test_titles_with_one_slip_find_their_article_first():
    chance = random.Random(20261118)
    long = [text for text in TEXTS if len(max(text.title.split(), key=len)) >= 6]
    pairs = []
    for text in long:
        word = max(text.title.split(), key=len)
        pairs.append((text.title.replace(word, corpus.misspelt(word, chance)), text.slug))
    assert len(pairs) > 200
    assert share(pairs) >= 0.95


def test_inflected_titles_with_one_slip_find_their_article_first():
    chance = random.Random(7)
    pairs = [(corpus.misspelt(form, chance), slug) for form, slug in corpus.inflected(TEXTS)]
    assert share(pairs) >= 0.92


def test_among_articles_nobody_tuned_for_the_named_one_comes_first_in_any_form_and_with_one_slip_anywhere():
    index, chance = ArticleIndex([*corpus.unseen_articles(), *TEXTS]), random.Random(5)
    asked = corpus.unseen_questions()
    assert len(asked) > 500
    assert sum(first(index, text) == slug for text, slug in asked) / len(asked) >= 0.95
    assert sum(first(index, corpus.misspelt(text, chance)) == slug for text, slug in asked) / len(asked) >= 0.9


def test_the_article_about_it_comes_before_those_that_mention_it_often():
    index = ArticleIndex(
        [
            article("om", "Gangtræning", "Kort."),
            article("naevner", "Andet", *["Gangtræning er godt. Gangtræning igen. Gangtræning."] * 20),
        ]
    )
    assert [hit.article.slug for hit in index.search("gangtræningen").hits] == ["om", "naevner"]


@pytest.mark.parametrize(
    "query", ["smerter i knæet", "knæ smerter", "knæ-smerter", "smerter i knæene", "KNÆSMERTER", "knaesmerterne"]
)
def test_a_compound_is_found_divided_and_turned(query: str):
    index = ArticleIndex(
        [
            article("knae", "Knæsmerter", "Knæet gør ondt."),
            article("hofte", "Hoftesmerter", "Smerter i hoften."),
            article("skade", "Skader", "En skade i knæ."),
        ]
    )
    assert first(index, query) == "knae"


def test_a_phrase_finds_the_compound_it_describes():
    index = ArticleIndex(
        [article("loeb", "Løbeskader", "Skader."), article("loebe", "Løb", "Løb er sundt."), article("x", "Skade")]
    )
    assert first(index, "skade ved løb") in {"loeb", "x"}
    assert "loeb" in {hit.article.slug for hit in index.search("skade ved løb").hits}


def test_an_article_whose_review_is_overdue_steps_back_but_is_found():
    old = replace(article("gammel", "Knæøvelser", "Øvelser."), is_overdue=True)
    index = ArticleIndex([old, article("ny", "Knæøvelser", "Øvelser.")])
    assert [hit.article.slug for hit in index.search("knæøvelser").hits] == ["ny", "gammel"]
    assert first(ArticleIndex([old, article("x", "Andet", "Knæøvelser.")]), "knæøvelserne") == "gammel"


def test_the_article_whose_title_says_all_the_words_comes_before_one_that_says_some():
    index = ArticleIndex(
        [article("a", "Hofteartrose"), article("b", "Hofteartrose – øvelser"), article("c", "Øvelser")]
    )
    assert [first(index, text) for text in ("hofteartrosen", "øvelser til hofteartrose", "øvelserne")] == [
        "a",
        "b",
        "c",
    ]


def test_a_synonym_is_as_good_as_a_title_unless_it_is_anothers_title():
    index = ArticleIndex([article("a", "Epikondylit", names=("tennisalbue",)), article("b", "Golfalbue")])
    assert first(index, "tennisalbuen") == "a"
    index = ArticleIndex([article("a", "Epikondylit", names=("golfalbue",)), article("b", "Golfalbue")])
    assert first(index, "golfalbue") == "b"


def test_a_slip_is_reported_and_a_known_word_is_never_turned_into_another():
    index = ArticleIndex([article("a", "Hofte", "Hoste er noget andet."), article("b", "Ryg")])
    assert index.search("hoste").corrections == ()
    assert index.search("hofet").corrections == (("hofet", "hofte"),)


def test_words_that_are_right_by_another_authority_are_not_corrected():
    index = ArticleIndex([article("a", "Hofte")], is_word=lambda word: word == "hofter1" or word == "lofte")
    assert index.search("lofte").corrections == ()


def test_the_snippet_is_the_sentence_that_answers_with_its_words_marked():
    index = ArticleIndex(
        [article("a", "Kulde", "Kulde køler.", "En session varer ti minutter. Is kan give forfrysninger.")]
    )
    snippet = index.search("forfrysning af is").hits[0].snippet
    assert "".join(piece.text for piece in snippet) == "Is kan give forfrysninger."
    assert [piece.text for piece in snippet if piece.is_match] == ["Is", "forfrysninger"]


def test_an_index_without_articles_answers_nothing():
    assert ArticleIndex([]).search("knæ").hits == ()


@pytest.mark.parametrize(
    "text", ["", " ", "x", "og i på", "😀", "膝の痛み", "ركبة", "колено", "\x00", "a" * 10_000, "knæ " * 3_000]
)
def test_odd_questions_are_answered(text: str):
    assert INDEX.search(text).total >= 0


@given(st.text(max_size=120))
def test_any_text_is_answered(text: str):
    answer = INDEX.search(text, limit=3)
    assert len(answer.hits) <= 3
    assert all(left.score >= right.score for left, right in zip(answer.hits, answer.hits[1:], strict=False))


def test_a_title_in_halves_is_known_by_each_and_a_compound_by_its_parts():
    others = [article(f"andet-{at}", title, "Kort.") for at, title in enumerate(("Kravebenet", "Brud på ribben"))]
    index = ArticleIndex(
        [
            *others,
            article("brud", "Brud på kravebenet", "Kort."),
            article("akilles", "Akillestendinopati – smerter i hælsenen", "Kort."),
            article("naevner", "Slid", "Kort.", names=("akillestendinopati",)),
        ]
    )
    assert first(index, "kravebensbruddet") == "brud"
    hit = next(hit for hit in index.search("akillestendinopatien").hits if hit.article.slug == "akilles")
    assert hit.is_named and 0 < hit.titled < 1
    assert index.search("brud på kravebenet").hits[0].titled == 1.0


def test_a_hit_says_how_much_of_the_question_it_holds():
    index = ArticleIndex([article("a", "Astma", "Kulde udløser pibende vejrtrækning."), article("b", "Kulde", "Is.")])
    held = {hit.article.slug: hit.held for hit in index.search("kulde pibende").hits}
    assert held["a"] == 1.0 and 0 < held["b"] < 1
