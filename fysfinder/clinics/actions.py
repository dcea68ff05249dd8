"""Writing clinics: every change in one transaction with its provenance, and the directory's version moved on.

Who wins when two disagree about a fact is said in provenance.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.changes.actions import EVERYTHING, record_change
from fysfinder.clinics import ledger, rows, validation
from fysfinder.clinics.attributes import is_known
from fysfinder.clinics.cards import TeamRow, Wait
from fysfinder.clinics.models import (
    Clinic,
    ClinicSlug,
    ClinicTopic,
    DirectoryVersion,
    OpeningException,
    OpeningHours,
    Price,
    TeamMember,
    WaitingTime,
)
from fysfinder.clinics.models.clinic import Precision, Status
from fysfinder.clinics.opening import PUBLIC_HOLIDAYS, Day, SpecialDays
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Origin, accepted, confirm, fact_of, forget, held_facts
from fysfinder.clinics.slugs import Wish, free_slugs
from fysfinder.clinics.tags import area_tag, clinic_tags

__all__ = ["Origin"]


def add_clinic(
    *,
    fields: Mapping[str, Any],
    origin: Origin,
    prices: Iterable[PriceRow] = (),
    hours: Sequence[Day] = (),
    topics: Iterable[int] = (),
    waiting: Iterable[Wait] = (),
    team: Iterable[TeamRow] = (),
    exceptions: Iterable[SpecialDays] = (),
) -> Clinic:
    """A new clinic. fields: names of Clinic's columns; name and postcode (four digits or a row) must be there.

    Without lat and lon it stands in the middle of its postcode. hours is seven days, Monday first; topics are ids.
    Raises ValidationError naming each field that cannot be.
    """
    missing = {name: _("Feltet må ikke være tomt.") for name in ("name", "postcode") if not fields.get(name)}
    if missing:
        raise ValidationError(missing)
    values = validation.checked(fields)
    if "lat" not in values or "lon" not in values:
        postcode = values["postcode"]
        values.update(lat=postcode.lat, lon=postcode.lon, precision=Precision.POSTCODE)
    with transaction.atomic():
        [slug] = free_slugs([Wish(values["name"], values["postcode"].name)])
        clinic = Clinic.objects.create(slug=slug, **values)
        confirm(clinic, {fact_of(name) for name, value in values.items() if is_known(value)}, origin)
        replace_prices(clinic=clinic, prices=prices, origin=origin)
        replace_hours(clinic=clinic, hours=hours, exceptions=exceptions, origin=origin)
        replace_topics(clinic=clinic, topics=topics, origin=origin)
        replace_waiting(clinic=clinic, waiting=waiting, origin=origin)
        replace_team(clinic=clinic, team=team, origin=origin)
        bump_version(tags=clinic_tags(clinic))
    return clinic


def update_clinic(*, clinic: Clinic, changes: Mapping[str, Any], origin: Origin) -> bool:
    """Set what the origin says and date it; True when a value became another. A new name goes through rename.

    Facts a stronger origin holds are left alone. What is said again unchanged gets the new date. Fields that are not
    in changes stay, with their provenance; None or '' says that the fact is unknown now. A new address without a point
    moves the point to the middle of its postcode.
    Raises ValidationError naming each wrong field.
    """
    if "name" in changes:
        raise ValidationError({"name": _("Et nyt navn gives for sig.")})
    values = validation.checked(changes)
    with transaction.atomic():
        locked = Clinic.objects.select_for_update().get(pk=clinic.pk)
        facts = {fact_of(name) for name in values}
        held = held_facts(locked, facts)
        allowed = accepted(held, facts, origin)
        was_in = area_tag(locked.lat, locked.lon)
        values = {name: value for name, value in values.items() if fact_of(name) in allowed}
        values |= validation.point_after_moving(locked, values)
        changed = [name for name, value in values.items() if getattr(locked, name) != value]
        past = {fact: ledger.value_of(locked, fact) for fact in sorted({fact_of(name) for name in changed})}
        ledger.keep(locked, past, held, origin.source)
        for name in changed:
            setattr(locked, name, values[name])
        if changed:
            locked.save(update_fields=[*changed, "updated_at"])
        known = {fact_of(name) for name, value in values.items() if is_known(value)}
        known |= allowed & {"street"}  # a clinic always stands somewhere
        if confirm(locked, known, origin) | forget(locked, allowed - known) | bool(changed):
            bump_version(tags={was_in, *clinic_tags(locked)})
    clinic.refresh_from_db()
    return bool(changed)


def replace_prices(*, clinic: Clinic, prices: Iterable[PriceRow], origin: Origin) -> bool:
    """The clinic's whole price list. True when it became another; False also when a stronger origin holds it."""
    return _replace(clinic, "prices", origin, lambda: [(Price, rows.price_rows(clinic, prices, origin))])


