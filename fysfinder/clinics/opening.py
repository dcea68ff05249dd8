"""Opening hours as pure rules: a week, its exceptions, Danish holidays, and the state at a moment.

Minutes are since midnight on the wall clock of Europe/Copenhagen; moments are aware datetimes of any zone.

Holidays: nobody writes them into a weekly plan, so on such a day a weekly open day is not trusted. Unless an
exception row speaks about the date, an open or by-appointment day becomes 'unknown' (shown as "Helligdag: ring og
spørg"), and a day that is closed every week stays closed. Which days these are stands in danish_days.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from fysfinder.clinics.danish_days import holiday_name

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MINUTES_A_DAY = 1440
QUARTERS_A_DAY = 96
QUARTERS_A_WEEK = 672
LOOK_AHEAD_DAYS = 14  # farther away than this, "opens on …" helps nobody

State = Literal["open", "closed", "by_appointment", "unknown"]
STATES: tuple[State, ...] = ("open", "closed", "by_appointment", "unknown")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Open from `opens` up to, not including, `closes`; 1440 is the midnight that ends the day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError(f"opens {self.opens} must be before closes {self.closes}, within 0–1440")

    def __contains__(self, minute: int) -> bool:
        return self.opens <= minute < self.closes


@dataclass(frozen=True, slots=True)
class Day:
    """One day: open in its intervals (a lunch break makes two), closed, by appointment, or not known.

    A by-appointment day may carry the hours in which appointments are given. `note` is the reason a visitor may see
    (a holiday's name, the clinic's own words); `is_holiday` says that the weekly hours were set aside for it.
    """

    state: State
    intervals: tuple[Interval, ...] = ()
    note: str = ""
    is_holiday: bool = False

    def __post_init__(self) -> None:
        if (self.state == "open") != bool(self.intervals) and self.state != "by_appointment":
            raise ValueError(f"a day that is {self.state} with {len(self.intervals)} intervals")
        if any(a.closes > b.opens for a, b in zip(self.intervals, self.intervals[1:], strict=False)):
            raise ValueError("intervals overlap or are out of order")

    def kind_at(self, minute: int) -> State:
        if self.state != "open":
            return self.state
        return "open" if any(minute in interval for interval in self.intervals) else "closed"


CLOSED = Day("closed")
UNKNOWN = Day("unknown")
BY_APPOINTMENT = Day("by_appointment")


def open_day(*spans: tuple[int, int], note: str = "") -> Day:
    """open_day((480, 720), (780, 1020)): 8–12 and 13–17. Spans that touch or overlap are joined."""
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return Day("open", tuple(Interval(*span) for span in joined), note)


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """An exception: every day from first_day to last_day is `day` instead of the week's."""

    first_day: dt.date
    last_day: dt.date
    day: Day

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("an exception must not end before it begins")

    def __contains__(self, date: dt.date) -> bool:
        return self.first_day <= date <= self.last_day


@dataclass(frozen=True, slots=True)
class Week:
    """The usual week (Monday first) and its exceptions."""

    days: tuple[Day, ...] = field(default=(UNKNOWN,) * 7)
    exceptions: tuple[SpecialDays, ...] = ()

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError("a week has seven days")

    @property
    def is_unknown(self) -> bool:
        """Nothing at all is known of the weekly hours."""
        return all(day.state == "unknown" for day in self.days)


@dataclass(frozen=True, slots=True)
class OpenState:
    """The state at a moment. `until` is when an open clinic closes; `opens_at` when one that is not open opens next."""

    kind: State
    until: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    day: Day = UNKNOWN  # the whole of today: its intervals, its note, whether it is a holiday


def hours_on(week: Week, date: dt.date) -> Day:
    """The day's hours: an exception first (the narrowest of several), then the holiday rule, then the week."""
    special = min(
        (special for special in week.exceptions if date in special),
        key=lambda special: special.last_day - special.first_day,
        default=None,
    )
    if special is not None:
        return special.day
    day = week.days[date.weekday()]
    if day.state in {"open", "by_appointment"} and (name := holiday_name(date)):
        return Day("unknown", note=name, is_holiday=True)
    return day


def kind_at(week: Week, now: dt.datetime) -> State:
    """Open, closed, by_appointment or unknown at this moment, by the wall clock in Copenhagen."""
    local = now.astimezone(COPENHAGEN)
    return hours_on(week, local.date()).kind_at(local.hour * 60 + local.minute)


