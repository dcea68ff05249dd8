"""Slips of the fingers: likely ones are cheap, far ones are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from fysfinder.search.typos import Speller, edits_allowed, letters, slip_cost

SPELLER = Speller(
    {"kryoterapi": 1.0, "termoterapi": 1.0, "hofte": 1.0, "hoste": 0.2, "knae": 1.0, "slidgigt": 1.0, "ryg": 1.0}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("kryotrapi", "kryoterapi"), ("kryoetrapi", "kryoterapi"), ("kryoerapi", "kryoterapi")),
        *(("slidgitg", "slidgigt"), ("hofet", "hofte"), ("slydgikt", "slidgigt")),
    ],
)
def test_one_or_two_slips_are_put_right(typed: str, meant: str):
    assert SPELLER.corrections(typed)[0].word == meant


def test_short_words_are_never_corrected():
    assert SPELLER.corrections("rug") == []
    assert [edits_allowed(word) for word in ("ryg", "hofe", "slidgig", "slidgigt")] == [0, 1, 1, 2]


def test_a_letter_of_the_danish_alphabet_is_one_slip():
    assert letters("knaeoeaa") == "knæøå"
    assert Speller({"loeberknae": 1.0}).corrections("loberkna")[0].word == "loeberknae"


def test_the_word_of_a_title_comes_before_a_rare_one():
    assert [each.word for each in SPELLER.corrections("hogte")] == ["hofte", "hoste"]


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("hofet", "hofqe"), ("hoffte", "hofrxe"), ("hofye", "hofke"), ("jofte", "pofte")],
)
def test_likely_slips_cost_less(likely: str, unlikely: str):
    assert slip_cost(likely, "hofte") < slip_cost(unlikely, "hofte")


@given(st.text(alphabet="abcdeghiklmnoprst", min_size=4, max_size=12), st.data())
def test_nothing_within_reach_is_missed(word: str, data: st.DataObject):
    known = {data.draw(st.text(alphabet="abcdeghiklmnoprst", min_size=2, max_size=12)): 1.0 for _ in range(20)}
    found = {each.word for each in Speller(known).corrections(word, 100)}
    spelt = {each for each in known if each != word}
    near = {each for each in spelt if OSA.distance(letters(word), letters(each)) <= edits_allowed(letters(word))}
    assert near - {each for each in near if letters(each) == letters(word)} <= found


def test_twenty_thousand_words_take_a_moment():
    words = {
        f"{a}{b}{c}": 1.0
        for a in ("knae", "hofte", "ryg")
        for b in map(chr, range(97, 123))
        for c in map(str, range(99))
    }
    speller = Speller(words | {"skuldersmerter": 1.0})
    speller.corrections("skuldersmetrer")
    began = time.process_time()
    for _ in range(20):
        speller.corrections("skuldersmetrer")
    assert (time.process_time() - began) / 20 < 0.01
