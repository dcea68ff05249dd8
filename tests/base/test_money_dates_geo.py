from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.base.dates import format_day, format_long_day, parse_date
from fysfinder.base.geo import distances_km, haversine_km, unit_vectors
from fysfinder.base.http import query_string
from fysfinder.base.money import format_ore, format_ore_range

POINT = st.tuples(st.floats(54, 58), st.floats(8, 15.5))


@pytest.mark.parametrize(
    ("ore", "danish", "english"),
    [
        (130312, "1.303,12 kr.", "DKK 1,303.12"),
        (45000, "450 kr.", "DKK 450"),
        (0, "0 kr.", "DKK 0"),
        (1230312, "12.303,12 kr.", "DKK 12,303.12"),
        (5, "0,05 kr.", "DKK 0.05"),
    ],
)
def test_money_is_written_the_way_of_the_language(ore: int, danish: str, english: str):
    assert format_ore(ore, "da") == danish
    assert format_ore(ore, "en") == english


def test_a_range_names_the_currency_once():
    assert format_ore_range(33000, 67500) == "330–675 kr."
    assert format_ore_range(33000, 67500, "en") == "DKK 330–675"
    assert format_ore_range(50000, 50000) == "500 kr."


@pytest.mark.parametrize("text", ["24/02/2024", "24-02-2024", "24.2.2024", "2024-02-24", " 2024-02-24 "])
def test_parse_date_reads_danish_and_iso_dates(text: str):
    assert parse_date(text) == dt.date(2024, 2, 24)


@pytest.mark.parametrize("text", ["", "31/02/2024", "i går", "2024-13-01", "24/02/24"])
def test_parse_date_refuses_what_is_no_date(text: str):
    with pytest.raises(ValueError, match="not a date"):
        parse_date(text)


def test_a_day_more_than_a_year_away_shows_month_and_year(today: dt.date):
    assert format_day(dt.date(2026, 11, 2), today) == "2. nov."
    assert format_day(dt.date(2025, 6, 2), today) == "juni 2025"
    assert format_long_day(dt.date(2026, 11, 2), "en") == "2 November 2026"


def test_copenhagen_to_aarhus_is_157_km():
    assert haversine_km(55.6761, 12.5683, 56.1629, 10.2039) == pytest.approx(156.7, abs=1)


@given(POINT, st.lists(POINT, min_size=1, max_size=5))
def test_vector_distances_equal_haversine(origin: tuple[float, float], points: list[tuple[float, float]]):
    vectors = unit_vectors([p[0] for p in points], [p[1] for p in points])
    expected = [haversine_km(*origin, *point) for point in points]
    assert np.allclose(distances_km(*origin, vectors), expected, atol=1e-4)


def test_query_string_keeps_commas_readable_and_escapes_the_rest():
    assert query_string([("emner", "a,b"), ("q", "æ&x")]) == "?emner=a,b&q=%C3%A6%26x"
    assert query_string([]) == ""
