"""The days on which a Danish clinic's weekly hours may not hold, reckoned from Easter.

The public holidays (Store Bededag until 2023, when it was abolished), and the days on which many close: 1 May,
5 June, 24 and 31 December. 1 May is an ordinary day until a clinic says otherwise: many are open. The package
`holidays` knows the same and more, but costs each worker 45 MB and half a second; a test compares every year with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LAST_YEAR_OF_STORE_BEDEDAG = 2023
_FROM_EASTER: Mapping[int, Promise] = {
    -3: _("Skærtorsdag"),
    -2: _("Langfredag"),
    0: _("Påskedag"),
    1: _("Anden påskedag"),
    39: _("Kristi himmelfartsdag"),
    49: _("Pinsedag"),
    50: _("Anden pinsedag"),
}
_STORE_BEDEDAG = 26, _("Store bededag")
_FIXED: Mapping[tuple[int, int], Promise] = {
    (1, 1): _("Nytårsdag"),
    (12, 25): _("Juledag"),
    (12, 26): _("Anden juledag"),
}
_MAY_DAY = 5, 1
_CUSTOMARY: Mapping[tuple[int, int], Promise] = {
    _MAY_DAY: _("1. maj"),
    (6, 5): _("Grundlovsdag"),
    (12, 24): _("Juleaftensdag"),
    (12, 31): _("Nytårsaften"),
}


def easter_sunday(year: int) -> dt.date:
    """Easter of the Gregorian calendar, 1583–4099 (the algorithm of Meeus, Jones and Butcher)."""
    golden, (century, in_century) = year % 19, divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, odd_years = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * leap_years - epact - odd_years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=64)
def _days(year: int) -> Mapping[dt.date, Promise]:
    easter = easter_sunday(year)
    days = {dt.date(year, month, day): name for (month, day), name in _FIXED.items()}
    moving = dict(_FROM_EASTER)
    if year <= LAST_YEAR_OF_STORE_BEDEDAG:
        moving[_STORE_BEDEDAG[0]] = _STORE_BEDEDAG[1]
    return days | {easter + dt.timedelta(days=offset): name for offset, name in moving.items()}


def is_public_holiday(date: dt.date) -> bool:
    return date in _days(date.year)


def is_customary_day(date: dt.date) -> bool:
    """1 May, 5 June, 24 or 31 December, unless it is a public holiday that year."""
    return (date.month, date.day) in _CUSTOMARY and not is_public_holiday(date)


def is_doubtful(date: dt.date) -> bool:
    """Whether the weekly hours are not trusted on the date when the clinic says nothing about such days."""
    return is_public_holiday(date) or (is_customary_day(date) and (date.month, date.day) != _MAY_DAY)


def holiday_name(date: dt.date) -> str:
    """'Anden juledag' in the active language; '' on a day that is neither a public holiday nor a customary one."""
    return str(_days(date.year).get(date) or _CUSTOMARY.get((date.month, date.day)) or "")
