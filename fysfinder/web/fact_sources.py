"""A fact's date opened: who said it, how it reached us, what it said before, and the way to put it right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from django.utils.translation import gettext as _

from fysfinder.base.jinja import language, long_day, url
from fysfinder.clinics import attributes, ledger_words
from fysfinder.clinics.cards import ClinicPage, Past
from fysfinder.clinics.freshness import is_due
from fysfinder.clinics.models.facts import How
from fysfinder.web.shown import Answer, Dated


def opened(dated: Dated | None, fact: str, page: ClinicPage, today: dt.date) -> Dated | None:
    """The date with all that stands behind it; None when there is no date."""
    if dated is None:
        return None
    said, past = page.card.provenance(fact), page.past.get(fact)
    how = channel(said.how, language()) if said is not None and said.source == dated.source else ""
    return replace(
        dated,
        label=attributes.fact_label(fact),
        channel="" if how.casefold() == dated.source.casefold() else how,
        is_due=is_due(fact, dated.on, today),
        before=past_words(fact, past) if past else "",
        report=url("clinic_report", page.card.slug) + f"?fakta={fact}",
    )


@cache
def channel(how: str, spoken: str) -> str:
    """How a fact reached us, in the page's language; one of a handful of words."""
    return str(How(how).label)


def opened_answers(answers: tuple[Answer, ...], page: ClinicPage, today: dt.date) -> tuple[Answer, ...]:
    return tuple(
        replace(answer, dated=opened(answer.dated, answer.fact, page, today)) if answer.fact else answer
        for answer in answers
    )


def past_words(fact: str, past: Past) -> str:
    """'Før: 500 kr. (en liste, 3. maj 2026)'."""
    value = ledger_words.value_words(fact, past.value)
    when = f", {long_day(past.confirmed_on)}" if past.confirmed_on else ""
    return _("Før: %(value)s (%(source)s%(when)s)") % {
        "value": value, "source": past.source or _("kilde ukendt"), "when": when
    }  # fmt: skip
