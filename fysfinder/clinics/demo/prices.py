"""Prices as demo clinics have them: invented, in the spread that real lists show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from fysfinder.clinics.demo.words import EXTRA_PRICES
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.prices import PriceRow

KR = 100  # øre


def prices(draw: Random, *, agreement: bool | None, tariff_ore: Mapping[str, int]) -> tuple[PriceRow, ...]:
    """A price list; empty for a quarter of the clinics. tariff_ore: the agreement's full price of a service."""
    if draw.random() < 0.25:
        return ()
    if agreement and "first" in tariff_ore and draw.random() < 0.6:
        services = [name for name in (Service.FIRST, Service.FOLLOW_UP, Service.SHORT) if name in tariff_ore]
        rows = [PriceRow(name, tariff_ore[name], tariff_ore[name], is_agreement_tariff=True) for name in services]
    else:
        rows = list(_private(draw, agreement))
    if draw.random() < 0.35:
        rows.append(_amount(draw, Service.GROUP, 75, 160, 5, minutes=60))
    if draw.random() < 0.2:
        rows.append(_amount(draw, Service.HOME_VISIT, 600, 1400, 25))
    if draw.random() < 0.15:
        rows.append(_amount(draw, Service.ONLINE, 250, 600, 25, minutes=30))
    return tuple(rows)


def extras(draw: Random, topics: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(topic, øre) of what half of the clinics take on top of a visit for these treatments."""
    for topic in topics:
        if topic in EXTRA_PRICES and draw.random() < 0.5:
            low, high = EXTRA_PRICES[topic]
            yield topic, draw.randrange(low, high + 1, 10) * KR


def _private(draw: Random, agreement: bool | None) -> Iterator[PriceRow]:
    middle = 520 if agreement else 700
    first = min(max(round(draw.lognormvariate(0, 0.28) * middle / 25) * 25, 300), 1800)
    yield _row(draw, Service.FIRST, first, draw.choice((None, 45, 60, 60)))
    if draw.random() < 0.9:
        follow_up = min(max(round(first * draw.uniform(0.55, 0.78) / 25) * 25, 200), 900)
        yield _row(draw, Service.FOLLOW_UP, follow_up, draw.choice((None, 30, 30, 45)))


def _row(draw: Random, service: str, kroner: int, minutes: int | None) -> PriceRow:
    """One amount, or in one case of six a range upwards."""
    high = kroner if draw.random() > 1 / 6 else round(kroner * draw.uniform(1.15, 1.7) / 25) * 25
    return PriceRow(service, kroner * KR, max(high, kroner) * KR, minutes=minutes)


def _amount(draw: Random, service: str, low: int, high: int, step: int, minutes: int | None = None) -> PriceRow:
    ore = draw.randrange(low, high + 1, step) * KR
    return PriceRow(service, ore, ore, minutes=minutes)