def replace_hours(
    *, clinic: Clinic, hours: Sequence[Day], origin: Origin, exceptions: Iterable[SpecialDays] | None = None
) -> bool:
    """The usual week (seven days, Monday first) and the exceptions; None keeps the exceptions there are.

    Behind the seven days may stand what is said of public holidays and of customary days; without them both stay.
    """

    def wanted() -> _Wanted:
        said = rows.hour_rows(clinic, hours)
        if len(hours) == 7:
            said += [*OpeningHours.objects.filter(clinic=clinic, weekday__gte=PUBLIC_HOLIDAYS)]
        week: _Wanted = [(OpeningHours, said)]
        if exceptions is None:
            return week
        return [*week, (OpeningException, rows.exception_rows(clinic, exceptions))]

    return _replace(clinic, "hours", origin, wanted)


def replace_topics(*, clinic: Clinic, topics: Iterable[int], origin: Origin) -> bool:
    """All the topics (ids) the clinic says it offers."""
    return _replace(clinic, "topics", origin, lambda: [(ClinicTopic, rows.topic_rows(clinic, topics))])


def replace_waiting(*, clinic: Clinic, waiting: Iterable[Wait], origin: Origin) -> bool:
    """The waiting times, at most one per kind."""
    return _replace(clinic, "waiting", origin, lambda: [(WaitingTime, rows.waiting_rows(clinic, waiting))])


def replace_team(*, clinic: Clinic, team: Iterable[TeamRow], origin: Origin) -> bool:
    """Who works there."""
    return _replace(clinic, "team", origin, lambda: [(TeamMember, rows.team_rows(clinic, team))])


_Wanted = list[tuple[type[Model], Sequence[Any]]]


def _replace(clinic: Clinic, fact: str, origin: Origin, wanted: Callable[[], _Wanted]) -> bool:
    with transaction.atomic():
        Clinic.objects.select_for_update().get(pk=clinic.pk)  # two writers of one clinic take turns
        held = held_facts(clinic, {fact})
        if not accepted(held, {fact}, origin):
            return False
        tables, before = wanted(), ledger.value_of(clinic, fact)
        tags = clinic_tags(clinic) if fact == "topics" else set()
        outcomes = [rows.replace_rows(clinic, model, new) for model, new in tables]  # all of them, also after a True
        changed = any(outcomes)
        if changed and not ledger.is_same(fact, before, ledger.value_of(clinic, fact)):
            ledger.keep(clinic, {fact: before}, held, origin.source)
        is_said = any(new for _, new in tables)
        if changed | (confirm(clinic, {fact}, origin) if is_said else forget(clinic, {fact})):
            Clinic.objects.filter(pk=clinic.pk).update(updated_at=timezone.now())
            bump_version(tags=tags | clinic_tags(clinic))
    return changed


def rename(*, clinic: Clinic, name: str, origin: Origin) -> Clinic:
    """A new name and, when that gives another slug, a new address; the old one answers 301 for ever."""
    value = validation.checked({"name": name})["name"]
    with transaction.atomic():
        locked = Clinic.objects.select_for_update().get(pk=clinic.pk)
        held = held_facts(locked, {"name"})
        if accepted(held, {"name"}, origin):
            tags = clinic_tags(locked)
            if value != locked.name:
                ledger.keep(locked, {"name": ledger.value_of(locked, "name")}, held, origin.source)
            [slug] = free_slugs([Wish(value, locked.postcode.name, locked.pk)])
            if slug != locked.slug:
                ClinicSlug.objects.filter(clinic=locked, slug=slug).delete()  # it takes back one of its own
                ClinicSlug.objects.create(clinic=locked, slug=locked.slug)
            locked.name, locked.slug = value, slug
            locked.save(update_fields=["name", "slug", "updated_at"])
            confirm(locked, {"name"}, origin)
            bump_version(tags=tags | clinic_tags(locked))
    clinic.refresh_from_db()
    return clinic


def close_clinic(*, clinic: Clinic) -> None:
    """Closed for good: out of search, and its page says so."""
    _set_status(clinic, Status.CLOSED, None)


def reopen_clinic(*, clinic: Clinic) -> None:
    """Back in the directory; also how a merge is undone."""
    _set_status(clinic, Status.ACTIVE, None)


def merge_clinic(*, clinic: Clinic, into: Clinic) -> None:
    """This one's address leads to the other from now on. Its rows are kept; facts are joined in merging.py."""
    target: Clinic | None = into
    while target is not None:
        if target.pk == clinic.pk:
            raise ValidationError({"merged_into": _("En klinik kan ikke lægges sammen med sig selv.")})
        target = target.merged_into
    _set_status(clinic, Status.MERGED, into)


def _set_status(clinic: Clinic, status: Status, merged_into: Clinic | None) -> None:
    with transaction.atomic():
        locked = Clinic.objects.select_for_update().get(pk=clinic.pk)
        locked.status, locked.merged_into = status, merged_into
        locked.save(update_fields=["status", "merged_into", "updated_at"])
        bump_version(tags=clinic_tags(locked))
    clinic.refresh_from_db()


def bump_version(*, tags: Iterable[str] = (EVERYTHING,)) -> None:
    """Move the directory's version on, and say which pages are old. Call it inside the transaction that wrote."""
    DirectoryVersion.objects.get_or_create(pk=1)
    DirectoryVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())
    record_change(tags=tags)
