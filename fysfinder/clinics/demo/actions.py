"""Writing demo clinics, in bulk. Only ever touches clinics whose name says it is demo data."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count

from fysfinder.clinics import rows
from fysfinder.clinics.actions import bump_version
from fysfinder.clinics.attributes import is_known
from fysfinder.clinics.demo.plan import Plan, Planner, Spot
from fysfinder.clinics.models import (
    Clinic,
    ClinicSlug,
    ClinicTopic,
    Fact,
    OpeningException,
    OpeningHours,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import FACT_NAMES, Origin, fact_of
from fysfinder.places.models import City, Postcode
from fysfinder.tariffs.queries import GENERAL, tariffs_on
from fysfinder.topics.models import Kind, Topic

EDITION = 2  # raise it when the plan changes, so that old demo clinics are replaced
CHUNK = 1000
COUNTRYSIDE = 150  # people behind a postcode of no town we know: so that some clinics stand far out
_OFFERED = (Kind.TREATMENT, Kind.CONDITION, Kind.PATIENT_GROUP, Kind.PROGRAMME)
_TABLES = (Price, OpeningHours, OpeningException, ClinicTopic, WaitingTime, TeamMember, Fact, ClinicSlug)


def load_demo_clinics(*, count: int, seed: int, today: dt.date, tell: Callable[[str], None] = lambda _: None) -> bool:
    """Make the demo clinics the ones of these parameters; False when they are there already.

    Dates are relative to the Monday of today's week, so a second run in the week has nothing to do.
    """
    monday = today - dt.timedelta(days=today.weekday())
    topics = dict(Topic.objects.filter(kind__in=_OFFERED).order_by("slug").values_list("slug", "pk"))
    mark = _mark(count, seed, monday, topics)
    if _marks() == ({mark: count} if count else {}):
        return False
    with transaction.atomic():
        _remove()
        tariffs = tariffs_on(GENERAL, monday)
        planner = Planner(
            seed=seed,
            today=monday,
            spots=_spots(),
            topics=list(topics),
            tariff_ore={name: row.full_ore for name, row in tariffs.items() if row.full_ore and not row.is_old(monday)},
            taken_slugs={
                *Clinic.objects.values_list("slug", flat=True),
                *ClinicSlug.objects.values_list("slug", flat=True),
            },
        )
        plans, done = planner.plans(count), 0
        while chunk := list(islice(plans, CHUNK)):
            _write(chunk, mark, topics)
            done += len(chunk)
            tell(f"{done} / {count}")
        bump_version()
    return True


def _mark(count: int, seed: int, monday: dt.date, topics: Mapping[str, int]) -> str:
    """The source all demo facts name; it changes with everything the clinics are drawn from."""
    places = Postcode.objects.aggregate(number=Count("pk"))["number"]
    drawn_from = f"{EDITION} {count} {seed} {monday} {places} {' '.join(topics)}"
    return f"Demodata {hashlib.sha256(drawn_from.encode()).hexdigest()[:8]}"


def _marks() -> dict[str, int]:
    found = Fact.objects.filter(name="name", how=How.DEMO).values_list("source").annotate(number=Count("pk"))
    return dict(found.order_by())


def _remove() -> None:
    """Every clinic that is still demo data; one that an owner, an editor or an import has named stays."""
    ids = list(Fact.objects.filter(name="name", how=How.DEMO).values_list("clinic_id", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        for model in _TABLES:
            model._default_manager.filter(clinic__in=chunk).delete()
        Clinic.objects.filter(merged_into__in=chunk).update(merged_into=None)
        Clinic.objects.filter(pk__in=chunk).delete()
        Clinic.history.filter(id__in=chunk).delete()


def _spots() -> list[Spot]:
    """Postcodes with the people behind them: a town's people shared over its districts, then over their postcodes."""
    postcodes = {row.code: row for row in Postcode.objects.order_by("code")}
    people = dict.fromkeys(postcodes, float(COUNTRYSIDE))
    cities = City.objects.filter(kind__in=("city", "town", "district"), population__gt=0).order_by("slug")
    codes_of: dict[int, list[str]] = defaultdict(list)
    for city_id, code in City.postcodes.through.objects.values_list("city_id", "postcode_id"):
        codes_of[city_id].append(code)
    for city in cities:
        districts: dict[str, list[str]] = defaultdict(list)
        for code in codes_of[city.pk]:
            districts[postcodes[code].name].append(code)
        for codes in districts.values():
            for code in codes:
                people[code] = max(people[code], city.population / len(districts) / len(codes))
    return [
        Spot(
            code, row.name, row.lat, row.lon, 0.08 if code < "2000" else 0.5, people[code]
        )  # 1050–1999: one street each
        for code, row in postcodes.items()
    ]


def _write(plans: list[Plan], mark: str, topics: Mapping[str, int]) -> None:
    clinics = Clinic.objects.bulk_create(Clinic(**plan.fields) for plan in plans)
    made: dict[type[Any], list[Any]] = {model: [] for model in _TABLES}
    for clinic, plan in zip(clinics, plans, strict=True):
        origin = Origin(mark, How.DEMO, plan.confirmed_on)
        extra = [PriceRow("extra", ore, ore, topic_id=topics[topic]) for topic, ore in plan.extras]
        made[Price] += rows.price_rows(clinic, (*plan.prices, *extra), origin)
        made[OpeningHours] += rows.hour_rows(clinic, plan.hours)
        made[OpeningException] += rows.exception_rows(clinic, plan.exceptions)
        made[ClinicTopic] += rows.topic_rows(clinic, (topics[topic] for topic in plan.topics))
        made[WaitingTime] += rows.waiting_rows(clinic, plan.waiting)
        made[TeamMember] += rows.team_rows(clinic, plan.team)
        made[Fact] += _facts(clinic, plan, mark)
    for model, instances in made.items():
        model._default_manager.bulk_create(instances, batch_size=5000)


def _facts(clinic: Clinic, plan: Plan, mark: str) -> Iterator[Fact]:
    said = {fact_of(name) for name, value in plan.fields.items() if is_known(value)} & FACT_NAMES
    row_facts = ("hours", "prices", "topics", "waiting", "team")
    said.update(name for name in row_facts if getattr(plan, name))
    for name in sorted(said):
        day = plan.confirmed_before if name in plan.old_facts else plan.confirmed_on
        yield Fact(clinic=clinic, name=name, source=mark, how=How.DEMO, confirmed_on=day)
