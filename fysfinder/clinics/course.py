"""What a course of treatment costs one person at one clinic: who I am, what I plan, what the clinic charges, on a day.

The words of this file: a *plan* is a first visit and n more, a group course, or visits at home. It has *steps*, each
a service and how many times. A step's *fee* is the patient's share of the tariff when the public subsidy holds, else
the clinic's own price; where that cannot be told, it is a range from the one to the other, with the reason. From the
fee, "danmark" and a health insurance may take something off. Amounts are whole øre; None is unknown, never 0.
`quotes.quote` puts a receipt together; `search/course_prices.py` does the same sums for all clinics at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _

from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.prices import PriceRow
from fysfinder.tariffs.periods import Found, TariffRow, on_day
from fysfinder.tariffs.subsidies import TRIAL, TRIAL_REGION, Amount, danmark_amount

PlanKind = Literal["course", "group", "home"]
Insurance = Literal["covered", "approval", "unknown"]
USUAL_VISITS = 5
MOST_VISITS = 50


@dataclass(frozen=True, slots=True)
class Situation:
    """Who I am, as far as I have said it. None is not answered or not known."""

    has_referral: bool | None = None
    danmark: str | None = None  # '1', '2', '5', 's', or 'ja': a member who does not know the group
    is_free: bool = False  # referred to vederlagsfri fysioterapi
    insurance: Insurance | None = None
    is_pensioner: bool = False
    region: str | None = None  # the code of the region I live in

    def settled(self) -> tuple[Situation, tuple[str, ...]]:
        """Without contradictions, and what was changed: vederlagsfri is given by a referral."""
        if self.is_free and self.has_referral is False:
            said = _(
                "Vederlagsfri fysioterapi kræver en henvisning. Du har svaret, at du ikke har en, så vi regner uden."
            )
            return replace(self, is_free=False), (said,)
        return (replace(self, has_referral=True), ()) if self.is_free else (self, ())


class Step(NamedTuple):
    """One service of a plan: how often, what the agreement pays it as, and the clinic's own price that counts."""

    service: str  # of the tariff, and of "danmark"
    count: int  # type: ignore[assignment]  # our word for how often, as in a receipt
    tariffs: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A first visit and `visits` more, `visits` times in a group, or a first visit and `visits` more at home."""

    kind: PlanKind = "course"
    visits: int = USUAL_VISITS

    def settled(self) -> tuple[Plan, tuple[str, ...]]:
        """Within what we reckon, and what was changed."""
        least = 1 if self.kind == "group" else 0
        visits = min(max(self.visits, least), MOST_VISITS)
        if visits == self.visits:
            return self, ()
        said = (
            _("Vi regner højst %(n)d gange.") % {"n": MOST_VISITS}
            if visits == MOST_VISITS
            else _("Et hold er mindst én gang.")
            if self.kind == "group"
            else _("Antal gange kan ikke være under nul.")
        )
        return replace(self, visits=visits), (said,)

    def first_only(self) -> Plan:
        """The same plan cut to its first time."""
        return replace(self, visits=1 if self.kind == "group" else 0)

    @property
    def total_visits(self) -> int:
        return self.visits if self.kind == "group" else self.visits + 1

    def steps(self) -> tuple[Step, ...]:
        if self.kind == "group":
            return (Step("group", self.visits, ("group",), Service.GROUP),)
        if self.kind == "home":
            steps = (
                Step("first", 1, ("first", "distance"), Service.HOME_VISIT),
                Step("follow_up", self.visits, ("follow_up", "distance"), Service.HOME_VISIT),
            )
        else:
            steps = (
                Step("first", 1, ("first",), Service.FIRST),
                Step("follow_up", self.visits, ("follow_up",), Service.FOLLOW_UP),
            )
        return steps if self.visits else steps[:1]


class Own(NamedTuple):
    """A clinic's own price of a service: the span of its rows, and the oldest of their dates."""

    low_ore: int
    high_ore: int
    source: str = ""
    confirmed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ClinicTerms:
    """What of a clinic decides the price. `own` by service; a service it does not price is missing."""

    agreement: bool | None = None
    vederlagsfri: bool | None = None
    region: str = ""
    own: Mapping[str, Own] = field(default_factory=dict)


def own_prices(rows: Iterable[PriceRow]) -> dict[str, Own]:
    """The clinic's price rows as one span a service."""
    found: dict[str, Own] = {}
    for row in rows:
        if row.service == Service.EXTRA:
            continue
        before = found.get(row.service)
        if before is None:
            found[row.service] = Own(row.low_ore, row.high_ore, row.source, row.confirmed_on)
            continue
        dates = [day for day in (before.confirmed_on, row.confirmed_on) if day is not None]
        low, high = min(before.low_ore, row.low_ore), max(before.high_ore, row.high_ore)
        found[row.service] = Own(low, high, before.source, min(dates, default=None))
    return found


class ShareOf(NamedTuple):
    """The patient's share of one step under the agreement. None where a tariff of it is not known, with the reason."""

    patient_ore: int | None
    full_ore: int | None  # None also where the source gave only the share
    tariffs: tuple[Found, ...]

    @property
    def reason(self) -> str:
        return next((found.words() for found in self.tariffs if found.row is None), "")


def share_of_step(step: Step, tariffs: Iterable[TariffRow], day: dt.date) -> ShareOf:
    """The tariffs of a step on a day, put together."""
    rows = tuple(tariffs)
    found = tuple(on_day(rows, service, day) for service in step.tariffs)
    known = [each.row for each in found if each.row is not None]
    if len(known) < len(found):
        return ShareOf(None, None, found)
    fulls = [row.full_ore for row in known if row.full_ore is not None]
    full = sum(fulls) if len(fulls) == len(known) else None
    return ShareOf(sum(row.patient_ore for row in known), full, found)


def danmark_of_step(step: Step, situation: Situation, day: dt.date) -> Amount | None:
    """What "danmark" pays one visit of a step; a visit at home has the distance supplement on top."""
    amount = danmark_amount(situation.danmark, step.service, day)
    supplement = danmark_amount(situation.danmark, "distance", day) if "distance" in step.tariffs else None
    if amount is None or supplement is None:
        return amount
    return Amount(amount.most_ore + supplement.most_ore, amount.percent)


def in_trial(situation: Situation, plan: Plan, day: dt.date) -> bool:
    """The subsidy without referral in Region Sjælland holds for this person, plan and day (if the clinic is there)."""
    return situation.region == TRIAL_REGION and plan.kind != "home" and TRIAL.holds_on(day)


def both(first: bool | None, second: bool | None) -> bool | None:
    """Three-valued and: a known no decides, else unknown where either is."""
    if first is False or second is False:
        return False
    return True if first and second else None
