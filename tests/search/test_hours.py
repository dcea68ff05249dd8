"""Open now, evening and weekend of the columns are those of clinics/opening.py, clinic by clinic."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.clinics.opening import COPENHAGEN, kind_at, week_from_rows
from fysfinder.search import bits
from fysfinder.search.hours import hours
from tests.search.test_oracle import draw_clinics
from tests.search.world import NOW

# Ordinary days, a holiday, the night when an hour comes twice, and a moment given in another zone.
MOMENTS = (
    NOW,
    NOW.replace(hour=17, minute=0),
    dt.datetime(2026, 12, 25, 9, 30, tzinfo=COPENHAGEN),
    dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32), moment=st.sampled_from(MOMENTS))
def test_open_now_is_what_the_rules_of_one_clinic_say(seed, moment):
    clinics = draw_clinics(seed, 20)
    columns = hours(
        20,
        [(row, *each) for row, clinic in enumerate(clinics) for each in clinic.week],
        [
            (row, first.toordinal(), last.toordinal(), opens, closes)
            for row, clinic in enumerate(clinics)
            for first, last, opens, closes in clinic.special
        ],
    )
    mask = columns.open_at(moment)
    kinds = [kind_at(week_from_rows(c.week, [(*each, "") for each in c.special]), moment) for c in clinics]
    assert bits.unpack(mask.yes, 20).tolist() == [kind == "open" for kind in kinds]
    assert bits.unpack(mask.known, 20).tolist() == [kind in {"open", "closed"} for kind in kinds]


def test_an_evening_begins_after_17():
    columns = hours(3, [(0, 2, 480, 1021, False), (1, 2, 480, 1020, False), (2, 5, 480, 1200, False)], [])
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
