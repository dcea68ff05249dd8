"""One place that was listed twice: the facts joined by the winner rule, and taken apart again exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.clinics import ledger
from fysfinder.clinics.actions import bump_version, merge_clinic
from fysfinder.clinics.models import Clinic, Fact, Merge, PastFact, Twins
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.provenance import wins

NOT_JOINED = frozenset({"name"})  # the name stays with its address unless a person chooses


@dataclass(frozen=True, slots=True)
class Side:
    """A fact of the two clinics; taken is 'left' or 'right': whose word the merged clinic would have by the rule."""

    fact: str
    left: ledger.State
    right: ledger.State
    taken: str

    @property
    def is_same(self) -> bool:
        return ledger.is_same(self.fact, self.left["value"], self.right["value"])


def sides(*, left: Clinic, right: Clinic) -> list[Side]:
    """Every fact one of them has; left is the one that stays."""
    a, b = ledger.states_of(left), ledger.states_of(right)
    held = {fact.name: fact for fact in Fact.objects.filter(clinic=left)}
    said = {fact.name: fact for fact in Fact.objects.filter(clinic=right)}
    return [
        Side(fact, a[fact], b[fact], _taken(fact, a[fact], b[fact], held, said))
        for fact in ledger.FACTS
        if not (ledger.is_nothing(a[fact]["value"]) and ledger.is_nothing(b[fact]["value"]))
    ]


def _is_same_door(left: ledger.Value, right: ledger.Value) -> bool:
    is_better = left["precision"] == Precision.POSTCODE != right["precision"]
    return all(left[name] == right[name] for name in ("street", "postcode_id")) and not is_better


def _taken(
    fact: str, left: ledger.State, right: ledger.State, held: Mapping[str, Fact], said: Mapping[str, Fact]
) -> str:
    if fact in NOT_JOINED or fact not in said or ledger.is_nothing(right["value"]):
        return "left"
    if fact == "street" and _is_same_door(left["value"], right["value"]):
        return "left"  # a better point is not given up for a newer date
    return "right" if fact not in held or wins(said[fact], held[fact]) else "left"


def merge_clinics(*, clinic: Clinic, into: Clinic, keep: Mapping[str, str] | None = None, by: Any = None) -> Merge:
    """Put clinic into the other: its address answers 301, its facts go over where they win or keep says 'right'.

    keep: fact → 'left' (what `into` says) or 'right' (what clinic says). Raises ValidationError when it cannot be.
    """
    with transaction.atomic():
        rows = Clinic.objects.select_for_update().in_bulk([clinic.pk, into.pk])
        target, status = rows[into.pk], rows[clinic.pk].status
        if rows[clinic.pk].merged_into_id or target.merged_into_id:
            raise ValidationError(_("En af de to er allerede lagt sammen med en anden."))
        before: dict[str, ledger.State] = {}
        for side in sides(left=target, right=rows[clinic.pk]):
            if (keep or {}).get(side.fact, side.taken) == "right":
                before[side.fact] = side.left
                ledger.write_state(target, side.fact, side.right)
        target.save()
        after = {fact: state for fact, state in ledger.states_of(target, before).items() if state != before[fact]}
        past = _keep_past(target, {fact: before[fact] for fact in after}, rows[clinic.pk].name)
        merge_clinic(clinic=clinic, into=into)
        merge = Merge.objects.create(
            clinic=clinic,
            into=target,
            before={fact: before[fact] for fact in after},
            after=after,
            status_before=status,
            past_ids=[row.pk for row in past],
            merged_by=by,
        )
        _answer(clinic, into, Twins.Answer.SAME, by)
        bump_version()  # two pages, and every one that names either
    into.refresh_from_db()
    return merge


def _keep_past(clinic: Clinic, states: Mapping[str, ledger.State], replaced_by: str) -> list[PastFact]:
    held = {fact.name: fact for fact in _facts(states)}
    return ledger.keep(clinic, {fact: state["value"] for fact, state in states.items()}, held, replaced_by)


def _facts(states: Mapping[str, ledger.State]) -> Iterator[Fact]:
    for name, state in states.items():
        if state["said"]:
            source, how, day = state["said"]
            yield Fact(name=name, source=source, how=how, confirmed_on=day)


def unmerge(*, merge: Merge) -> list[str]:
    """Take a merge apart: both clinics as they were. Facts somebody has changed since stay; the answer names them.

    Raises ValidationError when it was taken apart before, or the clinic it went into has itself gone on.
    """
    with transaction.atomic():
        locked = Merge.objects.select_for_update().select_related("clinic", "into").get(pk=merge.pk)
        if locked.undone_at or locked.clinic.merged_into_id != locked.into_id:
            raise ValidationError(_("De to er allerede skilt ad."))
        target = Clinic.objects.select_for_update().get(pk=locked.into_id)
        now = ledger.states_of(target, locked.after)
        later = [fact for fact, state in locked.after.items() if now[fact] != state]
        for fact, state in locked.before.items():
            if fact not in later:
                ledger.write_state(target, fact, state)
        target.save()
        PastFact.objects.filter(pk__in=locked.past_ids).exclude(name__in=later).delete()
        clinic = Clinic.objects.select_for_update().get(pk=locked.clinic_id)
        clinic.status, clinic.merged_into = locked.status_before, None
        clinic.save(update_fields=["status", "merged_into", "updated_at"])
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
        _answer(clinic, target, Twins.Answer.OPEN, None)
        bump_version()
    merge.refresh_from_db()
    return later


def not_the_same(*, twins: Twins, by: Any = None) -> None:
    """Two places: remembered, and never asked about again."""
    _answer(twins.first, twins.second, Twins.Answer.DIFFERENT, by)
    twins.refresh_from_db()


def _answer(a: Clinic, b: Clinic, answer: str, by: Any) -> None:
    first, second = sorted((a.pk, b.pk))
    answered_at = timezone.now() if answer else None
    Twins.objects.filter(first=first, second=second).update(answer=answer, answered_at=answered_at, answered_by=by)
