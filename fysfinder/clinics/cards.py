"""The frozen shapes in which queries hand a clinic to pages, the API and compare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from fysfinder.clinics.attributes import by_name as attribute_by_name
from fysfinder.clinics.attributes import describe, is_known, phone_words, waiting_words
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.opening import Week
from fysfinder.clinics.prices import PriceAnswer, PriceRow

FRESH_DAYS = 92  # three months: the full ring
WAIT_TRUSTED_DAYS = 60  # an older waiting time says nothing about next week: search and tags leave it out
OLD_DAYS = 365  # after a year a fact is shown with care


class Provenance(NamedTuple):
    """Who said a fact, how it reached us, and when it was last confirmed. A tuple: a page of cards makes 500."""

    source: str
    how: str  # register, owner, editor, import, demo
    confirmed_on: dt.date

    @property
    def how_words(self) -> str:
        return str(How(self.how).label)

    def freshness(self, today: dt.date) -> str:
        """'fresh' (three months), 'aging' (a year) or 'old'."""
        return freshness(self.confirmed_on, today)


class Past(NamedTuple):
    """What a fact said before: its value as clinics/ledger.py writes it, whose word it was and of which day."""

    value: Mapping[str, Any]
    source: str
    confirmed_on: dt.date | None


def freshness(day: dt.date, today: dt.date) -> str:
    age = (today - day).days
    return "fresh" if age <= FRESH_DAYS else "aging" if age <= OLD_DAYS else "old"


@dataclass(frozen=True, slots=True)
class Wait:
    """Days until the next free time, as somebody said on a date. Older than a year it is no answer any more."""

    kind: str  # general, vederlagsfri
    days: int
    as_of: dt.date
    source: str

    @property
    def words(self) -> str:
        return waiting_words(self.days)

    def freshness(self, today: dt.date) -> str:
        return freshness(self.as_of, today)


@dataclass(frozen=True, slots=True)
class TeamRow:
    name: str
    title: str = ""
    authorisation_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicCard:
    """All a card shows, and every attribute by its name. None and '' are unknown."""

    id: int
    name: str
    slug: str
    status: str
    street: str
    postcode: str  # '8000'
    city: str  # the postcode's name, 'Aarhus C'
    municipality: str  # code
    region: str  # code: what a referral is for depends on it
    lat: float
    lon: float
    precision: str
    phone: str
    email: str
    website: str
    booking_url: str
    cvr: str
    p_number: str
    sor_id: str
    ydernummer: str
    agreement: bool | None
    vederlagsfri: bool | None
    home_visits: bool | None
    group_classes: bool | None
    online: bool | None
    home_training: bool | None
    parking: bool | None
    parking_note: str
    disabled_parking: bool | None
    step_free: bool | None
    step_height_cm: int | None
    door_width_cm: int | None
    lift: bool | None
    accessible_toilet: bool | None
    therapist_count: int | None
    by_appointment: bool | None
    languages: tuple[str, ...] | None
    insurers: tuple[str, ...] | None
    about: str
    updated_at: dt.datetime
    week: Week
    prices: tuple[PriceRow, ...]
    first_price: PriceAnswer | None
    follow_up_price: PriceAnswer | None
    wait: Wait | None
    wait_vederlagsfri: Wait | None
    topic_ids: frozenset[int]
    facts: Mapping[str, Provenance]

    @property
    def postcode_and_city(self) -> str:
        return f"{self.postcode} {self.city}"

    @property
    def address(self) -> str:
        """'Mølleparken 8, 8000 Aarhus C'."""
        return f"{self.street}, {self.postcode_and_city}" if self.street else self.postcode_and_city

    @property
    def phone_shown(self) -> str:
        """'86 00 00 14'."""
        return phone_words(self.phone)

    @property
    def is_demo(self) -> bool:
        return "name" in self.facts and self.facts["name"].how == How.DEMO

    def value(self, name: str) -> object:
        """The value of the attribute of that name."""
        attribute_by_name(name)
        return getattr(self, name)

    def is_known(self, name: str) -> bool:
        return is_known(self.value(name))

    def words(self, name: str) -> str:
        """The attribute's value in words, 'Ikke oplyst' when unknown."""
        return describe(attribute_by_name(name), self.value(name))

    def current_wait(self, today: dt.date, *, within_days: int = OLD_DAYS) -> Wait | None:
        """The waiting time, when it is young enough to be an answer; a tag or an order asks for WAIT_TRUSTED_DAYS."""
        return self.wait if self.wait and (today - self.wait.as_of).days <= within_days else None

    def provenance(self, name: str) -> Provenance | None:
        """Of an attribute, or of 'hours', 'prices', 'topics', 'waiting', 'team', 'name'."""
        return self.facts.get(name)


@dataclass(frozen=True, slots=True)
class ClinicPage:
    """A card and what only the clinic's own page shows."""

    card: ClinicCard
    team: tuple[TeamRow, ...]
    price_list: tuple[PriceAnswer, ...]
    extras: tuple[PriceRow, ...]
    branches: tuple[tuple[str, str, str], ...]  # (slug, name, '8000 Aarhus C') of the same company's other clinics
    merged_into: str | None  # slug, when the clinic was put together with another
    past: Mapping[str, Past]  # of facts that have changed: what they last said before
