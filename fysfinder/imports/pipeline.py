"""The one way in: read → record → match → apply through clinics.actions → what became another.

A run is one transaction. A dry run does the same and takes it back, so its difference is the true one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from fysfinder.clinics.actions import Origin, add_clinic, rename, replace_hours, replace_prices, update_clinic
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.clinic import Precision, Status
from fysfinder.clinics.models.facts import How
from fysfinder.clinics.prices import PriceRow
from fysfinder.imports.difference import Snapshot, differences, snapshot
from fysfinder.imports.matching import Matcher
from fysfinder.imports.models import ImportRun, MatchQuestion, RunChange, SourceRow
from fysfinder.imports.record import Problem, RawRow, Record, Source
from fysfinder.imports.result import Change, Result
from fysfinder.imports.scoring import Verdict
from fysfinder.imports.states import State, difference, row_state, state_of
from fysfinder.imports.suggestions import suggest
from fysfinder.places.queries import Gazetteer, gazetteer
from fysfinder.tariffs.models import Tariff


def import_clinics(
    *, source: Source, path: Path, today: dt.date, confirmed_on: dt.date | None = None, is_dry_run: bool = False
) -> Result:
    """Apply the file. confirmed_on is the day it was true: the same file keeps its first day, a new one has its own.

    Raises BrokenFileError (nothing is changed) or OSError.
    """
    data = path.read_bytes()
    reading = source.read(data)
    file_hash = hashlib.sha256(data).hexdigest()
    places = gazetteer(today)
    with transaction.atomic():
        earlier = ImportRun.objects.filter(source=source.name, file_hash=file_hash).order_by("pk").last()
        day = confirmed_on or _day_of(earlier) or _changed_on(path, today)
        run = _Run(source, places, Origin(source.label, How.IMPORT, day))
        result = run.apply(reading.rows)
        result.confirmed_on, result.is_dated_by_file = day, not confirmed_on and not _day_of(earlier)
        result.remarks += reading.remarks
        if run.has_written or earlier is None:
            counts = {**result.counts(), "confirmed_on": day.isoformat()}
            row = ImportRun(source=source.name, file_name=path.name[:200], file_hash=file_hash, counts=counts)
            row.save()
            run.keep_rows(row)
        if is_dry_run:
            transaction.set_rollback(True)
    return result


def _changed_on(path: Path, today: dt.date) -> dt.date:
    """The day the file was last changed: what it says was true then, whenever it is imported."""
    changed_at = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    return min(changed_at.date(), today)


def _day_of(run: ImportRun | None) -> dt.date | None:
    text = run.counts.get("confirmed_on") if run else None
    return dt.date.fromisoformat(text) if text else None


class _Run:
    """One file on its way in."""

    def __init__(self, source: Source, places: Gazetteer, origin: Origin) -> None:
        self.source, self.places, self.origin = source, places, origin
        self.matcher = Matcher(source.name)
        self.result = Result()
        self.has_written = False
        self._seen: dict[str, int] = {}  # source_id → row
        self._taken: dict[int, int] = {}  # clinic → row
        self._kept: list[tuple[Record, list[Problem], SourceRow | None, Clinic | None]] = []
        self._changes: list[RunChange] = []
        self._asked: dict[str, tuple[tuple[Clinic, Verdict], ...]] = {}
        self._tariffs = set(Tariff.objects.filter(speciality=51).values_list("service", "full_ore"))

    def apply(self, rows: Iterable[RawRow]) -> Result:
        records = [self.source.to_record(raw, self.places) for raw in rows]
        self.matcher.see({record.source_id for record in records})
        for record in records:
            self.result.rows += 1
            problems = list(record.problems)
            row, clinic = self._apply_one(record, problems)
            self._kept.append((record, problems, row, clinic))
            self.result.problems += problems
        known = {row.pk for _, _, row, _ in self._kept if row}
        self.result.gone = sorted(
            row.clinic.name for row in self.matcher.rows.values() if row.clinic and row.pk not in known
        )
        return self.result

    def _apply_one(self, record: Record, problems: list[Problem]) -> tuple[SourceRow | None, Clinic | None]:
        def leave_out(column: str, value: str, message: str) -> None:
            problems.append(Problem(record.row, column, value, message))
            self.result.left_out += 1

        first = self._seen.setdefault(record.source_id, record.row)
        if first != record.row:
            leave_out("*", record.name, f"is the same clinic as row {first}: the row is left out")
            return None, None
        match = self.matcher.match(record, self._taken)
        row, clinic = match.row, match.clinic
        if match.asked:
            self._asked[record.source_id] = match.asked
            names = "; ".join(f"{found.slug} ({', '.join(verdict.reasons)})" for found, verdict in match.asked)
            leave_out("*", record.name, f"may be a clinic we have, a person must say: {names}")
            return row, None
        while clinic and clinic.merged_into:
            clinic = clinic.merged_into
        if clinic and clinic.status == Status.CLOSED:
            leave_out("*", record.name, "is closed in the directory: the row is left out")
            return row, clinic
        if clinic and self._taken.setdefault(clinic.pk, record.row) != record.row:
            leave_out("*", record.name, f"is the same clinic as row {self._taken[clinic.pk]}: the row is left out")
            return row, None
        if clinic is None and self.source.is_suggestion:
            leave_out("*", record.name, "is not in the directory: kept as a suggestion")
            return row, None
        if not record.name or (clinic is None and record.location is None):
            self.result.left_out += 1  # the record says why
            return row, clinic
        try:
            with transaction.atomic():
                clinic = self._update(clinic, record, row) if clinic else self._add(record)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                leave_out(name, str(record.facts.get(name, "")), "; ".join(messages))
            return row, None
        return row, clinic

    def _add(self, record: Record) -> Clinic:
        assert record.location is not None
        fields = {**record.facts, "name": record.name, **_location(record)}
        clinic = add_clinic(fields=fields, origin=self._origin(record), prices=self._prices(record), hours=record.week)
        self._taken[clinic.pk] = record.row
        self.matcher.learn(clinic)
        self._note(record, clinic, None)
        return clinic

    def _update(self, clinic: Clinic, record: Record, row: SourceRow | None) -> Clinic:
        before, state, origin = snapshot(clinic), state_of(clinic), self._origin(record)
        if self.source.is_suggestion:
            suggest(clinic=clinic, record=record, origin=origin)
            self._note(record, clinic, before, state)
            return clinic
        earlier = self._earlier(row)
        withdrawn = set(earlier.facts) - set(record.facts) if earlier else set()
        changes: dict[str, Any] = dict(record.facts)
        changes |= {name: "" if isinstance(getattr(clinic, name), str) else None for name in withdrawn}
        if record.location and _has_moved(clinic, record):
            changes |= _location(record)
        if clinic.name != record.name:
            rename(clinic=clinic, name=record.name, origin=origin)
        update_clinic(clinic=clinic, changes=changes, origin=origin)
        services = {price.service for price in (*record.prices, *(earlier.prices if earlier else ()))}
        if services:
            kept = [_as_price(price) for price in clinic.prices.exclude(service__in=services)]
            replace_prices(clinic=clinic, prices=[*self._prices(record), *kept], origin=origin)
        if record.week or (earlier and earlier.week):
            replace_hours(clinic=clinic, hours=record.week, origin=origin)
        self._note(record, clinic, before, state)
        return clinic

    def _origin(self, record: Record) -> Origin:
        """The row's own day when it has one: 'checked on the spot on …'."""
        return replace(self.origin, confirmed_on=record.confirmed_on) if record.confirmed_on else self.origin

    def _earlier(self, row: SourceRow | None) -> Record | None:
        """What the row said in the run before: a fact it no longer states is taken back."""
        if row is None:
            return None
        try:
            return self.source.to_record(RawRow(0, row.raw), self.places)
        except KeyError:  # kept by a version of the source with other columns
            return None

    def _note(self, record: Record, clinic: Clinic, before: Snapshot | None, state: State | None = None) -> None:
        old, new = difference(state or {}, state_of(clinic))
        if new:
            self._changes.append(RunChange(table="clinic", object_id=clinic.pk, before=state and old, after=new))
            self.has_written = True
        found = tuple(differences(before, snapshot(clinic)))
        if before is None or found:
            self.result.changes.append(Change(record.row, clinic.name, before is None, found))
        else:
            self.result.unchanged += 1

    def _prices(self, record: Record) -> list[PriceRow]:
        """An amount of an agreement clinic that is a known full tariff is marked as that."""
        is_under_agreement = record.facts.get("agreement") is True
        return [
            PriceRow(
                price.service,
                price.low_ore,
                price.high_ore,
                is_agreement_tariff=is_under_agreement
                and price.low_ore == price.high_ore
                and (price.service, price.low_ore) in self._tariffs,
            )
            for price in record.prices
        ]

    def keep_rows(self, run: ImportRun) -> None:
        """The raw rows as they came, with what of them could not be read."""
        for record, problems, row, clinic in self._kept:
            if self._seen[record.source_id] != record.row:
                continue
            row = row or self._row_of(clinic) or SourceRow(source=self.source.name)
            before = row_state(row) if row.pk else None
            row.source_id = record.source_id[:200]
            row.raw = dict(record.cells)
            row.problems = [problem.as_json() for problem in problems]
            row.clinic, row.last_run = clinic, run
            row.save()
            if before != row_state(row):
                self._changes.append(RunChange(table="row", object_id=row.pk, before=before, after=row_state(row)))
            self._keep_questions(record)
        for change in self._changes:
            change.run = run
        RunChange.objects.bulk_create(self._changes, batch_size=500)

    def _keep_questions(self, record: Record) -> None:
        """Open questions follow the latest run; answered ones are left as they are."""
        for clinic, verdict in self._asked.get(record.source_id, ()):
            question, _is_new = MatchQuestion.objects.get_or_create(
                source=self.source.name,
                source_id=record.source_id[:200],
                clinic=clinic,
                defaults={"raw": dict(record.cells), "score": verdict.score, "reasons": list(verdict.reasons)},
            )
            if not question.answer:
                question.raw, question.score = dict(record.cells), verdict.score
                question.reasons = list(verdict.reasons)
                question.save(update_fields=["raw", "score", "reasons"])

    def _row_of(self, clinic: Clinic | None) -> SourceRow | None:
        """The row the clinic had under an older key, when no row of this file has that key."""
        if clinic is None:
            return None
        rows = (row for key, row in self.matcher.rows.items() if key not in self._seen)
        return next((row for row in rows if row.clinic_id == clinic.pk), None)


def _location(record: Record) -> dict[str, Any]:
    assert record.location is not None
    where = record.location
    precision = Precision.EXACT if where.is_point_exact else Precision.POSTCODE
    return {"postcode": where.postcode, "lat": where.lat, "lon": where.lon, "precision": precision}


def _has_moved(clinic: Clinic, record: Record) -> bool:
    """A guessed postcode never replaces one we have; a stated one, or another street, does."""
    assert record.location is not None
    if clinic.street != record.facts.get("street", clinic.street):
        return True
    return record.location.is_stated and clinic.postcode_id != record.location.postcode


def _as_price(price: Any) -> PriceRow:
    return PriceRow(
        price.service,
        price.low_ore,
        price.high_ore,
        topic_id=price.topic_id,
        minutes=price.minutes,
        is_agreement_tariff=price.is_agreement_tariff,
        source=price.source,
        confirmed_on=price.confirmed_on,
    )
