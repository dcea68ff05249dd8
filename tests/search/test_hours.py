"""Open now, evening and weekend of the columns are those of clinics/opening.py, clinic by clinic."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.clinics.opening import COPENHAGEN, kind_at
from fysfinder.clinics.opening_rows import week_from_rows
from fysfinder.search import bits
from fysfinder.search.hours import hours
from tests.search.test_oracle import draw_clinics
from tests.search.world import NOW, hours_of

# Ordinary days, a holiday, the night when an hour comes twice, and a moment given in another zone.
MOMENTS = (
    NOW,
    NOW.replace(hour=17, minute=0),
    dt.datetime(2026, 12, 25, 9, 30, tzinfo=COPENHAGEN),
    dt.datetime(2026, 12, 24, 9, 30, tzinfo=COPENHAGEN),
    dt.datetime(2026, 5, 1, 9, 30, tzinfo=COPENHAGEN),  # the one customary day whose usual hours are trusted
    dt.datetime(2026, 5, 14, 9, 30, tzinfo=COPENHAGEN),
    dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32), moment=st.sampled_from(MOMENTS))
def test_open_now_is_what_the_rules_of_one_clinic_say(seed, moment):
    clinics = draw_clinics(seed, 20)
    columns = hours_of(clinics)
    mask = columns.open_at(moment)
    kinds = [kind_at(week_from_rows(c.week, c.special), moment) for c in clinics]
    assert bits.unpack(mask.yes, 20).tolist() == [kind == "open" for kind in kinds]
    assert bits.unpack(mask.known, 20).tolist() == [kind in {"open", "closed"} for kind in kinds]


def test_an_evening_begins_after_17():
    rows = [(0, 2, 480, 1021), (1, 2, 480, 1020), (2, 5, 480, 1200)]
    columns = hours(3, [(*row, False, False) for row in rows], [])
    assert bits.unpack(columns.evening().yes, 3).tolist() == [True, False, False]
    assert bits.unpack(columns.weekend().yes, 3).tolist() == [False, False, True]


def test_sets_survive_packing():
    random = Random(1)
    for size in (0, 1, 63, 64, 65, 1000):
        flags = [random.random() < 0.5 for _ in range(size)]
        packed = bits.pack(flags)
        assert bits.unpack(packed, size).tolist() == flags
        assert bits.count(packed) == sum(flags)
        assert bits.count(bits.all_of(size)) == size
