"""What a course costs one person at every clinic at once: the sums of clinics/quotes.py over columns, without a loop.

`tests/search/test_course_prices.py` holds both to the same answer, øre by øre.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from fysfinder.clinics.course import Plan, Situation, Step, danmark_of_step, in_trial, share_of_step
from fysfinder.search.bits import unpack
from fysfinder.search.columns import Columns
from fysfinder.search.price_columns import UNKNOWN, Answers, Ore, PriceColumns, no_prices
from fysfinder.tariffs.periods import TariffRow
from fysfinder.tariffs.subsidies import group_ceilings


@dataclass(frozen=True, slots=True)
class Course:
    """One person, one plan, on one day, with the tariffs that are known: what a price is asked for."""

    situation: Situation
    plan: Plan
    tariffs: tuple[TariffRow, ...]
    day: dt.date

    def first_only(self) -> Course:
        return Course(self.situation, self.plan.first_only(), self.tariffs, self.day)


# Whoever has answered nothing: no subsidy, a first visit and five more. No tariff enters, so no day either.
FULL_PRICE = Course(Situation(has_referral=False), Plan(), (), dt.date.min)


class Totals(NamedTuple):
    """Lower and upper total of each clinic in øre; UNKNOWN in both where a part is not known."""

    low: Ore
    high: Ore


def compared(columns: Columns, course: Course) -> Totals:
    """What clinics are compared by: of its own prices the lowest, and no health insurance, which promises nothing.

    So low and high part only where something is not known, of the clinic or of the visitor.
    """

    def make() -> Totals:
        prices = columns.prices if len(columns.prices.agreement) == columns.size else no_prices(columns.size)
        uninsured = replace(course, situation=replace(course.situation, insurance=None))
        return price_all(replace(prices, high=prices.low), uninsured)

    return columns.remember_course(course, make)


def first_totals(columns: Columns, course: Course | None) -> Totals:
    """The first visit: what it costs me, or the lowest price without subsidy for whoever has answered nothing."""
    if course is None:
        ore = columns.first_price.astype(np.int64)
        return Totals(ore, ore)
    return compared(columns, course.first_only())


def course_totals(columns: Columns, course: Course | None) -> Totals:
    """The whole course: mine, or the usual one without subsidy."""
    return compared(columns, course or FULL_PRICE)


def price_all(prices: PriceColumns, course: Course) -> Totals:
    """Every clinic's total for the course."""
    situation, plan = course.situation.settled()[0], course.plan.settled()[0]
    subsidised = _subsidised(prices, situation, in_trial(situation, plan, course.day))
    low, high = (np.zeros(len(prices.agreement), dtype=np.int64) for _ in range(2))
    known = np.ones(len(low), dtype=np.bool_)
    for step in plan.steps():
        share = share_of_step(step, course.tariffs, course.day).patient_ore
        fee_low, fee_high = _fees(prices, step, share, subsidised, situation.is_free)
        known &= (fee_low >= 0) & (fee_high >= 0)
        most, least = _danmark(step, situation, course.day, fee_low, fee_high)
        low += fee_low * step.count - most
        high += fee_high * step.count - least
    if situation.insurance in ("covered", "approval"):
        low[:] = 0
    low[~known] = UNKNOWN
    high[~known] = UNKNOWN
    return Totals(low, high)


def _subsidised(prices: PriceColumns, situation: Situation, is_in_trial: bool) -> Answers:
    """1 where the public subsidy holds, 0 where it does not, UNKNOWN where we cannot tell."""
    if situation.has_referral:
        return prices.agreement
    no, unknown = np.int8(0), np.int8(UNKNOWN)
    without = np.where(prices.agreement == 0, no, no if situation.has_referral is False else unknown)
    return np.where(prices.is_trial_region, prices.agreement, without) if is_in_trial else without


def _fees(prices: PriceColumns, step: Step, share: int | None, subsidised: Answers, is_free: bool) -> tuple[Ore, Ore]:
    """One visit of the step before "danmark"."""
    own_low, own_high = prices.own(step.own)
    if share is None:
        low, high = (np.where(subsidised == 0, own, UNKNOWN) for own in (own_low, own_high))
    else:
        is_priced = own_low >= 0
        between_low = np.where(is_priced, np.minimum(own_low, share), UNKNOWN)
        between_high = np.where(is_priced, np.maximum(own_high, share), UNKNOWN)
        low = np.where(subsidised == 1, share, np.where(subsidised == 0, own_low, between_low))
        high = np.where(subsidised == 1, share, np.where(subsidised == 0, own_high, between_high))
    if is_free:
        offers, is_unsaid = prices.vederlagsfri == 1, prices.vederlagsfri == UNKNOWN
        low = np.where(offers | (is_unsaid & (high >= 0)), 0, low)
        high = np.where(offers, 0, high)
    return low, high


def _danmark(step: Step, situation: Situation, day: dt.date, low: Ore, high: Ore) -> tuple[Ore | int, Ore | int]:
    """What "danmark" takes off the lower and the upper total."""
    amount = danmark_of_step(step, situation, day)
    if amount is None:
        return 0, 0
    most, least = (np.minimum(amount.most_ore, fee * amount.percent // 100) * step.count for fee in (low, high))
    ceilings = group_ceilings(situation.danmark, day) if step.service == "group" else None
    return (most, least) if ceilings is None else (np.minimum(most, ceilings[1]), np.minimum(least, ceilings[0]))


class Yardstick(NamedTuple):
    """What others charge for the same: the middle, the span of the middle half, and how many are behind it."""

    median_ore: int
    low_ore: int
    high_ore: int
    clinics: int


LEAST_CLINICS = 5  # fewer say nothing


def yardstick(columns: Columns, service: str, *, municipality: str = "", topic: str = "") -> Yardstick | None:
    """The clinics' own prices of a service (the lower end of a range), in a municipality and for a topic.

    None with fewer than LEAST_CLINICS behind it.
    """
    values = columns.prices.own(service)[0]
    wanted = values > 0
    if municipality:
        wanted &= columns.prices.municipality == int(municipality)
    if topic:
        wanted &= unpack(columns.topics_wide.mask(topic).yes, columns.size)
    found = np.sort(values[wanted])
    if len(found) < LEAST_CLINICS:
        return None
    quarter = len(found) // 4
    return Yardstick(int(np.median(found)), int(found[quarter]), int(found[-1 - quarter]), len(found))
