"""A week from the rows of OpeningHours and OpeningException."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from fysfinder.clinics.opening import (
    AS_USUAL,
    CLOSED,
    CUSTOMARY_DAYS,
    PUBLIC_HOLIDAYS,
    UNKNOWN,
    Day,
    SpecialDays,
    Week,
    open_day,
)


class UsualRow(NamedTuple):
    """A row of OpeningHours; weekday may be one of the switches."""

    weekday: int
    opens: int | None
    closes: int | None
    by_appointment: bool
    as_usual: bool = False


class SpecialRow(NamedTuple):
    """A row of OpeningException."""

    first_day: dt.date
    last_day: dt.date
    opens: int | None
    closes: int | None
    note: str = ""
    weekday: int | None = None
    is_yearly: bool = False


def week_from_rows(rows: Iterable[Sequence[Any]], exceptions: Iterable[Sequence[Any]] = ()) -> Week:
    """From rows with the values of UsualRow and of SpecialRow.

    A weekday without a row is unknown; one with a single row without times is closed. Rows with times win over
    'by appointment'. Exception rows of the same dates and weekday make one day with several intervals.
    """
    usual: dict[int, list[UsualRow]] = {}
    for row in map(UsualRow._make, (_filled(row, UsualRow) for row in rows)):
        usual.setdefault(row.weekday, []).append(row)
    special: dict[tuple[Any, ...], list[SpecialRow]] = {}
    for each in map(SpecialRow._make, (_filled(row, SpecialRow) for row in exceptions)):
        when = (each.first_day, each.last_day, -1 if each.weekday is None else each.weekday, each.is_yearly)
        special.setdefault(when, []).append(each)
    days = [_day_from_rows(tuple(usual.get(number, ()))) for number in range(CUSTOMARY_DAYS + 1)]
    return Week(
        tuple(days[:7]),
        tuple(
            SpecialDays(first, last, _special_from_rows(parts), None if weekday < 0 else weekday, is_yearly)
            for (first, last, weekday, is_yearly), parts in sorted(special.items(), key=lambda item: item[0])
        ),
        public_holidays=days[PUBLIC_HOLIDAYS],
        customary_days=days[CUSTOMARY_DAYS],
    )


def _filled(row: Sequence[Any], shape: type[UsualRow] | type[SpecialRow]) -> tuple[Any, ...]:
    """What was kept before a column was there takes the column's default."""
    missing = shape._fields[len(row) :]
    return (*row, *(shape._field_defaults[name] for name in missing))


@lru_cache(maxsize=4096)  # a few hundred different days make up all the weeks there are
def _day_from_rows(rows: tuple[UsualRow, ...]) -> Day:
    if not rows:
        return UNKNOWN
    if any(row.as_usual for row in rows):
        return AS_USUAL
    spans = [(o, c) for _, o, c, by_appointment, _ in rows if o is not None and c is not None and not by_appointment]
    if spans:
        return open_day(*spans)
    if any(row.by_appointment for row in rows):
        asked = [(row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None]
        return Day("by_appointment", open_day(*asked).intervals if asked else ())
    return CLOSED


def _special_from_rows(rows: list[SpecialRow]) -> Day:
    spans = [(row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None]
    note = next((row.note for row in rows if row.note), "")
    return open_day(*spans, note=note) if spans else Day("closed", note=note)
