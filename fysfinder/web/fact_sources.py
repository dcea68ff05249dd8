"""A fact's date opened: who said it, how it reached us, what it said before, and the way to put it right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.jinja import kr_range, language, long_day
from fysfinder.clinics import attributes
from fysfinder.clinics.cards import ClinicPage, Past
from fysfinder.clinics.freshness import is_due
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.opening import Week, week_from_rows
from fysfinder.clinics.opening_words import WEEKDAYS, day_words
from fysfinder.web.shown import Answer, Dated


def opened(dated: Dated | None, fact: str, page: ClinicPage, today: dt.date) -> Dated | None:
    """The date with all that stands behind it; None when there is no date."""
    if dated is None:
        return None
    said, past = page.card.provenance(fact), page.past.get(fact)
    how = str(How(said.how).label) if said is not None and said.source == dated.source else ""
    return replace(
        dated,
        label=attributes.fact_label(fact),
        channel="" if how.casefold() == dated.source.casefold() else how,
        is_due=is_due(fact, dated.on, today),
        before=past_words(fact, past) if past else "",
        report=reverse("clinic_report", args=[page.card.slug]) + f"?fakta={fact}",
    )


def opened_answers(answers: tuple[Answer, ...], page: ClinicPage, today: dt.date) -> tuple[Answer, ...]:
    return tuple(
        replace(answer, dated=opened(answer.dated, answer.fact, page, today)) if answer.fact else answer
        for answer in answers
    )


def past_words(fact: str, past: Past) -> str:
    """'Før: 500 kr. (en liste, 3. maj 2026)'."""
    value = value_words(fact, past.value)
    when = f", {long_day(past.confirmed_on)}" if past.confirmed_on else ""
    return _("Før: %(value)s (%(source)s%(when)s)") % {
        "value": value, "source": past.source or _("kilde ukendt"), "when": when
    }  # fmt: skip


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
    return week_words(week_from_rows(value["OpeningHours"]))


def week_words(week: Week) -> str:
    """'Mandag–fredag 8.00–16.00, lørdag lukket'; days nobody knows are left out."""
    runs: list[list[str]] = []
    for name, day in zip(WEEKDAYS, week.days, strict=True):
        words = "" if day.state == "unknown" else day_words(day)
        if runs and runs[-1][2] == words:
            runs[-1][1] = str(name)
        else:
            runs.append([str(name), str(name), words])
    text = ", ".join(f"{a if a == b else f'{a}–{b}'} {words}" for a, b, words in runs if words)
    return text[:1] + text[1:].lower() if language() == "da" else text


def _waiting(value: Mapping[str, Any]) -> str:
    return next((attributes.waiting_words(row[1]) for row in value["WaitingTime"] if row[0] == "general"), "")


def _topics(value: Mapping[str, Any]) -> str:
    count = len(value["ClinicTopic"])
    return ngettext("%(n)d emne", "%(n)d emner", count) % {"n": count} if count else ""


def _team(value: Mapping[str, Any]) -> str:
    return ", ".join(row[0] for row in value["TeamMember"])


_ROWS = {"prices": _prices, "hours": _hours, "waiting": _waiting, "topics": _topics, "team": _team}
