"""The actions for many clinics at once: what add_clinic and a confirmation do, in a handful of queries for a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from fysfinder.base.text import slugify
from fysfinder.clinics import rows, validation
from fysfinder.clinics.actions import MAX_SLUG, bump_version
from fysfinder.clinics.attributes import is_known
from fysfinder.clinics.models import Clinic, ClinicSlug, Fact, OpeningHours, Price
from fysfinder.clinics.models.clinic import Precision
from fysfinder.clinics.opening import Day
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Origin, fact_of, wins

BATCH = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A clinic that may be added: its values are checked."""

    values: Mapping[str, Any]
    origin: Origin
    prices: tuple[PriceRow, ...] = ()
    hours: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Facts of a clinic that an origin says again, unchanged; services are those of its price list."""

    clinic_id: int
    names: frozenset[str]
    origin: Origin
    services: frozenset[str] = frozenset()


def draft_clinic(
    *, fields: Mapping[str, Any], origin: Origin, prices: Iterable[PriceRow] = (), hours: Sequence[Day] = ()
) -> Draft:
    """Checked as add_clinic does. Writes nothing. Raises ValidationError naming each field that cannot be."""
    missing = {name: _("Feltet må ikke være tomt.") for name in ("name", "postcode") if not fields.get(name)}
    if missing:
        raise ValidationError(missing)
    values = validation.checked(fields)
    if "lat" not in values or "lon" not in values:
        postcode = values["postcode"]
        values.update(lat=postcode.lat, lon=postcode.lon, precision=Precision.POSTCODE)
    draft = Draft(values, origin, tuple(prices), tuple(hours))
    rows.price_rows(Clinic(), draft.prices, origin)
    rows.hour_rows(Clinic(), draft.hours)
    return draft


def add_clinics(*, drafts: Sequence[Draft]) -> list[Clinic]:
    """The clinics of the drafts, in their order. All or none."""
    if not drafts:
        return []
    with transaction.atomic():
        slugs = _free_slugs([(draft.values["name"], draft.values["postcode"].name) for draft in drafts])
        wanted = [Clinic(slug=slug, **draft.values) for draft, slug in zip(drafts, slugs, strict=True)]
        clinics: list[Clinic] = bulk_create_with_history(wanted, Clinic, batch_size=BATCH)
        pairs = list(zip(clinics, drafts, strict=True))
        _create(Fact, (fact for clinic, draft in pairs for fact in _facts(clinic, draft)))
        _create(Price, (row for clinic, draft in pairs for row in rows.price_rows(clinic, draft.prices, draft.origin)))
        _create(OpeningHours, (row for clinic, draft in pairs for row in rows.hour_rows(clinic, draft.hours)))
        bump_version()
    return clinics


def _create(model: type[Model], made: Iterable[Any]) -> None:
    manager: Any = model._default_manager
    manager.bulk_create(made, batch_size=BATCH)


def _facts(clinic: Clinic, draft: Draft) -> Iterator[Fact]:
    names = {fact_of(name) for name, value in draft.values.items() if is_known(value)}
    names |= {"prices"} if draft.prices else set()
    names |= {"hours"} if any(day.state != "unknown" for day in draft.hours) else set()
    source, how, day = draft.origin.source, draft.origin.how, draft.origin.confirmed_on
    for name in sorted(names):
        yield Fact(clinic=clinic, name=name, source=source, how=how, confirmed_on=day)


def _free_slugs(named: Sequence[tuple[str, str]]) -> list[str]:
    """For (name, town): the name's slug; when it is or was another clinic's, with the town, then with a number."""
    starts = [
        tuple(slugify(text, max_length=MAX_SLUG - 5) or "klinik" for text in (name, f"{name} {town}"))
        for name, town in named
    ]
    taken = _taken({slug for pair in starts for slug in pair})
    free = []
    for plain, with_town in starts:
        slug = next((start for start in (plain, with_town) if start not in taken), None) or _numbered(with_town, taken)
        taken.add(slug)
        free.append(slug)
    return free


def _numbered(start: str, taken: set[str]) -> str:
    for first in count(2, 50):
        numbered = [f"{start}-{number}" for number in range(first, first + 50)]
        taken |= _taken(set(numbered))
        if slug := next((slug for slug in numbered if slug not in taken), None):
            return slug
    raise AssertionError("there is always a next number")


def _taken(slugs: set[str]) -> set[str]:
    tables = (Clinic.objects, ClinicSlug.objects)
    return {slug for table in tables for slug in table.filter(slug__in=slugs).values_list("slug", flat=True)}


def confirm_facts(*, said: Sequence[Said]) -> set[int]:
    """Date what is said again, where the origin may; the clinics of which something got another date or source."""
    with transaction.atomic():
        held: dict[int, dict[str, Fact]] = defaultdict(dict)
        for fact in Fact.objects.filter(clinic_id__in=[item.clinic_id for item in said]):
            held[fact.clinic_id][fact.name] = fact
        news, prices = [], []
        for item in said:
            for name in sorted(item.names):
                before = held[item.clinic_id].get(name)
                fact = _said(item, name)
                if before is None or (wins(item.origin, before) and _differs(before, fact)):
                    news.append(fact)
                    prices += [item] if name == "prices" else []
        if not news:
            return set()
        Fact.objects.bulk_create(
            news,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["clinic", "name"],
            update_fields=["source", "how", "confirmed_on"],
        )
        _date_prices(prices)
        bump_version()
    return {fact.clinic_id for fact in news}


def _said(item: Said, name: str) -> Fact:
    origin = item.origin
    return Fact(
        clinic_id=item.clinic_id, name=name, source=origin.source, how=origin.how, confirmed_on=origin.confirmed_on
    )


def _differs(before: Fact, after: Fact) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in ("source", "how", "confirmed_on"))


def _date_prices(items: Iterable[Said]) -> None:
    groups: dict[tuple[frozenset[str], Origin], list[int]] = defaultdict(list)
    for item in items:
        groups[item.services, item.origin].append(item.clinic_id)
    for (services, origin), clinic_ids in groups.items():
        Price.objects.filter(clinic_id__in=clinic_ids, service__in=services).update(
            source=origin.source, confirmed_on=origin.confirmed_on
        )
