"""Compounds are learned from whatever is read, and names are the same however they are written."""

from __future__ import annotations

import pytest

from fysfinder.search.language import Vocabulary, content, joined, name_keys, root


@pytest.fixture
def vocabulary() -> Vocabulary:
    held = Vocabulary()
    held.learn(["knae", "smerter", "hofte", "led", "betaendelse", "loeb", "skade", "behandling", "kulde"], 1.0)
    held.learn(["ker", "sol"], 0.2)
    return held


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("knaesmerter", {"knae", "smert"}),
        ("knaesmerterne", {"knae", "smert"}),
        ("hofteledsbetaendelse", {"hoft", "led", "hofteled"}),
        ("loebeskade", {"loeb", "skad"}),
        ("kuldebehandling", {"kuld", "behandling"}),
    ],
)
def test_a_compound_is_known_by_its_parts(vocabulary: Vocabulary, word: str, parts: set[str]):
    assert parts <= set(vocabulary.parts(word))


@pytest.mark.parametrize("word", ["smerter", "knae", "xyzzyplugh", "solsmerter", ""])
def test_what_is_no_compound_of_known_words_has_no_parts(vocabulary: Vocabulary, word: str):
    assert vocabulary.parts(word) == ()


def test_a_known_word_is_known_in_every_form(vocabulary: Vocabulary):
    assert all(vocabulary.knows(word) for word in ("knaeene", "smerten", "knaesmerternes"))
    assert not vocabulary.knows("hovedpine")


@pytest.mark.parametrize("name", ["Knæsmerter", "knæ-smerterne", "knæ smerte", "KNÆSMERTERNE", "knaesmerter"])
def test_a_name_is_the_same_inflected_hyphenated_or_divided(name: str):
    assert name_keys("Knæsmerter") & name_keys(name)


def test_words_around_a_little_word_make_a_compound():
    assert "knaesmerter" in set(joined(["smerter", "knaeet"]))
    assert "loebeskade" in set(joined(["skade", "loeb"]))


def test_a_noun_made_of_a_verb_shares_its_root():
    assert root("forstuvning") == "forstuv"
    assert root("ring") == ""


def test_only_words_that_say_something_count():
    assert content(["ondt", "i", "knaeet"]) == ["ondt", "knaeet"]
    assert content(["i", "og"]) == ["i", "og"]
