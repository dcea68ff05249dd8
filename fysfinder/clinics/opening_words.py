"""Opening hours in words of the active language, and as schema.org says them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fysfinder.base.dates import format_time
from fysfinder.clinics.danish_days import holiday_name
from fysfinder.clinics.opening import (
    COPENHAGEN,
    MINUTES_A_DAY,
    UNKNOWN,
    Day,
    Interval,
    OpenState,
    SpecialDays,
    Week,
    hours_on,
    state_at,
)

WEEKDAYS = (
    gettext_lazy("Mandag"),
    gettext_lazy("Tirsdag"),
    gettext_lazy("Onsdag"),
    gettext_lazy("Torsdag"),
    gettext_lazy("Fredag"),
    gettext_lazy("Lørdag"),
    gettext_lazy("Søndag"),
)
_SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays")


def _weekday(date: dt.date) -> str:
    """The weekday inside a sentence: 'fredag', in English 'Friday'."""
    name = str(WEEKDAYS[date.weekday()])
    return name.lower() if (get_language() or "da").startswith("da") else name


def _clock(moment: dt.datetime) -> str:
    return format_time(moment.astimezone(COPENHAGEN).time())


def minute_words(minute: int) -> str:
    """'8.00'; the midnight that ends a day is '24.00'."""
    return f"{minute // 60}.{minute % 60:02d}"


def interval_words(interval: Interval) -> str:
    """'8.00–17.00'."""
    return f"{minute_words(interval.opens)}–{minute_words(interval.closes)}"


def day_words(day: Day) -> str:
    """A row of the week's table: '8.00–12.00, 13.00–17.00', 'Lukket', 'Efter aftale', 'Ikke oplyst'."""
    times = ", ".join(interval_words(interval) for interval in day.intervals)
    if day.state == "open":
        return times
    if day.state == "by_appointment":
        return _("Efter aftale, %(times)s") % {"times": times} if times else _("Efter aftale")
    if day.state == "closed":
        return _("Lukket")
    return _("Helligdag: ring og spørg") if day.is_holiday else _("Ikke oplyst")


def state_words(week: Week, now: dt.datetime) -> str:
    """The state in one line: 'Åbent nu, lukker 18.00', 'Åbner 13.00', 'Lukket, åbner i morgen 8.00', 'Ikke oplyst'."""
    state = state_at(week, now)
    if state.kind == "open":
        return _open_words(state, now)
    if state.kind == "by_appointment":
        return _("Efter aftale i dag")
    if state.kind == "unknown":
        if state.day.is_holiday:
            return _("%(holiday)s: ring og spørg") % {"holiday": _todays_holiday(now)}
        return _("Ikke oplyst")
    if state.opens_at is None:
        return _("Lukket")
    between = _unknown_before(week, now, state.opens_at)
    if any(day.is_holiday for day in between):
        return _("Lukket nu. Ring og spørg om helligdagene")
    if between:
        return _opens_at_latest_words(state.opens_at, now)
    return _opens_words(state.opens_at, now)


def _unknown_before(week: Week, now: dt.datetime, opens_at: dt.datetime) -> list[Day]:
    """The days after today and before the known opening of which nobody has said whether it is open."""
    dates = ((_date(now) + dt.timedelta(days=n)) for n in range(1, (_date(opens_at) - _date(now)).days))
    return [day for date in dates if (day := hours_on(week, date)).state == "unknown"]


def today_words(week: Week, now: dt.datetime) -> str:
    """The card's short answer to 'open today?': 'Til 18.00', 'Åbner 13.00', 'Lukket i dag (Anden juledag)'."""
    state = state_at(week, now)
    today = now.astimezone(COPENHAGEN).date()
    if state.kind == "open":
        if state.until is None or _date(state.until) > today + dt.timedelta(days=1):
            return _("Hele døgnet")
        return _("Til %(time)s") % {"time": _closing(state.until, now)}
    if state.kind == "closed":
        if state.opens_at and _date(state.opens_at) == today:
            return _("Åbner %(time)s") % {"time": _clock(state.opens_at)}
        reason = state.day.note or (_todays_holiday(now) if state.day.state == "closed" else "")
        if state.day.state == "open":
            return _("Lukket for i dag")
        return _("Lukket i dag (%(reason)s)") % {"reason": reason} if reason else _("Lukket i dag")
    return state_words(week, now)


