"""Reading clinics: cards in a constant number of queries, the clinic's page, the version."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import DateField, FilteredRelation, Max, Q, TextField, Value
from django.db.models.functions import Cast

from fysfinder.base.prepared import Prepared
from fysfinder.base.text import clean
from fysfinder.clinics.cards import ClinicCard, ClinicPage, Provenance, TeamRow, Wait
from fysfinder.clinics.ledger import past_of
from fysfinder.clinics.models import (
    Clinic,
    ClinicSlug,
    ClinicTopic,
    DirectoryVersion,
    Fact,
    OpeningException,
    OpeningHours,
    Price,
    TeamMember,
)
from fysfinder.clinics.models.clinic import Status
from fysfinder.clinics.models.offers import Service, WaitKind
from fysfinder.clinics.opening import Week
from fysfinder.clinics.opening_rows import week_from_rows
from fysfinder.clinics.prices import PriceRow, extras, price_answer, price_list
from fysfinder.tariffs.queries import GENERAL, TariffRow, tariffs_on

__all__ = ["ClinicCard", "ClinicPage", "cards", "clinic_page", "clinic_row", "compare", "current_slug"]
__all__ += ["directory_version", "ids_of", "published_slugs"]

MOST_COMPARED = 4
_PLAIN = (
    *("id", "name", "slug", "status", "street", "lat", "lon", "precision", "phone", "email", "website", "booking_url"),
    *("cvr", "p_number", "sor_id", "ydernummer", "agreement", "vederlagsfri", "home_visits", "group_classes", "online"),
    *("home_training", "parking", "parking_note", "disabled_parking", "step_free", "step_height_cm", "door_width_cm"),
    *("lift", "accessible_toilet", "therapist_count", "by_appointment", "about", "updated_at"),
)
_JOINED = {
    "postcode": "postcode_id",
    "city": "postcode__name",
    "municipality": "postcode__municipality_id",
    "region": "postcode__municipality__region_id",
}
_PRICE_FIELDS = (
    *("service", "low_ore", "high_ore", "topic_id", "minutes", "is_agreement_tariff", "source", "confirmed_on"),
)
_FACT_FIELDS = ("name", "source", "how", "confirmed_on")
_WAITS = (WaitKind.GENERAL, WaitKind.VEDERLAGSFRI)


def directory_version() -> int:
    """Moves with every write to a clinic; search columns and page stores follow it. One query."""
    with connections[router.db_for_read(DirectoryVersion)].cursor() as cursor:  # a tenth of what a queryset takes
        cursor.execute("SELECT number FROM clinics_directoryversion WHERE id = 1")
        found: int = (cursor.fetchone() or (0,))[0]
    return found


def cards(ids: Sequence[int], *, today: dt.date) -> list[ClinicCard]:
    """The cards of the ids, in their order; ids without a clinic are left out. Six queries, however many ids."""
    return _cards(ids, tariffs_on(GENERAL, today), today) if ids else []


def _cards(ids: Sequence[int], tariffs: dict[str, TariffRow], today: dt.date) -> list[ClinicCard]:
    rows = _clinic_rows(ids)
    if not rows:
        return []
    parts = _Parts(list(rows), today)
    return [_card(rows[pk], parts, tariffs, today) for pk in ids if pk in rows]


def clinic_page(slug: str, *, today: dt.date) -> ClinicPage | None:
    """Everything known of the clinic with that slug, also of one that has closed; None when there is none."""
    found = Clinic.objects.filter(slug=slug).values_list("pk", "merged_into__slug").first()
    if found is None:
        return None
    pk, merged_into = found
    tariffs = tariffs_on(GENERAL, today)
    card = _cards([pk], tariffs, today)[0]
    return ClinicPage(
        card=card,
        team=tuple(TeamRow(*row) for row in _TEAM([pk])),
        price_list=price_list(rows=card.prices, agreement=card.agreement, tariffs=tariffs, today=today),
        extras=extras(card.prices),
        branches=_branches(card),
        merged_into=merged_into,
        past=past_of(pk),
    )


def clinic_row(slug: str) -> Clinic | None:
    """The published clinic with this slug as a row: what an action is to be done to."""
    return Clinic.objects.published().filter(slug=slug).first()


def current_slug(old: str) -> str | None:
    """The present slug of the clinic that once had this one (follow it with 301); None when nobody had it.

    A clinic that was merged answers with the one it went into, however many times that happened.
    """
    row = (
        ClinicSlug.objects.filter(slug=old)
        .values_list("clinic__slug", "clinic__status", "clinic__merged_into_id")
        .first()
    ) or Clinic.objects.filter(slug=old).values_list("slug", "status", "merged_into_id").first()
    seen: set[str] = set()
    while row is not None and row[1] == Status.MERGED and row[2] and row[0] not in seen:
        seen.add(row[0])
        row = Clinic.objects.filter(pk=row[2]).values_list("slug", "status", "merged_into_id").first() or row
    return row[0] if row is not None and row[0] != old else None


def ids_of(slugs: Sequence[str]) -> list[int]:
    """The ids of the published clinics with these slugs, in order and without doubles.

    Old slugs are included, and a merged clinic answers with the one it went into.
    """
    wanted = list(dict.fromkeys(clean(slug) for slug in slugs))  # PostgreSQL refuses a NUL
    by_slug = dict(ClinicSlug.objects.filter(slug__in=wanted).values_list("slug", "clinic_id"))
    by_slug.update(Clinic.objects.filter(slug__in=wanted).values_list("slug", "pk"))
    present = _present_ids(by_slug.values())
    found = (present[by_slug[slug]] for slug in wanted if slug in by_slug)
    return [pk for pk in dict.fromkeys(found) if pk is not None]


def _present_ids(ids: Iterable[int]) -> dict[int, int | None]:
    """id → the published clinic it is or was merged into, None when that has closed. A query per merge in the chain."""
    states: dict[int, tuple[str, int | None]] = {}
    asked = unread = set(ids)
    while unread:
        rows = Clinic.objects.filter(pk__in=unread).values_list("pk", "status", "merged_into_id")
        states.update({pk: (status, into) for pk, status, into in rows})
        unread = {into for _, into in states.values() if into is not None and into not in states}
    result: dict[int, int | None] = {}
    for pk in asked:
        at: int | None = pk
        for _ in states:  # no chain is longer, so a circle ends too
            at = states[at][1] if at is not None and states[at][0] == Status.MERGED else at
        result[pk] = at if at is not None and states[at][0] == Status.ACTIVE else None
    return result


def published_slugs() -> list[tuple[str, dt.date | None]]:
    """Every published clinic's slug and the day its newest fact was confirmed, for the sitemap. One query."""
    newest = Max("facts__confirmed_on")
    return list(Clinic.objects.published().annotate(newest=newest).order_by("pk").values_list("slug", "newest"))


