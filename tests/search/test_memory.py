"""What the columns remember is bounded, and what every question needs outlives what one visitor asked."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics.course import Plan, Situation
from fysfinder.search.columns import COURSES_LIMIT, MEMO_LIMIT
from fysfinder.search.course_prices import Course, compared
from fysfinder.search.memory import Memory
from tests.search.world import Known, columns_of


@given(st.lists(st.integers(0, 9)), st.integers(1, 4))
def test_a_memory_keeps_the_last_few_things_asked_for(asked: list[int], limit: int) -> None:
    memory, made = Memory(limit), []
    for number in asked:
        assert memory.get(number, lambda number=number: made.append(number) or number) == number
    assert len(memory) == min(limit, len(set(asked)))
    last = list(dict.fromkeys(reversed(asked)))[:limit]
    before = len(made)
    for number in last:
        memory.get(number, lambda: made.append(-1))
    assert len(made) == before


@pytest.mark.usefixtures("topics")
def test_visitors_cannot_fill_the_memory_nor_wipe_what_all_need() -> None:
    columns = columns_of([Known(id=1, price_ore=50_000)])
    everyone = columns.everyone()
    for visits in range(51):
        for has_referral in (True, False, None):
            compared(columns, Course(Situation(has_referral), Plan("course", visits), (), dt.date(2026, 1, 1)))
    assert len(columns.courses) == COURSES_LIMIT
    for number in range(MEMO_LIMIT * 2):
        columns.remember(("maks-pris", number), lambda: np.zeros(1))
        assert columns.everyone() is everyone
    assert len(columns.memo) == MEMO_LIMIT