def _date(moment: dt.datetime) -> dt.date:
    return moment.astimezone(COPENHAGEN).date()


def _todays_holiday(now: dt.datetime) -> str:
    return holiday_name(_date(now))


def _closing(until: dt.datetime, now: dt.datetime) -> str:
    """'18.00'; at midnight '24.00', after it 'i morgen 2.00'."""
    if _date(until) == _date(now):
        return _clock(until)
    midnight = until.astimezone(COPENHAGEN).time() == dt.time()
    return "24.00" if midnight else _("i morgen %(time)s") % {"time": _clock(until)}


def _open_words(state: OpenState, now: dt.datetime) -> str:
    if state.until is None or _date(state.until) > _date(now) + dt.timedelta(days=1):
        return _("Åbent nu")
    return _("Åbent nu, lukker %(time)s") % {"time": _closing(state.until, now)}


def _opens_words(opens_at: dt.datetime, now: dt.datetime) -> str:
    days = (_date(opens_at) - _date(now)).days
    if days == 0:
        return _("Åbner %(time)s") % {"time": _clock(opens_at)}
    if days == 1:
        return _("Lukket, åbner i morgen %(time)s") % {"time": _clock(opens_at)}
    weekday = _weekday(_date(opens_at))
    if days < 7:
        return _("Lukket, åbner %(weekday)s %(time)s") % {"weekday": weekday, "time": _clock(opens_at)}
    date = _date(opens_at)
    text = _("Lukket, åbner %(weekday)s %(day)d/%(month)d %(time)s")
    return text % {"weekday": weekday, "day": date.day, "month": date.month, "time": _clock(opens_at)}


def _opens_at_latest_words(opens_at: dt.datetime, now: dt.datetime) -> str:
    """What is sure when days before the known opening are unknown."""
    date = _date(opens_at)
    when = {"weekday": _weekday(date), "day": date.day, "month": date.month, "time": _clock(opens_at)}
    if (date - _date(now)).days < 7:
        return _("Lukket nu, åbner senest %(weekday)s %(time)s") % when
    return _("Lukket nu, åbner senest %(weekday)s %(day)d/%(month)d %(time)s") % when


@dataclass(frozen=True, slots=True)
class DayRow:
    """One row of the week's table, for the seven days that begin on today's Monday."""

    date: dt.date
    weekday: str  # 'Mandag'
    words: str
    is_today: bool


def week_rows(week: Week, today: dt.date) -> tuple[DayRow, ...]:
    """The usual week as a table, today marked; exceptions are told apart below it (special_rows)."""
    monday = today - dt.timedelta(days=today.weekday())
    dates = [monday + dt.timedelta(days=offset) for offset in range(7)]
    return tuple(
        DayRow(date, str(WEEKDAYS[date.weekday()]), day_words(week.days[date.weekday()]), date == today)
        for date in dates
    )


def special_rows(week: Week, today: dt.date, *, days: int = 60) -> tuple[tuple[SpecialDays, str], ...]:
    """What differs from the usual week from today on: exceptions, and holidays that no exception speaks about."""
    last = today + dt.timedelta(days=days)
    rows = [(season[0], season_words(season)) for season in _seasons(week, today)]
    if not week.is_unknown:
        for offset in range(days + 1):
            date = today + dt.timedelta(days=offset)
            day = hours_on(week, date)
            if day.is_holiday and date <= last:
                named = replace(day, note=holiday_name(date))
                rows.append((SpecialDays(date, date, named), day_words(named)))
    return tuple(sorted(rows, key=lambda row: row[0].first_day))


