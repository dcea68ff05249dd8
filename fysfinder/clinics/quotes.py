"""The receipt of a course: lines with amount, rule, source and date, the total as one amount or a range, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from fysfinder.clinics.course import (
    ClinicTerms,
    Own,
    Plan,
    ShareOf,
    Situation,
    Step,
    both,
    danmark_of_step,
    in_trial,
    share_of_step,
)
from fysfinder.tariffs.periods import TariffRow
from fysfinder.tariffs.subsidies import (
    DANMARK,
    FREE,
    HEALTH_SUPPLEMENT,
    INSURANCE,
    NO_SUBSIDY,
    REFERRAL,
    TRIAL,
    TRIAL_REGION,
    SubsidyRule,
    group_ceilings,
)

LineKind = Literal["fee", "public", "danmark", "insurance"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. low and high are what it adds to the lower and the upper total: negative for a subsidy."""

    kind: LineKind
    label: str
    count: int
    low_ore: int | None
    high_ore: int | None
    rule: str  # key in tariffs/subsidies.py
    source: str = ""
    source_url: str = ""
    on: dt.date | None = None  # from when the amount holds, or when it was confirmed
    is_old: bool = False
    is_verified: bool = True

    @property
    def unit_low_ore(self) -> int | None:
        return None if self.low_ore is None else self.low_ore // self.count

    @property
    def unit_high_ore(self) -> int | None:
        return None if self.high_ore is None else self.high_ore // self.count


@dataclass(frozen=True, slots=True)
class Quote:
    """What a course costs. Totals are None together, when a part of it is unknown; then `reasons` says which."""

    low_ore: int | None
    high_ore: int | None
    lines: tuple[Line, ...]
    visits: int
    is_subsidised: bool | None  # by the public: None where we cannot tell
    reasons: tuple[str, ...] = ()  # why it is a range, or unknown
    notes: tuple[str, ...] = ()  # what may apply and is not in the sum
    messages: tuple[str, ...] = ()  # what was contradictory or out of bounds

    @property
    def per_visit_ore(self) -> tuple[int, int] | None:
        """The average of a visit in whole øre: nearest for one amount, a range rounded outwards."""
        if self.low_ore is None or self.high_ore is None:
            return None
        if self.low_ore == self.high_ore:
            nearest = (2 * self.low_ore + self.visits) // (2 * self.visits)
            return nearest, nearest
        return self.low_ore // self.visits, -(-self.high_ore // self.visits)

    @property
    def oldest_tariff(self) -> Line | None:
        """The line whose tariff is the oldest: its date speaks for the sum."""
        tariffs = [line for line in self.lines if line.kind == "fee" and line.rule in ("referral", "trial") and line.on]
        return min(tariffs, key=lambda line: line.on or dt.date.max, default=None)


class _Fee(NamedTuple):
    """One visit of a step, before "danmark"."""

    low_ore: int | None
    high_ore: int | None
    reason: str = ""


def quote(terms: ClinicTerms, situation: Situation, plan: Plan, tariffs: Iterable[TariffRow], day: dt.date) -> Quote:
    """The receipt. Pure: the same arguments give the same receipt (in the active language)."""
    situation, messages = situation.settled()
    plan, limited = plan.settled()
    tariffs = tuple(tariffs)
    trial = in_trial(situation, plan, day) and terms.region == TRIAL_REGION
    subsidised = both(terms.agreement, True if trial else situation.has_referral)
    lines: list[Line] = []
    reasons: list[str] = []
    for step in plan.steps():
        share = share_of_step(step, tariffs, day)
        fee = _fee_of(step, share, terms, situation, subsidised)
        reasons.append(fee.reason)
        rule = TRIAL if trial and situation.has_referral is not True else REFERRAL
        lines.append(_fee_line(step, fee, share, terms, situation, rule if subsidised else NO_SUBSIDY, day))
        lines = _with_danmark(lines, _danmark_lines(step, fee, situation, day))
    lines = _with_public_lines(lines, plan, tariffs, day) if _shows_full(subsidised, situation, terms) else lines
    lines += _insurance_lines(lines, situation)
    low, high = _sum([line.low_ore for line in lines]), _sum([line.high_ore for line in lines])
    if low is None or high is None:
        low = high = None
    if any(line.kind == "insurance" for line in lines) and high:
        reasons.append(_("Forsikringen kan betale fra ingenting til det hele."))
    return Quote(
        low_ore=low,
        high_ore=high,
        lines=tuple(sorted(lines, key=lambda line: line.kind != "fee")),
        visits=plan.total_visits,
        is_subsidised=subsidised,
        reasons=tuple(dict.fromkeys(reason for reason in reasons if reason)),
        notes=_notes(situation, subsidised),
        messages=(*messages, *limited),
    )


