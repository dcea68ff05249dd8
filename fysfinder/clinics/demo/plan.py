"""One demo clinic after another, from a random stream: pure, the same for the same seed, day, places and topics.

The shares are those a real list has: a fifth to two fifths of every fact unknown, prices as amounts and as ranges,
old dates among the new, clinics that close on Wednesdays, have a break, or see people by appointment only.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from fysfinder.base.text import slugify
from fysfinder.clinics.attributes import INSURERS, LANGUAGES, is_known
from fysfinder.clinics.cards import TeamRow, Wait
from fysfinder.clinics.demo import words
from fysfinder.clinics.demo.hours import christmas, summer, switches, usual_week
from fysfinder.clinics.demo.prices import extras, prices
from fysfinder.clinics.opening import Day, SpecialDays
from fysfinder.clinics.prices import PriceRow

BRANCH_SHARE = 0.04
TOPICS_KNOWN = 0.92
CHILLY_SHARE = 0.15
_OTHER_LANGUAGES = tuple(choice.slug for choice in LANGUAGES if choice.slug not in {"da", "en"})
_DEMO_INSURERS = tuple(choice.slug for choice in INSURERS if choice.is_demo)


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode as demo clinics see it: its middle, how far around it they stand, and how many people live there."""

    code: str
    name: str
    lat: float
    lon: float
    spread_km: float
    people: float


@dataclass(slots=True)
class Plan:
    """Everything one demo clinic is to have."""

    fields: dict[str, Any]
    confirmed_on: dt.date
    confirmed_before: dt.date  # some facts are older than the others
    hours: tuple[Day, ...] = ()
    exceptions: tuple[SpecialDays, ...] = ()
    prices: tuple[PriceRow, ...] = ()
    extras: tuple[tuple[str, int], ...] = ()  # (topic, øre) paid on top of a visit
    topics: tuple[str, ...] = ()
    waiting: tuple[Wait, ...] = ()
    team: tuple[TeamRow, ...] = ()
    old_facts: frozenset[str] = field(default_factory=frozenset)


