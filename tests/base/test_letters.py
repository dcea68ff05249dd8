"""Texts found by one that is spelt nearly so: the masks leave out only what cannot be alike."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from fysfinder.base.letters import Spellings, letter_mask, letter_masks

TEXTS = st.text(alphabet="abcdeghknrst æø19", min_size=1, max_size=14)


@given(st.lists(TEXTS, max_size=20), TEXTS, st.sampled_from([50.0, 72.0, 90.0]))
def test_the_nearest_are_those_of_comparing_with_all(texts: list[str], wanted: str, at_least: float):
    hits = process.extract(wanted, texts, scorer=fuzz.ratio, processor=None, limit=5, score_cutoff=at_least)
    assert Spellings(texts).nearest(wanted, limit=5, at_least=at_least) == [(text, score) for text, score, _ in hits]


@given(st.lists(TEXTS, max_size=8))
def test_many_at_once_have_the_masks_they_have_alone(texts: list[str]):
    assert letter_masks(texts).tolist() == [letter_mask(text) for text in texts]