def _fee_of(step: Step, share: ShareOf, terms: ClinicTerms, situation: Situation, subsidised: bool | None) -> _Fee:
    """What one visit costs before "danmark"."""
    if situation.is_free and terms.vederlagsfri:
        return _Fee(0, 0)
    usual = _usual_fee(step, share, terms, situation, subsidised)
    if not situation.is_free or terms.vederlagsfri is False:
        return usual
    return _Fee(
        None if usual.high_ore is None else 0,
        usual.high_ore,
        _("Om klinikken tilbyder vederlagsfri fysioterapi, er ikke oplyst."),
    )


def _usual_fee(step: Step, share: ShareOf, terms: ClinicTerms, situation: Situation, subsidised: bool | None) -> _Fee:
    own = terms.own.get(step.own)
    if subsidised:
        return _Fee(share.patient_ore, share.patient_ore, share.reason)
    if subsidised is False:
        return _own_fee(own)
    why = (
        _("Du har ikke svaret på, om du har henvisning, eller ved det ikke.")
        if terms.agreement
        else _("Om klinikken har ydernummer, er ikke oplyst.")
    )
    if own is None or share.patient_ore is None:
        return _Fee(None, None, _("Klinikkens egen pris er ikke oplyst.") if own is None else share.reason)
    return _Fee(min(own.low_ore, share.patient_ore), max(own.high_ore, share.patient_ore), why)


def _own_fee(own: Own | None) -> _Fee:
    if own is None:
        return _Fee(None, None, _("Klinikkens egen pris er ikke oplyst."))
    if own.high_ore == 0:
        return _Fee(0, 0, _("Klinikken oplyser 0 kr. Spørg, om det passer."))
    why = _("Klinikken oplyser prisen som et spænd.") if own.low_ore < own.high_ore else ""
    return _Fee(own.low_ore, own.high_ore, why)


def _fee_line(
    step: Step,
    fee: _Fee,
    share: ShareOf,
    terms: ClinicTerms,
    situation: Situation,
    rule: SubsidyRule,
    day: dt.date,
) -> Line:
    low = None if fee.low_ore is None else fee.low_ore * step.count
    high = None if fee.high_ore is None else fee.high_ore * step.count
    if situation.is_free and terms.vederlagsfri is not False:
        return Line("fee", label_of(step), step.count, low, high, FREE.key, FREE.source, FREE.source_url)
    if rule.key == NO_SUBSIDY.key:
        own = terms.own.get(step.own) or Own(0, 0)
        return Line("fee", label_of(step), step.count, low, high, rule.key, own.source, "", own.confirmed_on)
    rows = [found.row for found in share.tariffs if found.row is not None]
    oldest = min(rows, key=lambda row: row.valid_from, default=None)
    if oldest is None:
        return Line("fee", label_of(step), step.count, low, high, rule.key)
    return Line(
        "fee",
        label_of(step),
        step.count,
        low,
        high,
        rule.key,
        oldest.source,
        oldest.source_url,
        oldest.valid_from,
        is_old=oldest.is_old(day),
        is_verified=all(row.is_verified for row in rows),
    )