def _seasons(week: Week, today: dt.date) -> list[list[SpecialDays]]:
    """The exceptions that are not over, each with the dates of its next time; those of the same dates together."""
    seasons: dict[tuple[dt.date, dt.date, bool], list[SpecialDays]] = {}
    for special in week.exceptions:
        if coming := special.next_from(today):
            key = coming.first_day, coming.last_day, coming.weekday is None
            seasons.setdefault(key, []).append(coming)
    return [[each] for key, found in seasons.items() if key[2] for each in found] + [
        found for key, found in seasons.items() if not key[2]
    ]


def season_words(season: Sequence[SpecialDays]) -> str:
    """'Lukket'; of a season with weekdays 'Mandag–fredag 8.00–13.00, lørdag–søndag lukket'."""
    if season[0].weekday is None:
        return day_words(season[0].day)
    days = {special.weekday: special.day for special in season}
    return days_words([days.get(weekday, UNKNOWN) for weekday in range(7)])


def exceptions_words(week: Week) -> Iterator[str]:
    """'1/7–31/7 hvert år: mandag–fredag 8.00–13.00', one for each season or exception."""
    groups: dict[tuple[Any, ...], list[SpecialDays]] = {}
    for special in week.exceptions:
        key = special.first_day, special.last_day, special.is_yearly, special.weekday is None
        groups.setdefault(key, []).append(special)
    for (first, last, is_yearly, _is_whole), season in groups.items():
        dates = "–".join(dict.fromkeys(f"{day.day}/{day.month}" for day in (first, last)))
        when = _("%(dates)s hvert år") % {"dates": dates} if is_yearly else f"{dates} {last.year}"
        yield f"{when}: {season_words(season).lower()}"


def days_words(days: Sequence[Day]) -> str:
    """'Mandag–fredag 8.00–16.00, lørdag lukket'; days nobody knows are left out. days: seven."""
    runs: list[list[str]] = []
    for name, day in zip(WEEKDAYS, days, strict=True):
        words = "" if day.state == "unknown" else day_words(day)
        if runs and runs[-1][2] == words:
            runs[-1][1] = str(name)
        else:
            runs.append([str(name), str(name), words])
    text = ", ".join(f"{a if a == b else f'{a}–{b}'} {words}" for a, b, words in runs if words)
    return text[:1] + text[1:].lower() if (get_language() or "da").startswith("da") else text


def schema_hours(week: Week, today: dt.date) -> list[dict[str, Any]]:
    """schema.org openingHoursSpecification: the usual week, weekdays with the same hours together, and exceptions.

    Unknown and by-appointment days are not in it. A closed day opens and closes at 00:00, which is how schema.org
    says it. A season has its weekdays, and what comes every year the dates of its next time. Public holidays are
    schema.org's PublicHolidays, when the clinic has said something of them.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for weekday, day in enumerate((*week.days, week.public_holidays)):
        for span in _schema_spans(day):
            groups.setdefault(span, []).append(_SCHEMA_DAYS[weekday])
    usual = [_specification(span, {"dayOfWeek": weekdays}) for span, weekdays in groups.items()]
    special = [
        _specification(span, _schema_dates(row))
        for season in _seasons(week, today)
        for row in season
        for span in _schema_spans(row.day)
    ]
    return usual + special


def _schema_dates(row: SpecialDays) -> dict[str, Any]:
    dates = {"validFrom": row.first_day.isoformat(), "validThrough": row.last_day.isoformat()}
    return dates if row.weekday is None else {"dayOfWeek": [_SCHEMA_DAYS[row.weekday]], **dates}


def _specification(span: tuple[str, str], extra: dict[str, Any]) -> dict[str, Any]:
    return {"@type": "OpeningHoursSpecification", "opens": span[0], "closes": span[1], **extra}


def _schema_spans(day: Day) -> Sequence[tuple[str, str]]:
    if day.state == "closed":
        return [("00:00", "00:00")]
    if day.state != "open":
        return []
    return [(_schema_time(interval.opens), _schema_time(interval.closes)) for interval in day.intervals]


def _schema_time(minute: int) -> str:
    return "23:59" if minute == MINUTES_A_DAY else f"{minute // 60:02d}:{minute % 60:02d}"
