"""Cells as people fill them in."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.imports import cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("506,72", (50672, 50672)),
        ("800-1350", (80000, 135000)),
        ("330 – 675 kr.", (33000, 67500)),
        ("300 til 400", (30000, 40000)),
        ("1.250", (125000, 125000)),
        ("1.250,5", (125050, 125050)),
        ("kr. 400,-", (40000, 40000)),
        ("506.72", (50672, 50672)),
        ("675", (67500, 67500)),
    ],
)
def test_prices_are_read_in_oere(text: str, expected: tuple[int, int]) -> None:
    assert cells.price(text) == expected


@pytest.mark.parametrize("text", ["Forløb", "fra 400", "400 pr. halve time", "1350-800", "0", "99999", "1-2-3"])
def test_what_is_no_price_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|range|believable"):
        cells.price(text)


@given(st.text(max_size=40))
def test_any_text_is_a_price_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        low, high = cells.price(text)
        assert 0 < low <= high


@pytest.mark.parametrize("text", ["", "-", " – ", "?", "Ikke oplyst", "ukendt", "\u200b"])
def test_there_are_many_ways_to_say_nothing(text: str) -> None:
    assert cells.stated(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vejen 1", ("Vejen 1", "")),
        ("Vejen 1, 8000 Aarhus C", ("Vejen 1", "8000")),
        ("Vejen 1, 2. tv, DK-8000 Aarhus C", ("Vejen 1, 2. tv", "8000")),
        ("Vejen 1000", ("Vejen 1000", "")),
        ("Vejen 1, 8000", ("Vejen 1", "8000")),
        ("8000 Aarhus C", ("8000 Aarhus C", "")),
    ],
)
def test_a_postcode_in_the_address_is_found(text: str, expected: tuple[str, str]) -> None:
    assert cells.split_street(text) == expected