def compare(slugs: Sequence[str], *, today: dt.date) -> list[ClinicCard]:
    """The cards of up to four published clinics, in the order asked for."""
    return cards(ids_of(slugs)[:MOST_COMPARED], today=today)


def _branches(card: ClinicCard) -> tuple[tuple[str, str, str], ...]:
    """The same company's other clinics, by CVR number."""
    if not card.cvr:
        return ()
    same = Clinic.objects.published().filter(cvr=card.cvr).exclude(pk=card.id)
    rows = same.values_list("slug", "name", "postcode_id", "postcode__name")[:20]
    return tuple((slug, name, f"{postcode} {city}") for slug, name, postcode, city in rows)


_WAIT_COLUMNS = [f"wait_{kind}__{name}" for kind in _WAITS for name in ("waiting_days", "as_of", "source")]
_COLUMNS = (*_PLAIN, *_JOINED.values(), "languages", "insurers", *_WAIT_COLUMNS)


def _clinic_query(ids: Sequence[int]) -> Any:
    """Clinics with their postcode and both waiting times."""
    queryset: Any = Clinic.objects.all()
    for kind in _WAITS:
        condition = Q(waiting_times__kind=kind)
        queryset = queryset.annotate(**{f"wait_{kind}": FilteredRelation("waiting_times", condition=condition)})
    return queryset.order_by().filter(pk__in=ids).values_list(*_COLUMNS)