def _moments(date: dt.date, minute: int) -> Iterator[dt.datetime]:
    """The instants at which the wall clock shows the minute: two of them in the hour that autumn repeats."""
    midnight = dt.datetime.combine(date + dt.timedelta(days=minute // MINUTES_A_DAY), dt.time())
    wall = midnight + dt.timedelta(minutes=minute % MINUTES_A_DAY)
    for fold in (0, 1):
        yield wall.replace(tzinfo=COPENHAGEN, fold=fold).astimezone(dt.UTC)


def _boundaries(week: Week, now: dt.datetime) -> Iterator[dt.datetime]:
    """Every instant after now at which the state could change, in order, LOOK_AHEAD_DAYS ahead."""
    first = now.astimezone(COPENHAGEN).date()
    for offset in range(LOOK_AHEAD_DAYS + 1):
        date = first + dt.timedelta(days=offset)
        minutes = {0}
        minutes.update(m for interval in hours_on(week, date).intervals for m in (interval.opens, interval.closes))
        # Summer time begins and ends at 01:00 UTC; the wall clock jumps there, maybe over an hour that opens.
        moments = {dt.datetime.combine(date, dt.time(1), dt.UTC)}
        moments.update(moment for minute in minutes for moment in _moments(date, minute))
        yield from (moment for moment in sorted(moments) if moment > now)


def next_change(week: Week, now: dt.datetime) -> dt.datetime | None:
    """The first moment after now at which the state is another; None when there is none within two weeks."""
    kind = kind_at(week, now)
    found = next((moment for moment in _boundaries(week, now) if kind_at(week, moment) != kind), None)
    return found.astimezone(COPENHAGEN) if found else None


def next_opening(week: Week, now: dt.datetime) -> dt.datetime | None:
    """The first moment after now at which the clinic is known to be open; None when there is none within two weeks."""
    found = next((moment for moment in _boundaries(week, now) if kind_at(week, moment) == "open"), None)
    return found.astimezone(COPENHAGEN) if found else None


def state_at(week: Week, now: dt.datetime) -> OpenState:
    """The state at an aware moment."""
    day = hours_on(week, now.astimezone(COPENHAGEN).date())
    kind = kind_at(week, now)
    if kind == "open":
        return OpenState(kind, until=next_change(week, now), day=day)
    has_hours = any(day.state == "open" for day in (*week.days, *(special.day for special in week.exceptions)))
    return OpenState(kind, opens_at=next_opening(week, now) if has_hours else None, day=day)


def open_quarters(week: Week) -> npt.NDArray[np.bool_]:
    """The usual week as 672 quarter-hours from Monday 0.00; true where the clinic is open as the quarter begins.

    Exceptions and holidays are not in it: the caller that searches a date takes them from hours_on.
    """
    quarters = np.zeros(QUARTERS_A_WEEK, dtype=np.bool_)
    for weekday, day in enumerate(week.days):
        if day.state == "open":
            start = weekday * QUARTERS_A_DAY
            for interval in day.intervals:
                quarters[start + -(-interval.opens // 15) : start + -(-interval.closes // 15)] = True
    return quarters


def week_from_rows(
    rows: Iterable[tuple[int, int | None, int | None, bool]],
    exceptions: Iterable[tuple[dt.date, dt.date, int | None, int | None, str]] = (),
) -> Week:
    """From rows (weekday, opens, closes, by_appointment) and (first_day, last_day, opens, closes, note).

    A weekday without a row is unknown; one with a single row without times is closed. Rows with times win over
    'by appointment'. Exception rows of the same dates make one day with several intervals.
    """
    by_weekday: dict[int, list[tuple[int | None, int | None, bool]]] = {}
    for weekday, opens, closes, by_appointment in rows:
        by_weekday.setdefault(weekday, []).append((opens, closes, by_appointment))
    special: dict[tuple[dt.date, dt.date], list[tuple[int | None, int | None, str]]] = {}
    for first_day, last_day, opens, closes, note in exceptions:
        special.setdefault((first_day, last_day), []).append((opens, closes, note))
    return Week(
        days=tuple(_day_from_rows(tuple(by_weekday.get(weekday, ()))) for weekday in range(7)),
        exceptions=tuple(
            SpecialDays(first, last, _special_from_rows(parts)) for (first, last), parts in sorted(special.items())
        ),
    )


@lru_cache(maxsize=4096)  # a few hundred different days make up all the weeks there are
def _day_from_rows(rows: tuple[tuple[int | None, int | None, bool], ...]) -> Day:
    if not rows:
        return UNKNOWN
    spans = [(o, c) for o, c, by_appointment in rows if o is not None and c is not None and not by_appointment]
    if spans:
        return open_day(*spans)
    if any(by_appointment for _, _, by_appointment in rows):
        asked = [(o, c) for o, c, _ in rows if o is not None and c is not None]
        return Day("by_appointment", open_day(*asked).intervals if asked else ())
    return CLOSED


def _special_from_rows(rows: list[tuple[int | None, int | None, str]]) -> Day:
    spans = [(opens, closes) for opens, closes, _ in rows if opens is not None and closes is not None]
    note = next((note for _, _, note in rows if note), "")
    return open_day(*spans, note=note) if spans else Day("closed", note=note)
