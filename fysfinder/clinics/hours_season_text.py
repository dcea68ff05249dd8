"""Seasons in what people write: '1/7–31/7: man–fre 8–13', 'Lukket 24. december - 2. januar', 'Juli: lukket'.

Dates without a year come every year. Only the dates are read here; what is said of them is a week of its own.
"""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "ma[jy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "dec")
_LONG = r"(?:uari?|ruari?|ts|ch|il|[iey]|ust|tember|ober|ember|uary|ruary)?\.?"
_MONTH = rf"(?:{'|'.join(_MONTHS)}){_LONG}"
_YEAR = r"(?:[-/ ]+(20\d\d))?"
_DATE = rf"(?:(\d{{1,2}})/(\d{{1,2}}){_YEAR}|(\d{{1,2}})\.?\s*({_MONTH})?{_YEAR}|({_MONTH}){_YEAR})"
_TO = r"(?:-|til og med|til|t\.?o\.?m\.?|to)\s*(?:d\.|den)?"
_WORDS = r"(?:(?:sommer|vinter|jule|påske)?(?:åbnings)?(?:tid(?:er)?|ferie|lukket)?|summer|winter)"
SEASON = re.compile(
    rf"(?:^|(?<=; )|(?<=\. )|(?<=\n))\s*(?P<note>{_WORDS})[ :,(]*(?P<body>lukket|closed)?\s*"
    rf"(?:fra|i|from|in|d\.|den|perioden)?\s*{_DATE}(?:\s*{_TO}\s*{_DATE})?"
    r"\)?(?P<yearly>\s*(?:hvert år|every year))?\s*(?=[:;,.(]|$|\s)",
    re.IGNORECASE,
)
Season = tuple[dt.date, dt.date, bool]  # first day, last day, comes every year
YEARLY = 2000  # the year of dates that come every year: it has a 29 February


def season_of(match: re.Match[str]) -> Season | None:
    """The dates of a match of SEASON; None when they are none, or when they name no month."""
    parts = match.groups()
    first, last = parts[2:10], parts[10:18]
    return season(_date(first), _date(last) if any(last) else None)


Named = tuple[int | None, int | None, int | None]  # day, month, year


def _date(parts: tuple[str | None, ...]) -> Named:
    day, month, year, other_day, name, other_year, whole, whole_year = parts
    word = name or whole
    number = month or (word and str(_month(word)))
    found = day or other_day, number, year or other_year or whole_year
    return tuple(int(part) if part else None for part in found)  # type: ignore[return-value]


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if re.match(name, word, re.IGNORECASE))


def season(first: Named, last: Named | None) -> Season | None:
    """From (day, month, year): a month without days is the whole of it, '1.-31. juli' has its month from the last."""
    last = last or first
    month, year = first[1] or last[1], first[2] or last[2]
    if month is None or last[1] is None or (first[0] is None) != (last[0] is None):
        return None
    is_yearly = year is None
    begins = year or YEARLY
    ends = last[2] or begins + ((last[1], last[0] or 31) < (month, first[0] or 1))
    try:
        if last[0] is None:
            following = dt.date(ends + last[1] // 12, last[1] % 12 + 1, 1)
            return dt.date(begins, month, 1), following - dt.timedelta(days=1), is_yearly
        found = dt.date(begins, month, first[0] or 1), dt.date(ends, last[1], last[0]), is_yearly
    except ValueError:
        return None
    return found if found[0] <= found[1] else None
