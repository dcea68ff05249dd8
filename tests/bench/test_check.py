"""The bench of CI: twice the cost is seen, on any machine; less is not."""

from __future__ import annotations

import json

import pytest

from bench.check import COSTS, too_expensive
from bench.measure import best_seconds, instructions


def work() -> int:
    return sum(number * number % 7 for number in range(500))


def test_instructions_are_the_same_each_time_and_double_with_the_work():
    once, again, twice = instructions(work), instructions(work), instructions(lambda: (work(), work()))
    assert once == again > 1_000
    assert 1.9 < twice / once < 2.1


def test_a_doubled_cost_fails_and_a_smaller_rise_does_not():
    cost = instructions(lambda: work())
    doubled, more = instructions(lambda: (work(), work())), instructions(lambda: sum(range(300)) + work())
    assert too_expensive({"work": more}, {"work": cost}) == []
    assert "work: " in too_expensive({"work": doubled}, {"work": cost})[0]


def test_what_nobody_has_recorded_fails():
    assert "--record" in too_expensive({"new": 1.0}, {})[0]


def test_the_recorded_costs_are_numbers_above_nothing():
    recorded = json.loads(COSTS.read_text(encoding="utf-8"))
    assert len(recorded) >= 8 and all(cost > 0 for cost in recorded.values())


@pytest.mark.parametrize("times", [1, 3])
def test_the_quickest_of_several_turns_counts(times: int):
    assert 0 <= best_seconds(work, times) < 5
