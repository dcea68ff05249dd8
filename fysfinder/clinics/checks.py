"""What cannot be right about a clinic: pure rules over its values. Nothing is changed; a person looks at the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from stdnum.dk import cvr

from fysfinder.base.geo import distances_km, haversine_km, unit_vectors
from fysfinder.clinics.models import Clinic, Finding
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.models.offers import Service
from fysfinder.clinics.opening import MINUTES_A_DAY, PUBLIC_HOLIDAYS

LOWEST_ORE, HIGHEST_ORE = 50_00, 3000_00  # of one visit; dearer or cheaper is a slip of the pen
WIDEST_RANGE = 4  # times the low price
LONGEST_WAIT_DAYS = 730
LONGEST_WEEK_HOURS = 100  # of a clinic that is not open day and night
FAR_KM = 25.0  # no Danish postcode reaches so far from its middle, islands left out
ELSEWHERE_KM = 5.0  # from the postcode's middle, when the nearest middle is another municipality's


@dataclass(frozen=True, slots=True)
class Problem:
    kind: str
    fact: str
    value: str
    reason: str


@dataclass(frozen=True)
class Places:
    """The middles of all postcodes."""

    municipalities: tuple[str, ...]
    names: tuple[str, ...]
    vectors: npt.NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str, float, float]]) -> Places:
        """rows: (municipality's name, postcode and town, lat, lon)."""
        vectors = unit_vectors([row[2] for row in rows], [row[3] for row in rows])
        return cls(tuple(row[0] for row in rows), tuple(row[1] for row in rows), vectors)


def problems_of(clinic: Clinic, places: Places, today: dt.date) -> Iterator[Problem]:
    """clinic with prices, opening_hours, waiting_times and facts prefetched, and its postcode's municipality."""
    yield from _numbers(clinic)
    yield from _prices(clinic)
    yield from _waiting(clinic, today)
    yield from _hours(clinic)
    yield from _dates(clinic, today)
    yield from _place(clinic, places)


def _wrong(fact: str, value: object, reason: str) -> Problem:
    return Problem(Finding.Kind.IMPOSSIBLE, fact, str(value)[:300], reason)


def _numbers(clinic: Clinic) -> Iterator[Problem]:
    phone = clinic.phone
    is_danish = phone.startswith("+45")
    if is_danish and not (len(phone) == 11 and phone[3] in "23456789"):
        yield _wrong("phone", phone, _("Et dansk nummer har otte cifre og begynder med 2–9."))
    if is_danish and len(set(phone[3:])) == 1:
        yield _wrong("phone", phone, _("Otte ens cifre er næppe et telefonnummer."))
    is_demo = any(fact.name == "cvr" and fact.how == How.DEMO for fact in clinic.facts.all())  # wrong on purpose
    if clinic.cvr and not is_demo and not cvr.is_valid(clinic.cvr):
        yield _wrong("cvr", clinic.cvr, _("Kontrolcifferet passer ikke."))
    if clinic.step_free and clinic.step_height_cm and clinic.step_height_cm > 2:
        yield _wrong("step_height_cm", clinic.step_height_cm, _("Trinfri, og dog et trin."))
    if clinic.door_width_cm is not None and not 50 <= clinic.door_width_cm <= 250:
        yield _wrong("door_width_cm", clinic.door_width_cm, _("Så bred er ingen klinikdør."))
    if clinic.agreement is False and clinic.ydernummer:
        yield _wrong("agreement", clinic.ydernummer, _("Har et ydernummer, og siges ikke at have et."))


def _prices(clinic: Clinic) -> Iterator[Problem]:
    for price in clinic.prices.all():
        words = f"{price.service} {price.low_ore / 100:g}–{price.high_ore / 100:g}"
        is_visit = price.service != Service.EXTRA
        if is_visit and price.low_ore < LOWEST_ORE:
            yield _wrong("prices", words, _("Så lidt koster et besøg ikke."))
        if is_visit and price.high_ore > HIGHEST_ORE:
            yield _wrong("prices", words, _("Så meget koster et besøg ikke."))
        if price.low_ore and price.high_ore > WIDEST_RANGE * price.low_ore:
            yield _wrong("prices", words, _("Der er for langt fra den laveste til den højeste."))
        if price.minutes is not None and not 5 <= price.minutes <= 240:
            yield _wrong("prices", f"{words}, {price.minutes} min", _("Så længe varer et besøg ikke."))


def _waiting(clinic: Clinic, today: dt.date) -> Iterator[Problem]:
    for wait in clinic.waiting_times.all():
        if wait.waiting_days > LONGEST_WAIT_DAYS:
            yield _wrong("waiting", wait.waiting_days, _("Over to års ventetid."))
        if wait.as_of > today:
            yield _wrong("waiting", wait.as_of, _("Oplyst på en dag, der ikke er kommet."))


def _hours(clinic: Clinic) -> Iterator[Problem]:
    week: dict[int, list[tuple[int, int]]] = {}
    for row in clinic.opening_hours.all():
        if row.opens is None or row.closes is None:
            continue
        week.setdefault(row.weekday, []).append((row.opens, row.closes))
        if not 0 <= row.opens < row.closes <= MINUTES_A_DAY:
            yield _wrong("hours", f"{row.weekday} {row.opens}–{row.closes}", _("Lukker, før der åbnes."))
    for weekday, spans in week.items():
        if any(later[0] < earlier[1] for earlier, later in pairwise(sorted(spans))):
            yield _wrong("hours", f"{weekday} {sorted(spans)}", _("Tiderne overlapper hinanden."))
    usual = [span for weekday, spans in week.items() if weekday < PUBLIC_HOLIDAYS for span in spans]
    minutes = sum(closes - opens for opens, closes in usual)
    is_always = minutes >= 7 * MINUTES_A_DAY
    if minutes > LONGEST_WEEK_HOURS * 60 and not is_always:
        yield _wrong("hours", f"{minutes // 60} t", _("Over 100 timer om ugen."))


def _dates(clinic: Clinic, today: dt.date) -> Iterator[Problem]:
    for fact in clinic.facts.all():
        if fact.confirmed_on > today:
            yield _wrong(fact.name, fact.confirmed_on, _("Bekræftet på en dag, der ikke er kommet."))


def _place(clinic: Clinic, places: Places) -> Iterator[Problem]:
    """A point of its own that lies far from its postcode, or among another municipality's postcodes."""
    if clinic.precision == Precision.POSTCODE or not places.names:
        return
    postcode = clinic.postcode
    away_km = haversine_km(clinic.lat, clinic.lon, postcode.lat, postcode.lon)
    nearest = int(np.argmin(distances_km(clinic.lat, clinic.lon, places.vectors)))
    is_elsewhere = places.municipalities[nearest] != postcode.municipality.name and away_km > ELSEWHERE_KM
    if away_km > FAR_KM or is_elsewhere:
        words = _("%(km)d km fra %(postcode)s, nærmest %(near)s i %(municipality)s.")
        value = f"{clinic.lat:.4f}, {clinic.lon:.4f}"
        reason = words % {
            "km": round(away_km),
            "postcode": str(postcode),
            "near": places.names[nearest],
            "municipality": places.municipalities[nearest],
        }
        yield Problem(Finding.Kind.FAR_AWAY, "street", value, reason)