_CLINICS = Prepared(Clinic, _clinic_query)
_PRICES = Prepared(Price, lambda ids: Price.objects.filter(clinic__pk__in=ids).values_list("clinic_id", *_PRICE_FIELDS))
_TOPICS = Prepared(
    ClinicTopic, lambda ids: ClinicTopic.objects.filter(clinic__pk__in=ids).values_list("clinic_id", "topic_id")
)
_FACTS = Prepared(Fact, lambda ids: Fact.objects.filter(clinic__pk__in=ids).values_list("clinic_id", *_FACT_FIELDS))
_TEAM = Prepared(
    TeamMember,
    lambda ids: TeamMember.objects.filter(clinic__in=ids).values_list("name", "title", "authorisation_id"),
)


def _clinic_rows(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in _CLINICS(ids)}


class _Parts:
    """The rows that belong to a page of clinics, by clinic: four queries."""

    def __init__(self, ids: list[int], today: dt.date) -> None:
        self.prices: dict[int, list[PriceRow]] = defaultdict(list)
        self.topics: dict[int, set[int]] = defaultdict(set)
        self.facts: dict[int, dict[str, Provenance]] = defaultdict(dict)
        for pk, *price in _PRICES(ids):
            self.prices[pk].append(PriceRow(*price))
        for pk, topic_id in _TOPICS(ids):
            self.topics[pk].add(topic_id)
        for pk, name, source, how, confirmed_on in _FACTS(ids):
            self.facts[pk][name] = Provenance(source, how, confirmed_on)
        self.weeks = weeks_of(ids, today=today)


def _week_query(ids: Sequence[int] | None, today: dt.date) -> Any:
    """Hours (without dates) and the exceptions that are not over (with them)."""
    none_day, none_text = Cast(Value(None), DateField()), Cast(Value(None), TextField())
    columns = ("clinic_id", "weekday", "opens", "closes")
    hours = OpeningHours.objects.order_by().annotate(first=none_day, last=none_day, words=none_text)
    special = OpeningException.objects.order_by().annotate(by_appointment=Value(False))
    special = special.filter(Q(last_day__gte=today) | Q(is_yearly=True))
    if ids is not None:
        hours, special = hours.filter(clinic__pk__in=ids), special.filter(clinic__pk__in=ids)
    return hours.values_list(*columns, "by_appointment", "first", "last", "words", "as_usual").union(
        special.values_list(*columns, "by_appointment", "first_day", "last_day", "note", "is_yearly"), all=True
    )


_WEEKS = Prepared(OpeningHours, _week_query)


def weeks_of(ids: Iterable[int] | None = None, *, today: dt.date) -> dict[int, Week]:
    """The weeks of the clinics (of all when ids is None), with the exceptions that are not over. One query."""
    rows = _week_query(None, today) if ids is None else _WEEKS([*ids], today)
    found: dict[int, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for pk, weekday, opens, closes, by_appointment, first, last, words, flag in rows:
        usual, exceptions = found[pk]
        if first is None:
            usual.append((weekday, opens, closes, by_appointment, flag))
        else:
            exceptions.append((first, last, opens, closes, words, weekday, flag))
    return {pk: week_from_rows(usual, exceptions) for pk, (usual, exceptions) in found.items()}


def _card(row: dict[str, Any], parts: _Parts, tariffs: dict[str, TariffRow], today: dt.date) -> ClinicCard:
    pk = row["id"]
    prices = tuple(parts.prices[pk])
    first, follow_up = (
        price_answer(service, rows=prices, agreement=row["agreement"], tariffs=tariffs, today=today)
        for service in (Service.FIRST, Service.FOLLOW_UP)
    )
    return ClinicCard(
        **{name: row[name] for name in _PLAIN},
        **{name: row[column] for name, column in _JOINED.items()},
        languages=None if row["languages"] is None else tuple(row["languages"]),
        insurers=None if row["insurers"] is None else tuple(row["insurers"]),
        week=parts.weeks.get(pk, Week()),
        prices=prices,
        first_price=first,
        follow_up_price=follow_up,
        wait=_wait(row, WaitKind.GENERAL),
        wait_vederlagsfri=_wait(row, WaitKind.VEDERLAGSFRI),
        topic_ids=frozenset(parts.topics[pk]),
        facts=parts.facts[pk],
    )


def _wait(row: dict[str, Any], kind: str) -> Wait | None:
    days = row[f"wait_{kind}__waiting_days"]
    return None if days is None else Wait(kind, days, row[f"wait_{kind}__as_of"], row[f"wait_{kind}__source"])
