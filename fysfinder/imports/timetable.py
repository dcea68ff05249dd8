"""Opening hours as registers give them, span by span: gathered into a usual week and seasons."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from fysfinder.clinics.opening import CLOSED, MINUTES_A_DAY, UNKNOWN, Day, SpecialDays, open_day

_LONGEST_SEASON = dt.timedelta(days=366)
Span = tuple[int, int]


class Timetable:
    """Weekdays are 0 (Monday) to 6; minutes are since midnight on the wall clock."""

    def __init__(self) -> None:
        self._usual: dict[int, list[Span]] = defaultdict(list)
        self._seasons: dict[tuple[dt.date, dt.date, int], list[Span]] = defaultdict(list)
        self._closed: dict[tuple[dt.date, dt.date], str] = {}

    def add(self, weekday: int, span: Span, period: tuple[dt.date, dt.date] | None = None) -> None:
        """Open on that weekday, every week or in the weeks of a period."""
        if period is None:
            self._usual[weekday].append(span)
        else:
            self._seasons[(*period, weekday)].append(span)

    def close(self, first: dt.date, last: dt.date, note: str) -> None:
        self._closed[first, last] = note

    @property
    def week(self) -> tuple[Day, ...]:
        """Seven days, those nobody names unknown; none when no day is named."""
        days = (open_day(*self._usual[day]) if day in self._usual else UNKNOWN for day in range(7))
        return tuple(days) if self._usual else ()

    @property
    def seasons(self) -> tuple[SpecialDays, ...]:
        opened = [
            SpecialDays(first, last, open_day(*spans), weekday)
            for (first, last, weekday), spans in sorted(self._seasons.items())
        ]
        closed = [
            SpecialDays(first, last, Day(CLOSED.state, note=note))
            for (first, last), note in sorted(self._closed.items())
        ]
        return (*opened, *closed)


def minute_of(clock: Any) -> int | None:
    """'08:00', '08:00:00', '08:00+01:00' or '08:00Z': the clock on the wall."""
    parts = str(clock or "").split("+")[0].rstrip("Z").split(":")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts[:2]):
        return None
    hours, minutes = int(parts[0]), int(parts[1])
    minute = hours * 60 + minutes
    return minute if minutes < 60 and minute <= MINUTES_A_DAY else None


def span_of(opens: Any, closes: Any) -> Span | None:
    """Two clocks; 00:00, 24:00 and 23:59 end the day. None when they are no span of one day."""
    start, end = minute_of(opens), minute_of(closes)
    end = MINUTES_A_DAY if end in (0, MINUTES_A_DAY - 1) else end
    return (start, end) if start is not None and end is not None and start < end else None


def day_of(text: Any) -> dt.date | None:
    """The day of '2026-07-01' or '2026-07-01T00:00:00+02:00'; None when it is no whole date."""
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def period_of(first: Any, last: Any) -> tuple[dt.date, dt.date] | None:
    """Two days in their order, at most a year apart."""
    start, end = day_of(first), day_of(last)
    if start is None or end is None or not start <= end <= start + _LONGEST_SEASON:
        return None
    return start, end
