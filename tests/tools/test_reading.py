"""What people type: commas, points, units left on, times; and what is refused, with words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.tools.base import Field, Limit, ToolError
from fysfinder.tools.reading import read_choice, read_duration, read_number
from fysfinder.tools.wording import clock, decimal, half_up, rounded

WEIGHT = Field("kg", "kg", "Vægt", unit="kg", low=Limit(2, "Lav."), high=Limit(5000, "Høj."), example="72,5")
COUNT = Field("n", "n", "Antal", low=Limit(1, "Lav."), high=Limit(20, "Høj."), is_whole=True, example="5")
TIME = Field("t", "t", "Tid", "duration", low=Limit(1000, "Kort."), high=Limit(360_000_000, "Lang."), example="1:45:30")
SURE = Field("s", "s", "Sikker", "choice", choices=())


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("70", "70"),
        ("70,5", "70.5"),
        ("70.5", "70.5"),
        (" 70,5 kg ", "70.5"),
        ("70 KG", "70"),
        ("1.234,5", "1234.5"),
        (70, "70"),
        (70.1, "70.1"),
        ("\u200b72\u00a0", "72"),
    ],
)
def test_number_is_read_exactly_as_written(typed, number):
    assert read_number(WEIGHT, typed) == Fraction(number)


@pytest.mark.parametrize(
    "typed",
    ["", "x", "7,5,5", "1e3", "nan", "inf", "٧٠", "70 cm", "1.234.5", True, None, [], float("nan"), float("inf")],
)
def test_what_is_no_number_is_refused_with_an_example(typed):
    with pytest.raises(ToolError) as error:
        read_number(WEIGHT, typed)
    assert error.value.errors == {"kg": "Skriv et tal, fx 72,5."}


@pytest.mark.parametrize(("typed", "words"), [("1", "Mindst 2 kg. Lav."), ("5000,1", "Højst 5.000 kg. Høj.")])
def test_number_beyond_a_limit_is_told_the_limit_and_its_reason(typed, words):
    with pytest.raises(ToolError, match=words):
        read_number(WEIGHT, typed)


def test_minus_sign_is_a_number_below_the_limit():
    with pytest.raises(ToolError, match="Mindst"):
        read_number(WEIGHT, "−5")


@pytest.mark.parametrize(("typed", "number"), [("1.000", 1000), ("1 000", 1000), ("12", 12), ("1.234.567", 1234567)])
def test_a_point_in_a_whole_number_separates_thousands(typed, number):
    many = Field("n", "n", "Antal", high=Limit(9_999_999, "Høj."), is_whole=True, example="5")
    assert read_number(many, typed) == number


def test_whole_number_field_refuses_a_half():
    assert read_number(COUNT, "5,0") == 5
    with pytest.raises(ToolError, match="helt tal"):
        read_number(COUNT, "5,5")


@pytest.mark.parametrize(
    ("typed", "milliseconds"),
    [
        ("25:30", 1_530_000),
        ("25.30", 1_530_000),
        ("1:45:30", 6_330_000),
        ("1.45.30", 6_330_000),
        ("90:00", 5_400_000),
        ("5:05,5", 305_500),
        ("0:01", 1000),
    ],
)
def test_time_is_read_in_milliseconds(typed, milliseconds):
    assert read_duration(TIME, typed) == milliseconds


@pytest.mark.parametrize("typed", ["45", "1:60:00", "5:60", "5:5", "-5:00", "1:2:3:4", "", 90, None])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ToolError):
        read_duration(TIME, typed)


def test_choice_outside_the_list_is_refused_even_when_it_is_not_text():
    for value in ("x", 3, None, [], True):
        with pytest.raises(ToolError):
            read_choice(SURE, value)


@given(st.integers(0, 10**9))
def test_clock_never_shows_sixty(milliseconds: int):
    parts = [int(part) for part in clock(milliseconds).split(":")]
    assert all(part < 60 for part in parts[1:])
    total = sum(part * 60**place for place, part in enumerate(reversed(parts)))
    assert total == half_up(Fraction(milliseconds, 1000))


@given(st.integers(1000, 359_999_000))
def test_whole_seconds_survive_being_written_and_read(milliseconds: int):
    whole = milliseconds // 1000 * 1000
    assert read_duration(TIME, clock(whole)) == whole


def test_clock_carries_over_the_minute_and_the_hour():
    assert clock(359_600) == "6:00"
    assert clock(3_599_500) == "1:00:00"
    assert clock(3_599_499) == "59:59"


def test_decimals_are_danish_and_halves_go_up():
    assert decimal(Fraction("1234.55"), 1) == "1.234,6"
    assert decimal(-5, 0) == "−5"
    assert rounded(Fraction("18.45"), 1) == 18.5
    assert half_up(Fraction(-5, 2)) == -3
