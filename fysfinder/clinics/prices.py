"""What a visit costs, as pure rules over a clinic's price rows and the agreement's tariffs. Amounts in øre.

Two answers are kept apart. Without a referral a person pays the clinic's own price. With a referral, at a clinic that
treats under the agreement, a person pays the patient's share of the tariff. Nothing is worked out from anything else:
a share is only said when a tariff row gives it, with that row's date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fysfinder.clinics.models.offers import Service
from fysfinder.tariffs.queries import TariffRow

# The tariff's service under which the agreement pays for a clinic's service.
TARIFF_SERVICES: Mapping[str, str] = {
    Service.FIRST: "first",
    Service.FOLLOW_UP: "follow_up",
    Service.SHORT: "short",
    Service.GROUP: "group",
}


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price of one clinic. A single amount has low_ore == high_ore; for 'extra', topic_id is what it pays for."""

    service: str
    low_ore: int
    high_ore: int
    topic_id: int | None = None
    minutes: int | None = None
    is_agreement_tariff: bool = False
    source: str = ""
    confirmed_on: dt.date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low_ore <= self.high_ore:
            raise ValueError(f"a price range from {self.low_ore} to {self.high_ore} øre")

    @property
    def label(self) -> str:
        """'Første konsultation', in the active language."""
        return str(Service(self.service).label)


@dataclass(frozen=True, slots=True)
class Share:
    """What the patient pays with a referral: the tariff's own figure, with its date and source."""

    patient_ore: int
    full_ore: int | None
    valid_from: dt.date
    source: str
    is_old: bool  # older than twelve months on the day asked for
    is_verified: bool


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    """The price of one service at one clinic: without referral (low–high), with referral (share), or both.

    low_ore and high_ore are None when the clinic's own price is unknown and only the share is.
    """

    service: str
    low_ore: int | None
    high_ore: int | None
    confirmed_on: dt.date | None
    source: str
    is_agreement_tariff: bool
    minutes: int | None = None
    share: Share | None = None

    @property
    def label(self) -> str:
        return str(Service(self.service).label)

    @property
    def condition(self) -> str:
        """Under which condition low–high is paid."""
        return _("fuld takst, uden tilskud") if self.is_agreement_tariff else _("uden tilskud")


def price_answer(
    service: str,
    *,
    rows: Iterable[PriceRow],
    agreement: bool | None,
    tariffs: Mapping[str, TariffRow],
    today: dt.date,
) -> PriceAnswer | None:
    """What the service costs here; None when nothing at all is known of it.

    agreement is the clinic's answer to 'has ydernummer': only True gives a share, unknown does not.
    """
    own = [row for row in rows if row.service == service]
    tariff = tariffs.get(TARIFF_SERVICES.get(service, ""))
    share = share_of(tariff, today) if agreement and tariff else None
    if not own:
        return PriceAnswer(service, None, None, None, "", False, share=share) if share else None
    dates = [row.confirmed_on for row in own if row.confirmed_on is not None]
    cheapest = min(own, key=lambda row: row.low_ore)
    return PriceAnswer(
        service=service,
        low_ore=cheapest.low_ore,
        high_ore=max(row.high_ore for row in own),
        confirmed_on=min(dates, default=None),  # the oldest speaks for the range
        source=cheapest.source,
        is_agreement_tariff=all(row.is_agreement_tariff for row in own),
        minutes=cheapest.minutes if len(own) == 1 else None,
        share=share,
    )


def first_price(
    *, rows: Iterable[PriceRow], agreement: bool | None, tariffs: Mapping[str, TariffRow], today: dt.date
) -> PriceAnswer | None:
    """The answer a card gives: the first visit."""
    return price_answer(Service.FIRST, rows=rows, agreement=agreement, tariffs=tariffs, today=today)


def price_list(
    *, rows: Iterable[PriceRow], agreement: bool | None, tariffs: Mapping[str, TariffRow], today: dt.date
) -> tuple[PriceAnswer, ...]:
    """Every service that has an answer, in the order of the services. Extras are not in it: see extras()."""
    rows = tuple(rows)
    answers = (
        price_answer(service, rows=rows, agreement=agreement, tariffs=tariffs, today=today)
        for service in Service.values
        if service != Service.EXTRA
    )
    return tuple(answer for answer in answers if answer is not None)


def per_half_hour_ore(ore: int, minutes: int | None) -> int | None:
    """A price turned into 30 minutes, in whole øre, to compare visits of different length; None without minutes."""
    return (2 * ore * 30 + minutes) // (2 * minutes) if minutes else None


def extras(rows: Iterable[PriceRow]) -> tuple[PriceRow, ...]:
    """What is paid on top of a visit, per treatment: never part of the agreement."""
    return tuple(row for row in rows if row.service == Service.EXTRA)


def share_of(tariff: TariffRow, today: dt.date) -> Share:
    return Share(
        patient_ore=tariff.patient_ore,
        full_ore=tariff.full_ore,
        valid_from=tariff.valid_from,
        source=tariff.source,
        is_old=tariff.is_old(today),
        is_verified=tariff.is_verified,
    )
