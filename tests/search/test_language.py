"""Compounds are learned from whatever is read, and names are the same however they are written."""

from __future__ import annotations

import pytest

from fysfinder.search.language import Vocabulary, content, inflected, name_keys, names_in, root


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


def test_words_around_a_little_word_make_a_compound_somebody_wrote():
    vocabulary = Vocabulary()
    vocabulary.learn(["knaesmerter", "loebeskader", "kravebensbrud", "brystrygsmerter"], 1.0)
    assert vocabulary.compounds("smerter", "knaeet") == ["knaesmerter"]
    assert vocabulary.compounds("skade", "loeb") == ["loebeskader"]
    assert vocabulary.compounds("brud", "kravebenet") == ["kravebensbrud"]
    assert vocabulary.compounds("smerter", "brystet") == []  # brystryg is another word
    assert vocabulary.compounds("brud", "knae") == []


def test_a_parenthesis_is_another_name():
    assert names_in("Golfalbue (medial epikondylitis)")[1:] == ("Golfalbue", "medial epikondylitis")
    assert names_in("Golfalbue") == ("Golfalbue",)
    assert names_in("Hælspore – plantar fasciitis")[1:] == ("Hælspore", "plantar fasciitis")
    assert names_in("Rygsmerter, akutte")[1:] == ("Rygsmerter",)
    assert names_in("Smerter i knæet – børn")[1:] == ("Smerter i knæet",)


def test_forms_of_a_word_are_there_to_recognise_slips_by():
    assert {"kontorstolen", "kontorstolene", "kontorstols"} <= set(inflected("kontorstol"))
    assert {"skaden", "skaderne"} <= set(inflected("skade"))
    assert "platfodden" in set(inflected("platfod"))


def test_a_noun_made_of_a_verb_shares_its_root():
    assert root("forstuvning") == "forstuv"
    assert root("ring") == ""


def test_only_words_that_say_something_count():
    assert content(["ondt", "i", "knaeet"]) == ["ondt", "knaeet"]
    assert content(["i", "og"]) == ["i", "og"]
