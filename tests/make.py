"""Plain builders: each makes one row and what it needs, with small values a test may override."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from fysfinder.base.text import slugify
from fysfinder.clinics.models import (
    Clinic,
    ClinicTopic,
    Fact,
    OpeningException,
    OpeningHours,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.places.models import Municipality, Postcode, Region
from fysfinder.topics.models import Topic

TODAY = dt.date(2026, 11, 18)  # a Wednesday, the day the tests live in
_numbers = itertools.count(1)


def make_region(code: str = "1082", name: str = "Region Midtjylland") -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_municipality(code: str = "0751", name: str = "Aarhus", region: Region | None = None) -> Municipality:
    region = region or make_region()
    return Municipality.objects.get_or_create(code=code, defaults={"name": name, "region": region})[0]


def make_postcode(
    code: str = "8000",
    name: str = "Aarhus C",
    lat: float = 56.153,
    lon: float = 10.203,
    municipality: Municipality | None = None,
) -> Postcode:
    municipality = municipality or make_municipality()
    defaults = {"name": name, "lat": lat, "lon": lon, "municipality": municipality}
    return Postcode.objects.get_or_create(code=code, defaults=defaults)[0]


def make_topic(slug: str = "kryoterapi", kind: str = "treatment", name_da: str = "", **kw: Any) -> Topic:
    name = name_da or slug.replace("-", " ").capitalize()
    kw.setdefault("name_en", name)
    return Topic.objects.get_or_create(slug=slug, defaults={"kind": kind, "name_da": name, **kw})[0]


def make_clinic(
    name: str = "",
    *,
    postcode: Postcode | str | None = None,
    prices: Mapping[str, int | tuple[int, int]] | None = None,
    hours: Mapping[int, Iterable[tuple[int, int]] | str] | None = None,
    exceptions: Iterable[tuple[dt.date, dt.date, int | None, int | None, str]] = (),
    topics: Iterable[Topic | str] = (),
    waiting: Mapping[str, int] | int | None = None,
    team: Iterable[str] = (),
    facts: Iterable[str] = (),
    today: dt.date = TODAY,
    **kw: Any,
) -> Clinic:
    """A clinic with everything unknown but what is said.

    prices: service → øre, or (low, high); hours: weekday → [(opens, closes)] in minutes, 'closed' or 'appointment';
    waiting: days, or kind → days; topics: topics or slugs; facts: names that get a provenance of today.
    """
    name = name or f"Klinik {next(_numbers)}"
    row = postcode if isinstance(postcode, Postcode) else make_postcode(*([postcode] if postcode else []))
    kw = {"slug": slugify(name), "lat": row.lat, "lon": row.lon, **kw}
    clinic = Clinic.objects.create(name=name, postcode=row, **kw)
    for service, price in (prices or {}).items():
        low, high = price if isinstance(price, tuple) else (price, price)
        Price.objects.create(
            clinic=clinic, service=service, low_ore=low, high_ore=high, source="test", confirmed_on=today
        )
    for weekday, spans in (hours or {}).items():
        if isinstance(spans, str):
            OpeningHours.objects.create(clinic=clinic, weekday=weekday, by_appointment=spans == "appointment")
            continue
        for opens, closes in spans:
            OpeningHours.objects.create(clinic=clinic, weekday=weekday, opens=opens, closes=closes)
    for first, last, opens_at, closes_at, note in exceptions:
        OpeningException.objects.create(
            clinic=clinic, first_day=first, last_day=last, opens=opens_at, closes=closes_at, note=note
        )
    for topic in topics:
        row_topic = topic if isinstance(topic, Topic) else make_topic(topic)
        ClinicTopic.objects.create(clinic=clinic, topic=row_topic)
    waits = {"general": waiting} if isinstance(waiting, int) else waiting or {}
    for kind, days in waits.items():
        WaitingTime.objects.create(clinic=clinic, kind=kind, waiting_days=days, as_of=today, source="test")
    for person in team:
        TeamMember.objects.create(clinic=clinic, name=person)
    for fact in facts:
        Fact.objects.create(clinic=clinic, name=fact, source="test", how="editor", confirmed_on=today)
    return clinic
