from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.search.red_flags import red_flag


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("lammelse", "urgent"),
        ("Ensidig LAMMELSE i ansigtet", "urgent"),
        ("ondt i ryggen og kan ikke tisse", "nerves"),
        ("følelsesløs i skridtet 8000", "nerves"),
        ("brystsmerter", "urgent"),
        ("trykken for brystet", "urgent"),
        ("bevidstløs", "urgent"),
        ("kan ikke få vejret", "urgent"),
        ("vejrtrækning", "urgent"),
        ("selvmordstanker og ondt i nakken", "life"),
        ("jeg vil ikke leve mere", "life"),
        ("chest pain aarhus", "urgent"),
        ("I can\u2019t breathe", "urgent"),
        ("back pain, cannot pee", "nerves"),
        ("suicidal", "life"),
    ],
)
def test_words_that_ask_for_help_at_once_are_seen(text: str, flag: str) -> None:
    assert red_flag(text) == flag


@pytest.mark.parametrize(
    "text", ["ondt i knæet 8000", "brystryg", "løberknæ", "frossen skulder", "leverpostej", "back pain", "", "🦴"]
)
def test_everyday_questions_raise_no_alarm(text: str) -> None:
    assert red_flag(text) == ""


@given(st.text(max_size=200))
def test_anything_can_be_asked(text: str) -> None:
    assert red_flag(text) in {"", "urgent", "nerves", "life"}
