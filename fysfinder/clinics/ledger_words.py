"""The ledger's plain values in the words people read, one by one and side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.jinja import kr_range, long_day
from fysfinder.clinics import attributes, merging
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.opening import UNKNOWN, Day, Week
from fysfinder.clinics.opening_rows import week_from_rows
from fysfinder.clinics.opening_words import day_words, days_words, exceptions_words


def value_words(fact: str, value: Mapping[str, Any]) -> str:
    """A value of clinics/ledger.py in the words a visitor reads; 'Ikke oplyst' for none."""
    if fact in _ROWS:
        return _ROWS[fact](value) or _("Ikke oplyst")
    if fact == "name":
        return str(value["name"])
    return attributes.describe(attributes.by_name(fact), value[fact])


def _prices(value: Mapping[str, Any]) -> str:
    rows = (f"{Service(row[0]).label} {kr_range(row[2], row[3])}" for row in value["Price"])
    return ", ".join(sorted(rows))


def _hours(value: Mapping[str, Any]) -> str:
    special = [
        (*(dt.date.fromisoformat(day) for day in row[:2]), *row[2:]) for row in value.get("OpeningException", ())
    ]
    return week_words(week_from_rows(value["OpeningHours"], special))


def week_words(week: Week) -> str:
    """'Mandag–fredag 8.00–16.00, lørdag lukket. Helligdage: lukket. 1/7–31/7: mandag–fredag 8.00–13.00'."""
    parts = [days_words(week.days)]
    switches = (
        (_("Helligdage"), week.public_holidays),
        (_("1. maj, 5. juni, 24. og 31. december"), week.customary_days),
    )
    parts += [f"{name}: {_switch_words(day)}" for name, day in switches if day != UNKNOWN]
    return ". ".join(part for part in (*parts, *exceptions_words(week)) if part)


def _switch_words(day: Day) -> str:
    return _("som sædvanligt") if day.is_usual else day_words(day).lower()


def _waiting(value: Mapping[str, Any]) -> str:
    return next((attributes.waiting_words(row[1]) for row in value["WaitingTime"] if row[0] == "general"), "")


def _topics(value: Mapping[str, Any]) -> str:
    count = len(value["ClinicTopic"])
    return ngettext("%(n)d emne", "%(n)d emner", count) % {"n": count} if count else ""


def _team(value: Mapping[str, Any]) -> str:
    return ", ".join(row[0] for row in value["TeamMember"])


_ROWS = {"prices": _prices, "hours": _hours, "waiting": _waiting, "topics": _topics, "team": _team}


@dataclass(frozen=True, slots=True)
class SideRow:
    """A fact of two clinics, in words; taken is 'left' or 'right' by the winner rule."""

    fact: str
    label: str
    left: str
    left_said: str
    right: str
    right_said: str
    taken: str
    is_same: bool


def side_rows(left: Clinic, right: Clinic) -> list[SideRow]:
    """What differs first."""
    rows = [
        SideRow(
            fact=side.fact,
            label=attributes.fact_label(side.fact),
            left=value_words(side.fact, side.left["value"]),
            left_said=said_words(side.left["said"]),
            right=value_words(side.fact, side.right["value"]),
            right_said=said_words(side.right["said"]),
            taken=side.taken,
            is_same=side.is_same,
        )
        for side in merging.sides(left=left, right=right)
    ]
    return sorted(rows, key=lambda row: row.is_same)


def said_words(said: list[str] | None) -> str:
    """'en liste (import), 3. maj 2026'."""
    if said is None:
        return ""
    source, how, day = said
    return f"{source} ({How(how).label}), {long_day(dt.date.fromisoformat(day))}"
