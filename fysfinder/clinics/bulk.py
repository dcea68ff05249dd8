"""The actions for many clinics at once: what add_clinic and a confirmation do, in a handful of queries for a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from fysfinder.base.insert import insert_rows
from fysfinder.changes.actions import EVERYTHING, MOST_TAGS
from fysfinder.clinics import rows, validation
from fysfinder.clinics.actions import bump_version
from fysfinder.clinics.attributes import is_known
from fysfinder.clinics.history import history_of, write_history
from fysfinder.clinics.models import Clinic, Fact, OpeningException, OpeningHours, Price
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.opening import Day, SpecialDays
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Held, Origin, fact_of, is_news, wins, write_facts
from fysfinder.clinics.slugs import Wish, free_slugs
from fysfinder.clinics.tags import tags_of

BATCH = 500
_NOBODY = Clinic()  # rows are made for it only to see that they can be


@dataclass(frozen=True, slots=True)
class Draft:
    """A clinic that may be added: its values are checked."""

    values: Mapping[str, Any]
    origin: Origin
    prices: tuple[PriceRow, ...] = ()
    hours: tuple[Day, ...] = ()
    exceptions: tuple[SpecialDays, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Facts of a clinic that an origin says again, unchanged; services are those of its price list."""

    clinic_id: int
    names: frozenset[str]
    origin: Origin
    services: frozenset[str] = frozenset()


def draft_clinic(
    *,
    fields: Mapping[str, Any],
    origin: Origin,
    prices: Iterable[PriceRow] = (),
    hours: Sequence[Day] = (),
    exceptions: Iterable[SpecialDays] = (),
) -> Draft:
    """Checked as add_clinic does. Writes nothing. Raises ValidationError naming each field that cannot be."""
    missing = {name: _("Feltet må ikke være tomt.") for name in ("name", "postcode") if not fields.get(name)}
    if missing:
        raise ValidationError(missing)
    values = validation.checked(fields)
    if "lat" not in values or "lon" not in values:
        postcode = values["postcode"]
        values.update(lat=postcode.lat, lon=postcode.lon, precision=Precision.POSTCODE)
    draft = Draft(values, origin, tuple(prices), tuple(hours), tuple(exceptions))
    for model in DRAFTED:
        rows_of(draft, model)
    return draft


def add_clinics(*, drafts: Sequence[Draft]) -> list[Clinic]:
    """The clinics of the drafts, in their order. All or none."""
    if not drafts:
        return []
    with transaction.atomic():
        slugs = free_slugs([Wish(draft.values["name"], draft.values["postcode"].name) for draft in drafts])
        wanted = [Clinic(slug=slug, **draft.values) for draft, slug in zip(drafts, slugs, strict=True)]
        clinics: list[Clinic] = Clinic.objects.bulk_create(wanted, batch_size=BATCH)
        write_history(history_of(clinic, "+") for clinic in clinics)
        pairs = list(zip(clinics, drafts, strict=True))
        write_facts((clinic.pk, name, draft.origin) for clinic, draft in pairs for name in sorted(facts_of(draft)))
        for model in DRAFTED:
            names = ("clinic_id", *rows.columns_of(model))
            insert_rows(model, names, ((clinic.pk, *row) for clinic, draft in pairs for row in rows_of(draft, model)))
        bump_version(tags=tags_of(clinics))
    return clinics


DRAFTED: tuple[type[Model], ...] = (Price, OpeningHours, OpeningException)


def rows_of(draft: Draft, model: type[Model]) -> list[tuple[Any, ...]]:
    """What of DRAFTED the draft says, in the order of rows.columns_of."""
    if model is OpeningHours:
        return [*rows.hour_values(draft.hours)]
    if model is OpeningException:
        return [*rows.exception_values(draft.exceptions)]
    names = rows.columns_of(Price)
    return [tuple(getattr(row, name) for name in names) for row in rows.price_rows(_NOBODY, draft.prices, draft.origin)]


def facts_of(draft: Draft) -> set[str]:
    """The facts a draft says something of."""
    names = {fact_of(name) for name, value in draft.values.items() if is_known(value)}
    names |= {"prices"} if draft.prices else set()
    is_open_said = draft.exceptions or any(day.state != "unknown" for day in draft.hours)
    return names | ({"hours"} if is_open_said else set())


def confirm_facts(*, said: Sequence[Said]) -> set[int]:
    """Date what is said again, where the origin may; the clinics of which something got another date or source."""
    with transaction.atomic():
        held: dict[int, dict[str, Held]] = defaultdict(dict)
        facts = Fact.objects.filter(clinic_id__in=[item.clinic_id for item in said])
        for clinic_id, *values in facts.values_list("clinic_id", *Held._fields):
            held[clinic_id][values[0]] = Held(*values)
        news: list[tuple[int, str, Origin]] = []
        prices = []
        for item in said:
            for name in sorted(item.names):
                before = held[item.clinic_id].get(name)
                if before is None or (wins(item.origin, before) and is_news(item.origin, before)):
                    news.append((item.clinic_id, name, item.origin))
                    prices += [item] if name == "prices" else []
        if not news:
            return set()
        write_facts(news)
        _date_prices(prices)
        dated = {pk for pk, _name, _origin in news}
        few = Clinic.objects.only("slug", "lat", "lon").filter(pk__in=dated) if len(dated) < MOST_TAGS else ()
        bump_version(tags=tags_of(few) if few else (EVERYTHING,))
    return dated


def _date_prices(items: Iterable[Said]) -> None:
    groups: dict[tuple[frozenset[str], Origin], list[int]] = defaultdict(list)
    for item in items:
        groups[item.services, item.origin].append(item.clinic_id)
    for (services, origin), clinic_ids in groups.items():
        Price.objects.filter(clinic_id__in=clinic_ids, service__in=services).update(
            source=origin.source, confirmed_on=origin.confirmed_on
        )
