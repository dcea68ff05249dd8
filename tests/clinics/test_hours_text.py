"""Hours as people write them: what is understood, and what is handed back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics.hours_text import parse_day
from fysfinder.clinics.opening import Interval


def spans(raw: str) -> list[tuple[int, int]]:
    day = parse_day(raw)
    assert (day.state, day.rest) == ("open", "")
    return [(interval.opens, interval.closes) for interval in day.intervals]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("08:00-17:00", [(480, 1020)]),
        ("07.00–19.00", [(420, 1140)]),
        ("8-16", [(480, 960)]),
        (" 8 — 16.30 ", [(480, 990)]),
        ("0800-1630", [(480, 990)]),
        ("kl. 9 til 12 og 13-16", [(540, 720), (780, 960)]),
        ("fra kl 9 til kl 12", [(540, 720)]),
        ("13-16, 9-12", [(540, 720), (780, 960)]),
        ("9-12 13-16", [(540, 720), (780, 960)]),
        ("08:00-12:00/13:00-17:00", [(480, 720), (780, 1020)]),
        ("18:00-24:00", [(1080, 1440)]),
        ("18-00", [(1080, 1440)]),
        ("Døgnåbent", [(0, 1440)]),
    ],
)
def test_intervals_are_read_as_written(raw: str, expected: list[tuple[int, int]]) -> None:
    assert spans(raw) == expected


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("Lukket", "closed"),
        ("LUKKET.", "closed"),
        ("Efter aftale", "by_appointment"),
        ("kun efter aftale", "by_appointment"),
        ("-", "unknown"),
        ("–", "unknown"),
        ("", "unknown"),
        ("Ikke oplyst", "unknown"),
    ],
)
def test_words_without_hours_are_a_state(raw: str, state: str) -> None:
    day = parse_day(raw)
    assert (day.state, day.intervals, day.rest) == (state, (), "")


def test_hours_by_appointment_keep_their_hours() -> None:
    day = parse_day("9-17 efter aftale")
    assert (day.state, day.intervals) == ("by_appointment", (Interval(540, 1020),))


@pytest.mark.parametrize(
    "raw",
    [
        "Kun træning",
        "9-17 kun træning",
        "Lukket i juli",
        "17-9",
        "8-8",
        "22-02",
        "8-25",
        "8:75-9",
        "8-12, 10-14",
        "8-",
        "fra 9",
        "8-16-18",
        "8-12-",
        "(8-16)",
        "☃",
    ],
)
def test_what_is_not_understood_is_handed_back_and_never_guessed(raw: str) -> None:
    day = parse_day(raw)
    assert (day.state, day.intervals, day.rest) == ("unknown", (), raw)


@given(st.text(max_size=60) | st.text(alphabet="0123456789-.: ,ogtilkl", max_size=24))
def test_any_text_has_an_answer_and_none_is_lost(raw: str) -> None:
    day = parse_day(raw)
    assert (day.state == "open") <= bool(day.intervals)
    assert not (day.rest and day.state != "unknown")
    if day.state == "unknown" and any(char.isalnum() and char.isascii() for char in raw) and not day.rest:
        assert parse_day(raw.strip()).state == "unknown"


@given(
    st.lists(st.integers(0, 287), min_size=2, max_size=6, unique=True),
    st.sampled_from(["-", " - ", "–", " til "]),
    st.sampled_from([", ", " og ", "; "]),
)
def test_what_we_write_we_read(quarters: list[int], dash: str, between: str) -> None:
    times = sorted(quarter * 5 for quarter in quarters[: len(quarters) // 2 * 2])
    pairs = list(zip(times[::2], times[1::2], strict=True))
    clock = [[f"{minute // 60:02d}:{minute % 60:02d}" for minute in pair] for pair in pairs]
    assert spans(between.join(dash.join(pair) for pair in clock)) == pairs
