"""Changes of many clinics at once: what rename, update_clinic, replace_prices and replace_hours do to each of them, by
the same rule of who wins and into the same ledger, in a handful of queries for a batch.

Everything is worked out in memory first, so that an edit that is refused leaves nothing behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.clinics import ledger, rows, validation
from fysfinder.clinics.actions import bump_version
from fysfinder.clinics.attributes import is_known
from fysfinder.clinics.history import history_of, write_history
from fysfinder.clinics.models import Clinic, ClinicSlug, Fact, OpeningException, OpeningHours, PastFact, Price
from fysfinder.clinics.opening import PUBLIC_HOLIDAYS, Day, SpecialDays
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Origin, accepted, fact_of, is_news, write_facts
from fysfinder.clinics.slugs import Wish, free_slugs
from fysfinder.clinics.tags import area_tag, clinic_tag, tags_of

BATCH = 500
_Rows = dict[type[Model], list[tuple[Any, ...]]]
_Wanted = dict[type[Model], list[Any]]


@dataclass(frozen=True, slots=True)
class Edit:
    """What an origin says of one clinic; None: it says nothing of that. Rows are whole, as in actions."""

    clinic_id: int
    origin: Origin
    name: str | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    prices: Sequence[PriceRow] | None = None
    hours: Sequence[Day] | None = None
    exceptions: Sequence[SpecialDays] | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """By the clinic's id: why its edit was refused, of which nothing is written; and the PastFacts its edit made."""

    refused: Mapping[int, ValidationError]
    past_ids: Mapping[int, list[int]]


def change_clinics(*, edits: Sequence[Edit]) -> Changed:
    """At most one edit a clinic."""
    works: list[_Work] = []
    refused: dict[int, ValidationError] = {}
    with transaction.atomic():
        held = _load([edit.clinic_id for edit in edits])
        for edit in edits:
            try:
                works.append(_Work(edit, *held[edit.clinic_id]))
            except ValidationError as error:
                refused[edit.clinic_id] = error
        renamed = [work for work in works if work.name]
        wishes = [Wish(work.name, work.clinic.postcode.name, work.clinic.pk) for work in renamed]
        for work, slug in zip(renamed, free_slugs(wishes) if wishes else (), strict=True):
            work.rename(slug)
        for work in works:
            work.update()
            work.replace()
        _write([work for work in works if work.is_touched])
    return Changed(refused, {work.clinic.pk: [past.pk for past in work.past] for work in works if work.past})


def _load(pks: Sequence[int]) -> dict[int, tuple[Clinic, dict[str, Fact], _Rows]]:
    """The clinics, locked, with what is known of them."""
    clinics = Clinic.objects.select_for_update(of=("self",)).select_related("postcode").filter(pk__in=pks)
    held: dict[int, tuple[Clinic, dict[str, Fact], _Rows]] = {
        clinic.pk: (clinic, {}, defaultdict(list)) for clinic in clinics.order_by("pk")
    }
    for fact in Fact.objects.filter(clinic_id__in=pks):
        held[fact.clinic_id][1][fact.name] = fact
    for model in (Price, OpeningHours, OpeningException):
        manager: Any = model._default_manager
        found = manager.filter(clinic_id__in=pks).order_by().values_list("clinic_id", *rows.columns_of(model))
        for pk, *row in found:
            held[pk][2][model].append(tuple(row))
    return held