class Planner:
    """Draws plans. tariff_ore is the agreement's full price of a service, where a tariff gives it."""

    def __init__(
        self,
        *,
        seed: int,
        today: dt.date,
        spots: Sequence[Spot],
        topics: Sequence[str],
        tariff_ore: Mapping[str, int],
        taken_slugs: set[str],
    ) -> None:
        self.random = random.Random(f"fysfinder {seed}")
        self.today = today
        self.spots = spots
        self.spot_weights = list(accumulate(spot.people for spot in spots))
        self.common = [slug for slug in words.COMMON_TOPICS if slug in set(topics)]
        self.others = [slug for slug in topics if slug != words.CHILLY_TOPIC]
        self.has_chilly = words.CHILLY_TOPIC in topics
        self.tariff_ore = tariff_ore
        self.taken = taken_slugs
        self.companies = 0

    def plans(self, count: int) -> Iterator[Plan]:
        company = ""
        for number in range(count):
            is_branch = bool(company) and self.random.random() < BRANCH_SHARE
            if not is_branch:
                company = self._company()
                self.companies += 1
            yield self._plan(number, company, is_branch)

    def _company(self) -> str:
        draw = self.random
        name = draw.choice(words.FIRST_PARTS) + draw.choice(words.LAST_PARTS)
        return draw.choice(words.NAME_FORMS).format(name)

    def _plan(self, number: int, company: str, is_branch: bool) -> Plan:
        draw = self.random
        spot = draw.choices(self.spots, cum_weights=self.spot_weights)[0]
        fields = self._who_and_where(number, company, spot, is_branch)
        fields |= self._facts()
        confirmed_on = self._day()
        topics = self._topics()
        plan = Plan(fields, confirmed_on, min(confirmed_on, self._day()), topics=topics)
        if draw.random() < 0.72 and not fields["by_appointment"]:
            plan.hours = (*usual_week(draw), *switches(draw))
            plan.exceptions = (*summer(draw), *christmas(draw, self.today))
        plan.prices = prices(draw, agreement=fields["agreement"], tariff_ore=self.tariff_ore)
        plan.extras = tuple(extras(draw, topics)) if plan.prices else ()
        plan.waiting = tuple(self._waiting(fields["agreement"], fields["vederlagsfri"]))
        plan.team = self._team(fields["therapist_count"])
        known = sorted(name for name, value in fields.items() if is_known(value))
        plan.old_facts = frozenset(name for name in known if draw.random() < 0.3)
        return plan

    def _who_and_where(self, number: int, company: str, spot: Spot, is_branch: bool) -> dict[str, Any]:
        draw = self.random
        name = f"{company}, {spot.name}" if is_branch else company
        slug = self._slug(name, spot.name)
        host = f"{slugify(company)}.example"
        km_north, km_east = draw.gauss(0, spot.spread_km), draw.gauss(0, spot.spread_km)
        return {
            "name": name,
            "slug": slug,
            "street": f"{draw.choice(words.STREETS)} {draw.randint(1, 140)}",
            "postcode_id": spot.code,
            "lat": round(spot.lat + km_north / 111.2, 5),
            "lon": round(spot.lon + km_east / 62.5, 5),
            "precision": "street",
            "phone": self._maybe(0.95, f"+45860{number % 100_000:05d}") or "",
            "email": self._maybe(0.8, f"kontakt@{host}") or "",
            "website": self._maybe(0.85, f"https://{host}/") or "",
            "booking_url": self._maybe(0.45, f"https://{host}/bestil-tid/") or "",
            "cvr": f"{self.companies:08d}",
            "about": self._maybe(0.5, words.ABOUT) or "",
        }

    def _slug(self, name: str, city: str) -> str:
        slug = slugify(name, max_length=90)
        if slug in self.taken:
            slug = slugify(f"{name} {city}", max_length=90)
        plain, number = slug, 2
        while slug in self.taken:
            slug, number = f"{plain}-{number}", number + 1
        self.taken.add(slug)
        return slug

    def _maybe(self, share: float, value: Any) -> Any:
        """The value in that share of cases, otherwise unknown."""
        return value if self.random.random() < share else None

    def _yes(self, known: float, yes: float) -> bool | None:
        """Known in that share of cases; yes in that share of the known."""
        answer = self.random.random() < yes
        return answer if self.random.random() < known else None

    def _facts(self) -> dict[str, Any]:
        draw = self.random
        step_free = self._yes(0.68, 0.6)
        parking = self._yes(0.72, 0.75)
        step_height = None if step_free else self._maybe(0.3, draw.randint(2, 18) * 2)
        others = draw.sample(_OTHER_LANGUAGES, draw.choice((0, 0, 0, 1, 1, 2, 3)))
        return {
            "agreement": self._yes(0.85, 0.72),
            "vederlagsfri": self._yes(0.7, 0.4),
            "home_visits": self._yes(0.66, 0.3),
            "group_classes": self._yes(0.75, 0.6),
            "online": self._yes(0.62, 0.3),
            "home_training": self._yes(0.7, 0.85),
            "parking": parking,
            "parking_note": (self._maybe(0.4, draw.choice(words.PARKING_NOTES)) or "") if parking else "",
            "disabled_parking": self._yes(0.62, 0.4),
            "step_free": step_free,
            "step_height_cm": self._maybe(0.3, 0) if step_free else step_height,
            "door_width_cm": self._maybe(0.6, draw.choice((68, 72, 75, 77, 80, 82, 85, 87, 90, 90, 95, 100))),
            "lift": self._yes(0.66, 0.35),
            "accessible_toilet": self._yes(0.62, 0.45),
            "therapist_count": self._maybe(0.78, min(draw.randint(1, 9), draw.randint(1, 22))),
            "by_appointment": self._yes(0.6, 0.15),
            "languages": self._maybe(0.65, [*(("da", "en") if draw.random() < 0.8 else ("da",)), *others]),
            "insurers": self._maybe(0.6, sorted(draw.sample(_DEMO_INSURERS, draw.randint(0, len(_DEMO_INSURERS))))),
        }

    def _day(self) -> dt.date:
        """When something was confirmed: mostly this quarter, some this year, a few longer ago."""
        draw = self.random
        age = draw.choices(((0, 90), (91, 360), (366, 900)), weights=(70, 20, 10))[0]
        return self.today - dt.timedelta(days=draw.randint(*age))

    def _topics(self) -> tuple[str, ...]:
        draw = self.random
        if draw.random() > TOPICS_KNOWN:
            return ()
        wanted = min(draw.randint(4, 25), len(self.others))
        shares = ((wanted / 40 + 0.1) * (1.5 - position * 0.06) for position in range(len(self.common)))
        chosen = {slug for slug, share in zip(self.common, shares, strict=True) if draw.random() < share}
        while len(chosen) < wanted:
            chosen.add(draw.choice(self.others))
        if self.has_chilly and draw.random() < CHILLY_SHARE / TOPICS_KNOWN:
            chosen.add(words.CHILLY_TOPIC)
        return tuple(sorted(chosen))

    def _waiting(self, agreement: bool | None, vederlagsfri: bool | None) -> Iterator[Wait]:
        draw = self.random
        if draw.random() < 0.66:
            middle = 16 if agreement else 4
            yield Wait("general", min(int(draw.expovariate(1 / middle)), 120), self._day(), "Demodata")
        if vederlagsfri and draw.random() < 0.6:
            yield Wait("vederlagsfri", draw.randint(10, 240), self._day(), "Demodata")

    def _team(self, therapist_count: int | None) -> tuple[TeamRow, ...]:
        draw = self.random
        if not therapist_count or draw.random() > 0.5:
            return ()
        people = draw.sample(words.PEOPLE, min(therapist_count, 8))
        return tuple(TeamRow(f"{first} {draw.choice(words.SURNAMES)}", draw.choice(words.TITLES)) for first in people)
