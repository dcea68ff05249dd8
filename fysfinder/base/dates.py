"""Dates as people write and read them."""

from __future__ import annotations

import datetime as dt
import re

from babel.dates import format_date as babel_date

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def parse_date(text: str) -> dt.date:
    """dd/mm/yyyy, dd-mm-yyyy, dd.mm.yyyy or ISO yyyy-mm-dd. Raises ValueError with the text in it."""
    text = text.strip()
    try:
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in match.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"not a date (dd/mm/yyyy or yyyy-mm-dd): {text[:40]!r}") from None


def format_day(day: dt.date, today: dt.date, language: str = "da") -> str:
    """'18. nov.' within a year, 'juni 2025' when older (English: '18 Nov', 'June 2025')."""
    locale = "da_DK" if language == "da" else "en_GB"
    if abs((today - day).days) < 365:
        return babel_date(day, "d. MMM" if language == "da" else "d MMM", locale=locale)
    return babel_date(day, "LLLL yyyy", locale=locale)


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
