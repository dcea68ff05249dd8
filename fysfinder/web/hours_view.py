"""A clinic's opening hours as the block on its page prints them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.clinics.cards import ClinicCard
from fysfinder.clinics.opening import COPENHAGEN, hours_on, kind_at
from fysfinder.clinics.opening_words import day_words, special_rows, state_words, week_rows
from fysfinder.web.cards import dated
from fysfinder.web.shown import Dated

LOCALES = {"da": "da_DK", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class DayView:
    label: str
    spans: tuple[str, ...]
    is_known: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class SpecialView:
    state: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class HoursView:
    state: str
    is_open: bool
    days: tuple[DayView, ...]
    special: tuple[SpecialView, ...]
    dated: Dated | None


def hours_view(card: ClinicCard, now: dt.datetime) -> HoursView:
    today, kind = now.astimezone(COPENHAGEN).date(), kind_at(card.week, now)
    is_silent = kind == "unknown" and not hours_on(card.week, today).is_holiday
    return HoursView(
        state="" if is_silent else state_words(card.week, now),
        is_open=kind == "open",
        days=() if card.week.is_unknown else week_days(card, today),
        special=tuple(
            SpecialView(words, date_range(special.first_day, special.last_day), special.day.note)
            for special, words in special_rows(card.week, today)
        ),
        dated=dated(card.provenance("hours")),
    )


def week_days(card: ClinicCard, today: dt.date) -> tuple[DayView, ...]:
    """Monday to Sunday as they usually are; today as it really is, with its special hours."""
    found = []
    for row in week_rows(card.week, today):
        day = hours_on(card.week, today) if row.is_today else card.week.days[row.date.weekday()]
        label = _("%(day)s (i dag)") % {"day": row.weekday} if row.is_today else row.weekday
        spans = tuple(day_words(day).split(", "))  # a lunch break stands as two times
        found.append(DayView(label, spans, day.state != "unknown" or day.is_holiday, row.is_today))
    return tuple(found)


def date_range(first: dt.date, last: dt.date) -> str:
    """'24. december', '24.–26. december', '30. december–2. januar'."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{long_date(last)}" if language() == "da" else f"{first.day}–{long_date(last)}"
    return f"{long_date(first)}–{long_date(last)}"


def long_date(day: dt.date) -> str:
    return format_date(day, "d. MMMM" if language() == "da" else "d MMMM", locale=LOCALES[language()])