def _danmark_lines(step: Step, fee: _Fee, situation: Situation, day: dt.date) -> list[Line]:
    amount = danmark_of_step(step, situation, day)
    if amount is None or fee.low_ore is None or fee.high_ore is None or not fee.high_ore:
        return []
    most, least = amount.of(fee.low_ore) * step.count, amount.of(fee.high_ore) * step.count
    ceilings = group_ceilings(situation.danmark, day) if step.service == "group" else None
    if ceilings is not None:
        most, least = min(most, ceilings[1]), min(least, ceilings[0])
    label = _("Tilskud fra ”danmark”")
    source, url, on = DANMARK.source, DANMARK.source_url, DANMARK.said_on
    return [Line("danmark", label, step.count, -most, -least, DANMARK.key, source, url, on, True, is_verified=False)]


def _with_danmark(lines: list[Line], more: list[Line]) -> list[Line]:
    """One line for what "danmark" pays of the whole course."""
    before = next((line for line in lines if line.kind == "danmark"), None)
    if before is None or not more:
        return [*lines, *more]
    low, high = ((getattr(before, end) or 0) + (getattr(more[0], end) or 0) for end in ("low_ore", "high_ore"))
    return [*(line for line in lines if line is not before), replace(before, low_ore=low, high_ore=high)]


def _shows_full(subsidised: bool | None, situation: Situation, terms: ClinicTerms) -> bool:
    return subsidised is True and not (situation.is_free and terms.vederlagsfri is not False)


def _with_public_lines(lines: list[Line], plan: Plan, tariffs: Sequence[TariffRow], day: dt.date) -> list[Line]:
    """Where every tariff gives its full amount: the full fee, and what the public pays of it as a line of its own."""
    shares = [share_of_step(step, tariffs, day) for step in plan.steps()]
    if any(share.full_ore is None or share.patient_ore is None for share in shares):
        return lines
    fees = [line for line in lines if line.kind == "fee"]
    full = [(share.full_ore or 0) * step.count for share, step in zip(shares, plan.steps(), strict=True)]
    public = sum(full) - sum(line.low_ore or 0 for line in fees)
    raised = [replace(line, low_ore=ore, high_ore=ore) for line, ore in zip(fees, full, strict=True)]
    label, line = _("Tilskud fra det offentlige"), fees[0]
    subsidy = Line("public", label, 1, -public, -public, line.rule, line.source, line.source_url, line.on, line.is_old)
    return [*raised, subsidy, *(line for line in lines if line.kind != "fee")]


def _insurance_lines(lines: Sequence[Line], situation: Situation) -> list[Line]:
    """A health insurance may pay all of it or nothing: a range, never a promise."""
    low = _sum([line.low_ore for line in lines])
    if situation.insurance not in ("covered", "approval") or not low:
        return []
    label = _("Sundhedsforsikring, hvis den betaler")
    return [Line("insurance", label, 1, -low, 0, INSURANCE.key, INSURANCE.source, INSURANCE.source_url)]


def _notes(situation: Situation, subsidised: bool | None) -> tuple[str, ...]:
    notes = []
    if situation.insurance == "approval":
        notes.append(_("Dit selskab skal godkende behandlingen, før du starter."))
    if situation.insurance is not None:
        notes.append(str(INSURANCE.explanation))
    if situation.is_pensioner and subsidised is not False:
        notes.append(str(HEALTH_SUPPLEMENT.explanation))
    if situation.danmark:
        notes.append(str(DANMARK.explanation))
    return tuple(notes)


def label_of(step: Step) -> str:
    """'Første besøg', 'Behandling', with 'hjemme' for a visit at home."""
    at_home = "distance" in step.tariffs
    if step.service == "group":
        return _("Holdtræning")
    if step.service == "first":
        return _("Første besøg hjemme") if at_home else _("Første besøg")
    return _("Behandling hjemme") if at_home else _("Behandling")


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
