"""Opening hours out in OpenStreetMap's syntax, so that hours_osm_text.py reads the same week again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from fysfinder.clinics.hours_osm_text import MONTHS, NAMES
from fysfinder.clinics.opening import Day, SpecialDays, Week

_CUSTOMARY = ("May 01", "Jun 05", "Dec 24", "Dec 31")


def to_osm(week: Week) -> str:
    """'Mo-Fr 08:00-16:00; Sa-Su off; PH off; Jul 01-31 Mo-Fr 08:00-13:00'; '' of a week nobody knows.

    Without what OpenStreetMap has no word for: notes, and that holidays are as usual (there it is the rule).
    """
    rules = [] if week.is_unknown else list(_rules("", enumerate(week.days)))
    rules += _special_rules([each for each in week.exceptions if each.weekday is not None])
    if week.public_holidays.state != "unknown":
        rules.append(f"PH {_hours(week.public_holidays)}")
    if week.customary_days.state != "unknown":
        rules += [f"{date} {_hours(week.customary_days)}" for date in _CUSTOMARY]
    return "; ".join((*rules, *_special_rules([each for each in week.exceptions if each.weekday is None])))


def _special_rules(exceptions: Sequence[SpecialDays]) -> Iterator[str]:
    """The widest first: a later rule takes the days over."""
    ordered = sorted(exceptions, key=lambda each: (each.rank, _dates(each)), reverse=True)
    for when, season in groupby(ordered, key=_dates):
        special = list(season)
        yield from (f"{when} {_hours(each.day)}" for each in special if each.weekday is None)
        yield from _rules(f"{when} ", ((each.weekday, each.day) for each in special if each.weekday is not None))


def _rules(before: str, days: Iterable[tuple[int, Day]]) -> Iterator[str]:
    """Neighbours with the same hours together."""
    runs: list[list[int]] = []
    hours: dict[int, str] = {number: _hours(day) for number, day in sorted(days, key=lambda pair: pair[0])}
    for number in hours:
        if runs and runs[-1][-1] == number - 1 and hours[number] == hours[number - 1]:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        yield f"{before}{'-'.join(NAMES[end] for end in dict.fromkeys((run[0], run[-1])))} {hours[run[0]]}"


def _hours(day: Day) -> str:
    spans = ",".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in day.intervals)
    if day.state == "by_appointment":
        return f'{spans} "by appointment"'.strip()
    return spans or {"closed": "off"}.get(day.state, "unknown")


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _dates(special: SpecialDays) -> str:
    first, last = (_date(day, special.is_yearly) for day in (special.first_day, special.last_day))
    if first == last:
        return first
    is_one_month = special.is_yearly and first[:3] == last[:3] and special.first_day.year == special.last_day.year
    return f"{first}-{last[4:]}" if is_one_month else f"{first}-{last}"


def _date(day: dt.date, is_yearly: bool) -> str:
    text = f"{MONTHS[day.month - 1]} {day.day:02d}"
    return text if is_yearly else f"{day.year} {text}"
