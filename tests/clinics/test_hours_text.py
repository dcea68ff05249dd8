"""Hours as people write them: what is understood, and what is handed back."""

from __future__ import annotations

import re

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
        ("8:00 - 16", [(480, 960)]),
        ("8 til 16", [(480, 960)]),
        ("8 to 16", [(480, 960)]),
        ("8−16", [(480, 960)]),
        ("8 -- 16", [(480, 960)]),
        ("8\u00a0–\u202f16", [(480, 960)]),
        ("08 - 16", [(480, 960)]),
        ("800-1630", [(480, 990)]),
        ("7,30-15,30", [(450, 930)]),
        ("08:00:00-16:00:00", [(480, 960)]),
        ("kl.8.00-16.00", [(480, 960)]),
        ("Kl: 8-16", [(480, 960)]),
        ("kl. 08:00 - kl. 17:00", [(480, 1020)]),
        ("Åbent 8-16.", [(480, 960)]),
        ("mellem 8 og 16", [(480, 960)]),
        ("mellem kl. 8.30 og kl. 16", [(510, 960)]),
        ("between 8am and 4pm", [(480, 960)]),
        ("åbner kl. 8, lukker kl. 16.30", [(480, 990)]),
        ("9.30 AM - 5 PM", [(570, 1020)]),
        ("8 a.m. to 4 p.m.", [(480, 960)]),
        ("9am-noon", [(540, 720)]),
        ("noon-5pm", [(720, 1020)]),
        ("12am-5am", [(0, 300)]),
        ("18-midnat", [(1080, 1440)]),
        ("9-5pm", [(540, 1020)]),
        ("1–5 PM", [(780, 1020)]),
        ("8.00 Uhr bis 16.00 Uhr", [(480, 960)]),
        ("08h00-16h30", [(480, 990)]),
        ("<p>08:00&nbsp;-&nbsp;16:00</p>", [(480, 960)]),
        ("08:00<br/>-<br>16:00", [(480, 960)]),
        ("8&ndash;16", [(480, 960)]),
        ("08：00～16：00", [(480, 960)]),
        ("08:00\t16:00", [(480, 960)]),
        ("8<sup>30</sup>-16⁰⁰", [(510, 960)]),
        ("halv 8 til 16", [(450, 960)]),
        ("7½-16", [(450, 960)]),
        ("9-12 & 13-17", [(540, 720), (780, 1020)]),
        ("9-12/13-17", [(540, 720), (780, 1020)]),
        ("8-12,13-16", [(480, 720), (780, 960)]),
        ("9-12; 13-16", [(540, 720), (780, 960)]),
        ("8-16 (frokost 12-12.30)", [(480, 720), (750, 960)]),
        ("8-16, pause 12-12.30", [(480, 720), (750, 960)]),
        ("8-16 med frokostpause kl. 12-13", [(480, 720), (780, 960)]),
        ("8.00 til 17.30 (lukket 12-13)", [(480, 720), (780, 1050)]),
        ("8-12 og 13-18, pause 15-15.30", [(480, 720), (780, 900), (930, 1080)]),
        ("Døgnåben", [(0, 1440)]),
        ("Åbent 24 timer i døgnet", [(0, 1440)]),
        ("altid åbent", [(0, 1440)]),
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
        ("By appointment", "by_appointment"),
        ("Åbent efter aftale", "by_appointment"),
        ("Kun efter tidsbestilling.", "by_appointment"),
        ("Tid efter aftale", "by_appointment"),
        ("Kun ved forudgående aftale", "by_appointment"),
        ("Closed", "closed"),
        ("Vi holder lukket", "closed"),
        ("Ikke åbent", "closed"),
        ("?", "unknown"),
        ("n/a", "unknown"),
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
    "raw", ["8-12 og efter aftale", "8-12 + efter aftale", "8-12, ellers efter aftale", "8-12 eller by appointment"]
)
def test_hours_beside_appointments_stay_open_hours_and_the_rest_is_told(raw: str) -> None:
    day = parse_day(raw)
    assert (day.state, day.intervals) == ("open", (Interval(480, 720),))
    assert day.rest.endswith(("efter aftale", "by appointment"))


@pytest.mark.parametrize(
    "aside",
    [
        "(sidste tid kl. 14)",
        "(telefontid 8-9)",
        ", book på www.example.dk",
        ", aften efter aftale",
        ", lukket i påsken",
        ". Lukket 24/12-1/1",
        ", sommerlukket uge 28-30",
    ],
)
def test_what_is_said_beside_the_hours_stands_in_rest_and_the_hours_stay(aside: str) -> None:
    day = parse_day(f"8-16{aside}")
    assert (day.state, day.intervals) == ("open", (Interval(480, 960),))
    assert day.rest == aside.strip(" ,.()")


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
        "Telefontid 8-9",
        "ca. 8-16",
        "8-16 ca.",
        "omkring 8-16",
        "normalt 8-16",
        "fra kl. 8",
        "indtil 17",
        "8 og 16",
        "8.00/16.00",
        "8 16",
        "0816",
        "18-02",
        "25:00",
        "0-0",
        "00:00-00:00",
        "24-8",
        "12-12",
        "9-5",
        "8-10pm",
        "9am-5",
        "13pm-15pm",
        "8.60-17",
        "8.5-16",
        "8-12,30",
        "8-12.30-16",
        "9-12 og 11-16",
        "8-16/17",
        "8-16?",
        "8-16 2026",
        "9-17, frokost 12-17",
        "9-17, frokost 8-10",
        "Lukket 12-13",
        "Frokost 12-12.30",
        "Åbent, lukket 12-13",
        "10-12 / lukket",
        "Åbent",
        "ring for tid",
        "Se hjemmeside",
        "Morgen 7-9",
        "Aften efter aftale",
        "Midlertidigt lukket",
        "Sommer 8-14",
        "Juli: lukket",
        "1/7-31/7: 8-14",
        "01.07-31.07: 8-14",
        "8-14 i juli",
        "Uge 28-30: lukket",
        "24. december lukket",
        "10-13 ulige uger",
        "2026-01-01",
        "86 00 00 14",
        "5-10 min",
        "15-20 kr",
        "2024-2025",
        "2023-24",
        "1-6",
        "12.05-14.06",
        "8000-8210",
        "8-16, lukket i frokostpausen",
        "8-16 telefonisk",
    ],
)
def test_what_is_not_understood_is_handed_back_and_never_guessed(raw: str) -> None:
    day = parse_day(raw)
    assert (day.state, day.intervals, day.rest) == ("unknown", (), raw)


@given(st.text(max_size=60) | st.text(alphabet="0123456789-.: ,ogtilkl", max_size=24))
def test_any_text_has_an_answer_and_none_is_lost(raw: str) -> None:
    day = parse_day(raw)
    assert (day.state == "open") <= bool(day.intervals)
    assert not (day.rest and day.state not in {"unknown", "open"})
    times = re.findall(r"\d+(?:[.:]\d\d)?", raw)
    assert len(times) >= 2 * len(day.intervals) or "24" in raw  # '24 timer'
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
