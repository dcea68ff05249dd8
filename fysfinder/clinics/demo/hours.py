"""Opening hours as demo clinics have them."""

from __future__ import annotations

import datetime as dt
from random import Random

from fysfinder.clinics.opening import AS_USUAL, BY_APPOINTMENT, CLOSED, UNKNOWN, Day, SpecialDays, open_day


def usual_week(draw: Random) -> tuple[Day, ...]:
    """Monday first. One clinic in twelve closes on Wednesdays, one in six has a break, one in eight opens Saturdays."""
    opens = draw.choice((420, 450, 480, 480, 480, 510, 540))
    closes = draw.choice((900, 960, 960, 990, 1020, 1020, 1080, 1140))
    lunch = draw.choice(((720, 750), (720, 780), (690, 720))) if draw.random() < 1 / 6 else None
    days = [_day(opens, closes, lunch) for _ in range(5)]
    if draw.random() < 0.3:
        days[3] = _day(opens, max(closes, 1140), lunch)  # late on Thursdays
    if draw.random() < 0.55:
        days[4] = _day(opens, min(closes, 900), lunch)  # early home on Fridays
    if draw.random() < 1 / 12:
        days[2] = CLOSED
    for weekday in range(5):
        if draw.random() < 0.02:
            days[weekday] = BY_APPOINTMENT
    weekend = draw.random()
    if weekend < 1 / 8:
        return (*days, open_day((540, 780)), CLOSED)
    if weekend < 0.22:
        return (*days, BY_APPOINTMENT, UNKNOWN)
    if weekend < 0.3:
        return (*days, UNKNOWN, UNKNOWN)
    return (*days, CLOSED, CLOSED)


def _day(opens: int, closes: int, lunch: tuple[int, int] | None) -> Day:
    return open_day((opens, lunch[0]), (lunch[1], closes)) if lunch else open_day((opens, closes))


def switches(draw: Random) -> tuple[Day, ...]:
    """Public holidays, then customary days. Three in five say nothing of either; most of the others are closed."""
    if draw.random() < 0.6:
        return UNKNOWN, UNKNOWN
    public = draw.choices((CLOSED, AS_USUAL), (9, 1))[0]
    return public, draw.choices((UNKNOWN, public, AS_USUAL), (3, 5, 1))[0]


def summer(draw: Random) -> tuple[SpecialDays, ...]:
    """One clinic in eight has shorter days in July, every year."""
    if draw.random() >= 1 / 8:
        return ()
    short = open_day((480, draw.choice((780, 840))), note="Sommertid")
    first, last = dt.date(2000, 7, 1), dt.date(2000, 7, 31)
    return tuple(SpecialDays(first, last, short, weekday, is_yearly=True) for weekday in range(5))


def christmas(draw: Random, today: dt.date) -> tuple[SpecialDays, ...]:
    """What two in five clinics say about the coming Christmas."""
    kind = draw.random()
    year = today.year
    if kind < 0.2:
        spans = [(dt.date(year, 12, 24), dt.date(year, 12, 26), CLOSED)]
    elif kind < 0.32:
        spans = [(dt.date(year, 12, 23), dt.date(year + 1, 1, 1), Day("closed", note="Juleferie"))]
    elif kind < 0.4:
        short = open_day((540, 720), note="Kort dag")
        spans = [
            (dt.date(year, 12, 24), dt.date(year, 12, 26), CLOSED),
            (dt.date(year, 12, 31), dt.date(year, 12, 31), short),
        ]
    else:
        spans = []
    return tuple(SpecialDays(*span) for span in spans)
