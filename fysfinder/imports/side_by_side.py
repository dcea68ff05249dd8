"""A row that may be about a clinic we have, beside that clinic: for a person to say, field by field."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.clinics import ledger, ledger_words
from fysfinder.clinics.actions import Origin, rename, replace_hours, update_clinic
from fysfinder.clinics.attributes import fact_label
from fysfinder.clinics.ledger_words import SideRow
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.opening import UNKNOWN, Week
from fysfinder.imports.actions import answer_question
from fysfinder.imports.models import MatchQuestion
from fysfinder.imports.record import RawRow, Record
from fysfinder.imports.sources import get_source
from fysfinder.places.queries import gazetteer

_SHOWN = frozenset(ledger.FACTS)


def record_of(question: MatchQuestion) -> Record | None:
    """The row read again; None when its source cannot (another version of the file's columns)."""
    source = get_source(question.source)
    try:
        return source.to_record(RawRow(0, question.raw), gazetteer()) if source else None
    except (KeyError, ValueError, AttributeError):
        return None


def rows_of(question: MatchQuestion, record: Record) -> list[SideRow]:
    """Left what we have, right what the row says; what differs first. Left stays unless a person says otherwise."""
    clinic = question.clinic
    said = {fact.name: fact for fact in Fact.objects.filter(clinic=clinic)}
    words = {
        name: ledger_words.value_words(name, {name: value}) for name, value in record.facts.items() if name in _SHOWN
    }
    words["name"] = record.name
    if record.week or record.seasons:
        week = record.week or (UNKNOWN,) * 7
        words["hours"] = ledger_words.week_words(Week(week[:7], record.seasons, *week[7:]))
    rows = [
        SideRow(
            fact=fact,
            label=fact_label(fact),
            left=ledger_words.value_words(fact, ledger.value_of(clinic, fact)),
            left_said=_said(said.get(fact)),
            right=right,
            right_said=_("rækken i filen"),
            taken="left",
            is_same=right == ledger_words.value_words(fact, ledger.value_of(clinic, fact)),
        )
        for fact, right in words.items()
    ]
    return sorted(rows, key=lambda row: row.is_same)


def _said(fact: Fact | None) -> str:
    return ledger_words.said_words([fact.source, fact.how, fact.confirmed_on.isoformat()]) if fact else ""


def answer_with_facts(*, question: MatchQuestion, take: Collection[str], by: Any = None) -> list[str]:
    """The same clinic, and these facts as the row says them: a person has chosen, so they weigh as an editor's word.

    The facts the clinic itself holds are left alone; the answer names them.
    """
    record, clinic = record_of(question), question.clinic
    source = get_source(question.source)
    with transaction.atomic():
        answer_question(question=question, is_same=True, by=by)
        if record is None or source is None or not take:
            return []
        origin = Origin(source.label, How.EDITOR, record.confirmed_on or timezone.localdate(question.created_at))
        update_clinic(
            clinic=clinic, changes={name: record.facts[name] for name in record.facts if name in take}, origin=origin
        )
        if "hours" in take and (record.week or record.seasons):
            replace_hours(clinic=clinic, hours=record.week, origin=origin, exceptions=record.seasons or None)
        if "name" in take and record.name != clinic.name:
            rename(clinic=clinic, name=record.name, origin=origin)
        return sorted(set(take) - _held(clinic, origin))


def _held(clinic: Clinic, origin: Origin) -> set[str]:
    return set(Fact.objects.filter(clinic=clinic, source=origin.source, how=origin.how).values_list("name", flat=True))
