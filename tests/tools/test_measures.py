"""The calculators: no gaps between classes, no jumps, more is never less, carries are exact."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fysfinder.tools import bmi, body_fat, calories, one_rep_max, pace
from fysfinder.tools.base import Tool, ToolError
from fysfinder.tools.reading import read

TODAY = dt.date(2026, 11, 22)
WOMAN = {"sex": "kvinde", "age_years": 45, "height_cm": 165, "weight_kg": 70, "activity": "stillesiddende"}


def run(tool: Tool, **raw: Any) -> Any:
    return tool.compute(read(tool, raw, TODAY))


# BMI

LIMITS = [("18.5", "normal"), ("25", "pre_obesity"), ("30", "obesity_1"), ("35", "obesity_2"), ("40", "obesity_3")]


@pytest.mark.parametrize(("limit", "name"), LIMITS)
def test_bmi_class_begins_at_its_limit_and_the_one_below_ends_there(limit: str, name: str):
    below = [found for _start, found, _words in bmi.CLASSES][[f for _s, f, _w in bmi.CLASSES].index(name) - 1]
    assert bmi.category(Fraction(limit)) == name
    assert bmi.category(Fraction(limit) - Fraction(1, 10**9)) == below


@given(st.fractions(0, 200), st.fractions(0, 200))
def test_every_bmi_has_a_class_and_a_higher_one_never_a_lower_class(a: Fraction, b: Fraction):
    names = [name for _start, name, _words in bmi.CLASSES]
    low, high = sorted((a, b))
    assert names.index(bmi.category(low)) <= names.index(bmi.category(high))


def test_bmi_just_below_a_limit_says_that_it_was_rounded():
    found = run(bmi.TOOL, weight_kg="99,9", height_cm=200)  # 24.975
    assert (found.bmi, found.category, found.is_near_limit) == (25.0, "normal", True)


@pytest.mark.parametrize(("age", "has_class"), [(17, False), (18, True), (None, True)])
def test_bmi_has_no_adult_class_under_18(age: int | None, has_class: bool):
    found = run(bmi.TOOL, weight_kg=60, height_cm=170, age_years=age)
    assert (found.category is not None) == has_class


@given(st.integers(2, 499), st.integers(50, 275))
def test_heavier_is_never_a_lower_bmi(weight: int, height: int):
    assert bmi.bmi(Fraction(weight + 1), Fraction(height)) > bmi.bmi(Fraction(weight), Fraction(height))


# Calories


def test_calories_never_advise_below_the_floor_and_say_so():
    found = run(calories.TOOL, **{**WOMAN, "weight_kg": 45, "deficit_kcal": 1000})
    assert (found.target_kcal, found.is_raised) == (1200, True)
    assert "1.200 kcal" in calories.present(found).notes[0][1]


@given(
    st.sampled_from(["kvinde", "mand"]),
    st.integers(18, 110),
    st.integers(120, 230),
    st.integers(30, 299),
    st.sampled_from(list(calories.ACTIVITY)),
    st.integers(0, 1000),
)
def test_calories_grow_with_weight_and_stay_above_the_floor(sex, age, height, weight, activity, deficit):
    given_values = {"sex": sex, "age_years": age, "height_cm": height, "activity": activity, "deficit_kcal": deficit}
    light = run(calories.TOOL, **given_values, weight_kg=weight)
    heavy = run(calories.TOOL, **given_values, weight_kg=weight + 1)
    assert heavy.daily_kcal > light.daily_kcal and heavy.target_kcal >= light.target_kcal >= light.floor_kcal
    assert light.is_raised == (light.target_kcal > light.daily_kcal - deficit)


def test_calories_refuse_children_with_a_reason():
    with pytest.raises(ToolError, match="voksne"):
        run(calories.TOOL, **{**WOMAN, "age_years": 17})


@pytest.mark.parametrize(("age", "is_within"), [(18, False), (19, True), (78, True), (79, False)])
def test_calories_say_when_nobody_of_that_age_was_measured(age: int, is_within: bool):
    assert run(calories.TOOL, **{**WOMAN, "age_years": age}).is_within_studied_ages is is_within


# Body fat: the same authors' equations for body density (medicalalgorithms.com), in centimetres


@given(st.integers(60, 120), st.integers(30, 45), st.integers(150, 200))
def test_mens_body_fat_agrees_with_the_authors_density_equation(waist: int, neck: int, height: int):
    density = 1.0324 - 0.19077 * math.log10(waist - neck) + 0.15456 * math.log10(height)
    percent = body_fat.men(waist, neck, height)
    assume(5 <= percent <= 40)
    assert abs(percent - (495 / density - 450)) < 0.6


@given(st.integers(55, 110), st.integers(80, 130), st.integers(28, 42), st.integers(145, 190))
def test_womens_body_fat_agrees_with_the_authors_density_equation(waist: int, hip: int, neck: int, height: int):
    density = 1.29579 - 0.35004 * math.log10(waist + hip - neck) + 0.22100 * math.log10(height)
    percent = body_fat.women(waist, hip, neck, height)
    assume(10 <= percent <= 50)
    assert abs(percent - (495 / density - 450)) < 0.8


def test_body_fat_needs_the_hip_of_women_only_and_weight_of_nobody():
    with pytest.raises(ToolError) as error:
        run(body_fat.TOOL, sex="kvinde", height_cm=165, waist_cm=75, neck_cm=33)
    assert list(error.value.errors) == ["hip_cm"]
    assert run(body_fat.TOOL, sex="mand", height_cm=180, waist_cm=90, neck_cm=40).fat_kg is None


def test_measures_that_cannot_belong_together_are_refused():
    with pytest.raises(ToolError, match="Taljen"):
        run(body_fat.TOOL, sex="mand", height_cm=180, waist_cm=40, neck_cm=40)
    with pytest.raises(ToolError, match="passer ikke sammen"):
        run(body_fat.TOOL, sex="mand", height_cm=180, waist_cm=42, neck_cm=40)


@given(st.integers(70, 130))
def test_a_wider_waist_is_never_less_body_fat(waist: int):
    assert body_fat.men(waist + 1, 38, 178) > body_fat.men(waist, 38, 178)


def test_fat_and_the_rest_make_up_the_weight():
    found = run(body_fat.TOOL, sex="mand", height_cm=180, waist_cm=95, neck_cm=40, weight_kg=90)
    assert found.fat_kg + found.lean_kg == pytest.approx(90, abs=0.11)


# Pace

HALF_2_00 = {1: "5:41", 2: "11:23", 10: "56:53", 15: "1:25:19", 20: "1:53:45", 21: "1:59:27", 21.0975: "2:00:00"}


def test_half_marathon_splits_agree_with_the_published_table():
    found = run(pace.TOOL, race="halvmarathon", time="2:00:00")
    times = {split.km: split.time for split in found.splits}
    assert {km: times[km] for km in HALF_2_00} == HALF_2_00
    assert len(times) == 22


@given(st.integers(1000, 100_000), st.integers(60_000, 3_600_000))
def test_time_and_pace_lead_back_to_each_other(metres: int, pace_ms: int):
    distance = Fraction(metres, 1000)
    _distance, time, _what = pace.solve(distance, None, Fraction(pace_ms))
    assert pace.solve(distance, time, None)[:2] == (distance, time)
    assert time / distance == pace_ms
    assert pace.solve(None, time, Fraction(pace_ms))[0] == distance


@given(st.integers(100, 400_000), st.integers(1000, 10_000_000), st.sampled_from([1, 5]))
def test_splits_only_grow_and_end_at_the_distance_and_the_time(metres: int, time_ms: int, step: int):
    found = pace.splits(Fraction(metres, 1000), Fraction(time_ms), step)
    assert [split.time_ms for split in found] == sorted(split.time_ms for split in found)
    assert (found[-1].km, found[-1].time_ms) == (metres / 1000, time_ms)
    assert len({split.km for split in found}) == len(found)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({}, "distance_km"),
        ({"time": "50:00"}, "distance_km"),
        ({"race": "5-km"}, "time"),
        ({"race": "5-km", "time": "25:00", "pace": "5:00"}, "pace"),
        ({"race": "5-km", "distance_km": 6, "time": "25:00"}, "distance_km"),
        ({"race": "marathon", "time": "10:00"}, "time"),
        ({"distance_km": 0, "time": "10:00"}, "distance_km"),
        ({"time": "100:00:00", "pace": "1:00"}, "time"),
    ],
)
def test_pace_asks_for_exactly_two_that_fit(raw: dict[str, Any], field: str):
    with pytest.raises(ToolError) as error:
        run(pace.TOOL, **raw)
    assert list(error.value.errors) == [field]


def test_pace_is_rounded_once():
    found = run(pace.TOOL, distance_km=10, time="59:56")  # 5:59.6 a kilometre
    assert (found.pace, found.pace_ms) == ("6:00", 359_600)


def test_long_runs_get_a_split_for_every_five_kilometres():
    assert [split.km for split in run(pace.TOOL, distance_km="101", pace="6:00").splits][:2] == [5.0, 10.0]


# One-repetition maximum


def test_one_rep_max_of_one_repetition_is_the_weight_itself():
    assert run(one_rep_max.TOOL, weight_kg="102,5", repetitions=1).one_rep_max_kg == 102.5


@given(st.integers(1, 500))
def test_one_rep_max_grows_evenly_through_ten_and_eleven(weight: int):
    estimates = [one_rep_max.estimate(Fraction(weight), reps) for reps in range(1, 21)]
    assert one_rep_max.brzycki(Fraction(weight), 10) == one_rep_max.epley(Fraction(weight), 10)
    steps = [b - a for a, b in pairwise(estimates)]
    assert all(0 < step <= Fraction(weight) / 20 for step in steps)  # never more than 5 % of the weight at once


@given(st.fractions(1, 700), st.sampled_from(list(one_rep_max.STEPS.values())))
def test_plates_never_make_more_than_the_estimate(weight: Fraction, step: Fraction):
    found = one_rep_max.loadable(weight, step)
    assert found <= weight < found + step
    assert (found / step).denominator == 1


@pytest.mark.parametrize("reps", [0, 21, "5,5"])
def test_one_rep_max_refuses_what_the_formulas_cannot_say(reps: object):
    with pytest.raises(ToolError):
        run(one_rep_max.TOOL, weight_kg=60, repetitions=reps)
