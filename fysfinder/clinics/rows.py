"""The rows that hang under a clinic, made from the frozen shapes and replaced only when they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from fysfinder.base.text import one_line
from fysfinder.clinics.cards import TeamRow, Wait
from fysfinder.clinics.models import (
    Clinic,
    ClinicTopic,
    OpeningException,
    OpeningHours,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.clinics.models.offers import Service, WaitKind
from fysfinder.clinics.opening import Day, Interval, SpecialDays
from fysfinder.clinics.opening_rows import SpecialRow, UsualRow
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Origin

# What a row says; two lists that say the same differ at most in where they come from and when.
_CONTENT: Mapping[type[Model], tuple[str, ...]] = {
    Price: ("service", "topic_id", "low_ore", "high_ore", "minutes", "is_agreement_tariff"),
    OpeningHours: UsualRow._fields,
    OpeningException: SpecialRow._fields,
    ClinicTopic: ("topic_id",),
    WaitingTime: ("kind", "waiting_days", "as_of"),
    TeamMember: ("name", "title", "authorisation_id"),
}
_ORIGIN: Mapping[type[Model], tuple[str, ...]] = {Price: ("source", "confirmed_on"), WaitingTime: ("source",)}


def columns_of(model: type[Model]) -> tuple[str, ...]:
    """What a row says and where it comes from, without its clinic."""
    return (*_CONTENT[model], *_ORIGIN.get(model, ()))


def replace_rows(clinic: Clinic, model: type[Model], wanted: Sequence[Any]) -> bool:
    """Make the clinic's rows of the model the wanted ones; True when they said something else before."""
    manager: Any = model._default_manager
    before = list(manager.filter(clinic=clinic).order_by().values_list(*columns_of(model)))
    is_other, says_other = compare_rows(model, before, wanted)
    if is_other:
        manager.filter(clinic=clinic).delete()
        manager.bulk_create(wanted)
    return says_other


def compare_rows(model: type[Model], before: Iterable[tuple[Any, ...]], wanted: Sequence[Any]) -> tuple[bool, bool]:
    """Whether the wanted rows differ at all from those before (tuples of columns_of), and in what they say."""
    after = [tuple(getattr(row, name) for name in columns_of(model)) for row in wanted]
    held, width = sorted(before, key=repr), len(_CONTENT[model])
    says = [sorted((row[:width] for row in rows), key=repr) for rows in (held, after)]
    return held != sorted(after, key=repr), says[0] != says[1]


def price_rows(clinic: Clinic, prices: Iterable[PriceRow], origin: Origin) -> list[Price]:
    """Rows without a source or date of their own take the origin's. Raises ValidationError for an unknown service."""
    prices = list(prices)
    if any(price.service not in Service.values for price in prices):
        raise ValidationError({"prices": _("Ukendt ydelse.")})
    return [
        Price(
            clinic=clinic,
            service=price.service,
            topic_id=price.topic_id,
            low_ore=price.low_ore,
            high_ore=price.high_ore,
            minutes=price.minutes,
            is_agreement_tariff=price.is_agreement_tariff,
            source=price.source or origin.source,
            confirmed_on=price.confirmed_on or origin.confirmed_on,
        )
        for price in prices
    ]


def hour_rows(clinic: Clinic, days: Sequence[Day]) -> list[OpeningHours]:
    """hour_values as rows of the clinic."""
    return [OpeningHours(clinic=clinic, **row._asdict()) for row in hour_values(days)]


def hour_values(days: Sequence[Day]) -> list[UsualRow]:
    """Rows of a usual week: none for an unknown day, one without times for a closed one.

    Behind the seven days may stand the two switches: public holidays and customary days.
    """
    if len(days) not in {0, 7, 9} or any(day.is_usual for day in days[:7]):
        raise ValidationError({"hours": _("Ugen har syv dage.")})
    rows = []
    for weekday, day in enumerate(days):
        if day.is_usual:
            rows.append(UsualRow(weekday, None, None, False, as_usual=True))
        if day.state == "unknown":
            continue
        by_appointment = day.state == "by_appointment"
        if not day.intervals:
            rows.append(UsualRow(weekday, None, None, by_appointment))
        rows += [UsualRow(weekday, span.opens, span.closes, by_appointment) for span in day.intervals]
    return rows


def exception_rows(clinic: Clinic, exceptions: Iterable[SpecialDays]) -> list[OpeningException]:
    """exception_values as rows of the clinic."""
    return [OpeningException(clinic=clinic, **row._asdict()) for row in exception_values(exceptions)]


def exception_values(exceptions: Iterable[SpecialDays]) -> list[SpecialRow]:
    """Rows of exceptions: closed, or one row per interval."""
    rows = []
    for special in exceptions:
        if special.day.state not in {"open", "closed"}:
            raise ValidationError({"hours": _("En særlig dag er enten åben eller lukket.")})
        spans: Sequence[Interval | None] = special.day.intervals or (None,)
        rows += [
            SpecialRow(
                first_day=special.first_day,
                last_day=special.last_day,
                opens=span.opens if span else None,
                closes=span.closes if span else None,
                note=one_line(special.day.note, max_length=80),
                weekday=special.weekday,
                is_yearly=special.is_yearly,
            )
            for span in spans
        ]
    return rows


def topic_rows(clinic: Clinic, topics: Iterable[int]) -> list[ClinicTopic]:
    return [ClinicTopic(clinic=clinic, topic_id=topic) for topic in dict.fromkeys(topics)]


def waiting_rows(clinic: Clinic, waiting: Iterable[Wait]) -> list[WaitingTime]:
    """At most one row per kind. Raises ValidationError otherwise."""
    waits = list(waiting)
    kinds = [wait.kind for wait in waits]
    if len(set(kinds)) != len(kinds) or any(kind not in WaitKind.values for kind in kinds):
        raise ValidationError({"waiting": _("Højst én ventetid for hver slags.")})
    return [
        WaitingTime(clinic=clinic, kind=wait.kind, waiting_days=wait.days, as_of=wait.as_of, source=wait.source)
        for wait in waits
    ]


def team_rows(clinic: Clinic, team: Iterable[TeamRow]) -> list[TeamMember]:
    return [
        TeamMember(
            clinic=clinic,
            name=one_line(person.name, max_length=120),
            title=one_line(person.title, max_length=120),
            authorisation_id=person.authorisation_id,
        )
        for person in team
    ]
