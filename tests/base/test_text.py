from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.base.text import clean, danish_key, fold, one_line, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ærøskøbing", "aeroeskoebing"),
        ("Aarhus C", "aarhus-c"),
        ("Århus C.", "aarhus-c"),
        ("GLA:D®", "gla-d"),
        ("Café Ü", "cafe-u"),
        ("東京", ""),
    ],
)
def test_slugify_spells_danish_letters_out(text: str, slug: str):
    assert slugify(text) == slug


def test_fold_makes_old_and_new_spelling_equal():
    assert fold("Århus  C.") == fold("aarhus c") == "aarhus c"


def test_danish_key_puts_ae_oe_aa_last_and_double_a_with_aa():
    words = ["Aalborg", "Ødem", "Zoneterapi", "Æggehvide", "Achillessene"]
    assert sorted(words, key=danish_key) == ["Achillessene", "Zoneterapi", "Æggehvide", "Ødem", "Aalborg"]


def test_clean_drops_what_cannot_be_seen_and_keeps_lines():
    assert clean("a\u200bb\x00c\nd\ufeff") == "abc\nd"


@given(st.text())
def test_slug_of_a_slug_is_itself_and_holds_only_safe_characters(text: str):
    slug = slugify(text)
    assert slugify(slug) == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(), st.integers(1, 50))
def test_one_line_is_one_line_and_no_longer_than_asked(text: str, limit: int):
    line = one_line(text, max_length=limit)
    assert len(line) <= limit
    assert "\n" not in line and "\x00" not in line
