"""Opening hours as pure rules: a week, its exceptions, Danish holidays, and the state at a moment.

Minutes are since midnight on the wall clock of Europe/Copenhagen; moments are aware datetimes of any zone.

Of what is said of a clinic the first that speaks of a date decides: its special days (the narrowest of several), its
two switches, for public holidays and for the customary closed days, the weekdays of a season, and its usual week.
Special days and seasons may come every year. While a switch says nothing, a weekly open day is not trusted on such a
day: open or by appointment becomes 'unknown' (shown as "Helligdag: ring og spørg"), and a day that is closed every
week stays closed. Which days these are stands in danish_days.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from fysfinder.clinics.danish_days import holiday_name, is_customary_day, is_doubtful, is_public_holiday

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MINUTES_A_DAY = 1440
QUARTERS_A_DAY = 96
QUARTERS_A_WEEK = 672
PUBLIC_HOLIDAYS, CUSTOMARY_DAYS = 7, 8  # the two switches, numbered on from the weekdays
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
    is_usual: bool = False  # only of a switch: the hours of the weekday the holiday falls on

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
AS_USUAL = Day("unknown", is_usual=True)


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
    """Every day from first_day to last_day is `day` instead of the week's; of a season only those of its weekday.

    Yearly ones mean the days and months of their dates, whatever the year; they may run over New Year.
    """

    first_day: dt.date
    last_day: dt.date
    day: Day
    weekday: int | None = None
    is_yearly: bool = False

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("an exception must not end before it begins")
        if self.is_yearly and self.last_day - self.first_day > dt.timedelta(days=365):
            raise ValueError("what comes every year must be over within a year")

    def __contains__(self, date: dt.date) -> bool:
        if self.weekday not in {None, date.weekday()}:
            return False
        if not self.is_yearly:
            return self.first_day <= date <= self.last_day
        first, last, day = ((each.month, each.day) for each in (self.first_day, self.last_day, date))
        is_over_new_year = self.last_day.year > self.first_day.year
        return (day >= first or day <= last) if is_over_new_year else first <= day <= last

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """The smallest of several decides: special days before seasons, then the shortest, then once before yearly."""
        return self.weekday is not None, (self.last_day - self.first_day).days, self.is_yearly

    def next_from(self, today: dt.date) -> SpecialDays | None:
        """With the dates of its present or next time, None when it is over."""
        if not self.is_yearly:
            return self if self.last_day >= today else None
        years = self.last_day.year - self.first_day.year
        for year in range(today.year - years, today.year + 2):
            first, last = _in_year(self.first_day, year), _in_year(self.last_day, year + years)
            if last >= today:
                return replace(self, first_day=first, last_day=last, is_yearly=False)
        raise AssertionError("next year's time is not over")


def _in_year(day: dt.date, year: int) -> dt.date:
    """29 February is the 28th where there is none."""
    is_leap = (day.month, day.day) == (2, 29)
    return dt.date(year, 3, 1) - dt.timedelta(days=1) if is_leap else day.replace(year=year)


@dataclass(frozen=True, slots=True)
class Week:
    """The usual week (Monday first), its exceptions and seasons, and what the two switches say."""

    days: tuple[Day, ...] = field(default=(UNKNOWN,) * 7)
    exceptions: tuple[SpecialDays, ...] = ()
    public_holidays: Day = UNKNOWN
    customary_days: Day = UNKNOWN

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
    """The day's hours: an exception first (the narrowest of several), then the switches, a season, the week."""
    inside = sorted((each for each in week.exceptions if date in each), key=lambda each: each.rank)
    if inside and inside[0].weekday is None:
        return inside[0].day
    day = inside[0].day if inside else week.days[date.weekday()]
    switch = (
        week.public_holidays if is_public_holiday(date) else week.customary_days if is_customary_day(date) else AS_USUAL
    )
    if switch.is_usual:
        return day
    if switch.state != "unknown":
        return Day(switch.state, switch.intervals, note=holiday_name(date), is_holiday=True)
    if day.state in {"open", "by_appointment"} and is_doubtful(date):
        return Day("unknown", note=holiday_name(date), is_holiday=True)
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
    days = (*week.days, week.public_holidays, week.customary_days, *(special.day for special in week.exceptions))
    has_hours = any(day.state == "open" for day in days)
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