class _Work:
    """One edit worked out on the clinic in memory; what is to be written stands in the attributes."""

    def __init__(self, edit: Edit, clinic: Clinic, facts: dict[str, Fact], held_rows: _Rows) -> None:
        """Raises ValidationError before anything is worked out."""
        self.origin, self.clinic, self.facts, self.held_rows = edit.origin, clinic, facts, held_rows
        if "name" in edit.changes:
            raise ValidationError({"name": _("Et nyt navn gives for sig.")})
        name = "" if edit.name is None else validation.checked({"name": edit.name})["name"]
        self.name = name if self._may("name") else ""
        self.values = validation.checked(edit.changes)
        self.wanted: dict[str, _Wanted] = {}
        if edit.prices is not None and self._may("prices"):
            self.wanted["prices"] = {Price: rows.price_rows(clinic, edit.prices, edit.origin)}
        if (week := self._hours(edit)) and self._may("hours"):
            self.wanted["hours"] = week
        self.before = {fact: self._rows_of(fact) for fact in self.wanted}
        self.said: set[str] = set()
        self.forgotten: set[str] = set()
        self.past: list[PastFact] = []
        self.history: list[Mapping[str, Any]] = []
        self.rows: list[tuple[type[Model], list[Any]]] = []
        self.columns: set[str] = set()
        self.old_slug, self.was_in = clinic.slug, area_tag(clinic.lat, clinic.lon)
        self.is_touched = False  # by a value or only by a date

    def _may(self, fact: str) -> bool:
        return bool(accepted(self.facts, {fact}, self.origin))

    def _hours(self, edit: Edit) -> _Wanted:
        said: _Wanted = {} if edit.hours is None else {OpeningHours: self._week(edit.hours)}
        if edit.exceptions is not None:
            said[OpeningException] = rows.exception_rows(self.clinic, edit.exceptions)
        return said

    def _week(self, days: Sequence[Day]) -> list[OpeningHours]:
        """As replace_hours: a week of seven leaves what is said of public holidays and customary days."""
        said = rows.hour_rows(self.clinic, days)
        if len(days) == 7:
            names = rows.columns_of(OpeningHours)
            held = [dict(zip(names, row, strict=True)) for row in self.held_rows[OpeningHours]]
            said += [OpeningHours(clinic=self.clinic, **row) for row in held if row["weekday"] >= PUBLIC_HOLIDAYS]
        return said

    def rename(self, slug: str) -> None:
        if self.name != self.clinic.name:
            self._keep({"name": ledger.value_of(self.clinic, "name")})
        self._set({"name": self.name, "slug": slug})
        self._confirm({"name"})
        self.is_touched = True

    def update(self) -> None:
        clinic, facts = self.clinic, {fact_of(name) for name in self.values}
        allowed = accepted(self.facts, facts, self.origin)
        values = {name: value for name, value in self.values.items() if fact_of(name) in allowed}
        values |= validation.point_after_moving(clinic, values)
        changed = {name: value for name, value in values.items() if getattr(clinic, name) != value}
        self._keep({fact: ledger.value_of(clinic, fact) for fact in sorted({fact_of(name) for name in changed})})
        if changed:
            self._set(changed)
        known = {fact_of(name) for name, value in values.items() if is_known(value)} | (allowed & {"street"})
        self._confirm(known)
        self._forget(allowed - known)

    def replace(self) -> None:
        for fact, tables in self.wanted.items():
            says_other = any([self._replace(*table) for table in tables.items()])  # noqa: C419  # all of them, also after a True
            if says_other and not ledger.is_same(fact, self.before[fact], self._rows_of(fact)):
                self._keep({fact: self.before[fact]})
            is_news = self._confirm({fact}) if any(tables.values()) else self._forget({fact})
            if says_other or is_news:
                self.clinic.updated_at = timezone.now()
                self.columns.add("updated_at")
                self.is_touched = True

    def _replace(self, model: type[Model], wanted: list[Any]) -> bool:
        """Whether the rows say something else than before."""
        is_other, says_other = rows.compare_rows(model, self.held_rows[model], wanted)
        if is_other:
            self.rows.append((model, wanted))
            names = rows.columns_of(model)
            self.held_rows[model] = [tuple(getattr(row, name) for name in names) for row in wanted]
        return says_other

    def _rows_of(self, fact: str) -> ledger.Value:
        models = {"prices": (Price,), "hours": (OpeningHours, OpeningException)}[fact]
        return {model.__name__: ledger.plain_rows(self.held_rows[model]) for model in models}

    def _keep(self, values: Mapping[str, ledger.Value]) -> None:
        self.past += ledger.past_facts(self.clinic, values, self.facts, self.origin.source)

    def _set(self, values: Mapping[str, Any]) -> None:
        """And a row of the clinic's history, as saving it makes one."""
        for name, value in {**values, "updated_at": timezone.now()}.items():
            setattr(self.clinic, name, value)
            self.columns.add(name)
        self.history.append(history_of(self.clinic, "~"))
        self.is_touched = True

    def _confirm(self, facts: AbstractSet[str]) -> bool:
        news = {name for name in facts if name not in self.facts or is_news(self.origin, self.facts[name])}
        self.said |= news
        self.is_touched |= bool(news)
        return bool(news)

    def _forget(self, facts: AbstractSet[str]) -> bool:
        lost = facts & self.facts.keys()
        self.forgotten |= lost
        self.is_touched |= bool(lost)
        return bool(lost)


def _write(works: Sequence[_Work]) -> None:
    if not works:
        return
    for work in works:
        if work.clinic.slug != work.old_slug:
            ClinicSlug.objects.filter(clinic=work.clinic, slug=work.clinic.slug).delete()  # it takes back its own
            ClinicSlug.objects.create(clinic=work.clinic, slug=work.old_slug)
        if work.columns:
            columns = {name: getattr(work.clinic, name) for name in work.columns}
            Clinic.objects.filter(pk=work.clinic.pk).update(**columns)
    write_history(row for work in works for row in work.history)
    PastFact.objects.bulk_create((past for work in works for past in work.past), batch_size=BATCH)
    lost = [work.facts[name].pk for work in works for name in work.forgotten]
    Fact.objects.filter(pk__in=lost).delete()
    write_facts((work.clinic.pk, name, work.origin) for work in works for name in sorted(work.said))
    for model in (Price, OpeningHours, OpeningException):
        replaced = [(work.clinic.pk, wanted) for work in works for table, wanted in work.rows if table is model]
        manager: Any = model._default_manager
        manager.filter(clinic_id__in=[pk for pk, _wanted in replaced]).delete()
        manager.bulk_create((row for _pk, wanted in replaced for row in wanted), batch_size=BATCH)
    old = {tag for work in works for tag in (work.was_in, clinic_tag(work.old_slug))}
    bump_version(tags=old | tags_of([work.clinic for work in works]))
