"""Dates as people write and read them."""

from __future__ import annotations

import datetime as dt
import functools
import re

from babel.dates import format_date as babel_date

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-] ?(\d{1,2})[/.-] ?(\d{4})(?![\d/.-])")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? *(?:of )?(?P<month>[^\W\d]{3,9})\.?,? *(?P<year>\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?P<month>[^\W\d]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})(?!\d)")
_NAMES = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)} | {"may": 5, "oct": 10}


def parse_date(text: str) -> dt.date:
    """Day first (24/02/2024, 24-2-2024, 24. februar 2024), year first (2024-02-24, 20240224) or 'May 24, 2024'.

    A time after it is passed over. Raises ValueError with the text in it.
    """
    text = text.strip()
    try:
        if match := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year, month, day)
        if match := _YEAR_FIRST.match(text):
            return dt.date(*(int(part) for part in match.groups()))
        if match := _DAY_MONTH.match(text) or _MONTH_DAY.match(text):
            parts = match.groupdict()
            return dt.date(int(parts["year"]), _MONTHS[parts["month"][:3].lower()], int(parts["day"]))
        if re.fullmatch(r"\d{8}", text):
            return dt.date.fromisoformat(text)
    except (ValueError, KeyError):
        pass
    raise ValueError(f"not a date (dd/mm/yyyy or yyyy-mm-dd): {text[:40]!r}")


@functools.lru_cache(maxsize=4096)
def format_day(day: dt.date, today: dt.date, language: str = "da") -> str:
    """'18. nov.' within a year, 'juni 2025' when older (English: '18 Nov', 'June 2025')."""
    locale = "da_DK" if language == "da" else "en_GB"
    if abs((today - day).days) < 365:
        return babel_date(day, "d. MMM" if language == "da" else "d MMM", locale=locale)
    return babel_date(day, "LLLL yyyy", locale=locale)


@functools.lru_cache(maxsize=4096)
def format_long_day(day: dt.date, language: str = "da") -> str:
    """'18. november 2026' (English: '18 November 2026')."""
    locale = "da_DK" if language == "da" else "en_GB"
    return babel_date(day, "d. MMMM yyyy" if language == "da" else "d MMMM yyyy", locale=locale)


def age(day: dt.date, today: dt.date) -> str:
    """'new' to three months, 'recent' to twelve, then 'old'."""
    days = (today - day).days
    return "new" if days <= 92 else "recent" if days <= 366 else "old"


def format_time(time: dt.time) -> str:
    """'8.00', '18.30': the Danish way, used in both languages' tables."""
    return f"{time.hour}.{time.minute:02d}"
