"""A batch of a file's rows applied: matched first, then added and changed, then kept with what they did.

Inside the caller's transaction. Reads and writes go by the batch, not by the row, through clinics.bulk and
clinics.bulk_changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from fysfinder.clinics.bulk import Draft, Said, add_clinics, confirm_facts, draft_clinic
from fysfinder.clinics.bulk_changes import Edit, change_clinics
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.clinic import Precision, Status
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import Origin, fact_of
from fysfinder.imports.difference import differences, snapshot
from fysfinder.imports.identity import Identity
from fysfinder.imports.kept import Kept, Noted, keep_rows, note_changes
from fysfinder.imports.matching import Matcher, identity_of_record
from fysfinder.imports.models import ImportRun, RunChange, SourceRow
from fysfinder.imports.record import Problem, RawRow, Record, Source
from fysfinder.imports.result import Change, Result
from fysfinder.imports.sameness import has_moved, says_the_same
from fysfinder.imports.states import State, difference, prices_of, state_of_new, states_of
from fysfinder.imports.suggestions import suggestion
from fysfinder.places.models import Postcode
from fysfinder.places.queries import Gazetteer
from fysfinder.tariffs.models import Tariff


@dataclass
class Context:
    """What the batches of one file share."""

    source: Source
    places: Gazetteer
    origin: Origin
    matcher: Matcher
    run: ImportRun
    result: Result
    is_repeat: bool  # the same file has been read before: rows that say the same are left untouched
    first_rows: Mapping[str, int]  # source_id → the row that has it
    taken: dict[int, int] = field(default_factory=dict)  # clinic → the row that is about it
    has_written: bool = False
    postcodes: Mapping[str, Postcode] = field(default_factory=lambda: Postcode.objects.in_bulk())
    tariffs: frozenset[tuple[str, int | None]] = field(
        default_factory=lambda: frozenset(
            Tariff.objects.filter(speciality=51).values_list("service", "full_ore"),
        )
    )


class Batch:
    def __init__(self, context: Context, records: Sequence[Record]) -> None:
        self.context, self.records = context, records
        ids = [record.source_id[:200] for record in records]
        rows = SourceRow.objects.filter(source=context.source.name, source_id__in=ids)
        self.rows = {row.source_id: row for row in rows}
        self.kept: list[Kept] = []
        self.drafts: list[tuple[Kept, Draft]] = []
        self.updates: list[Kept] = []

    def apply(self) -> None:
        for record in self.records:
            self.context.result.rows += 1
            self._match(record)
        self._add()
        self._update()
        for kept in self.kept:
            self.context.result.tell_problems(kept.problems)
        self.context.has_written |= keep_rows(
            self.context.run,
            self.kept,
            gone_rows=self.context.matcher.gone_rows,
            settled=self.context.matcher.settled,
            is_repeat=self.context.is_repeat,
        )

    def _match(self, record: Record) -> None:
        context = self.context
        kept = Kept(record, list(record.problems), self.rows.get(record.source_id[:200]))
        first = context.first_rows[record.source_id]
        if first != record.row:  # not kept: the row that came first is
            context.result.left_out += 1
            context.result.tell_problems(
                [*record.problems, _problem(record, f"is the same clinic as row {first}: the row is left out")]
            )
            return
        self.kept.append(kept)
        match = context.matcher.match(record, context.taken)
        kept.clinic = match.clinic
        if match.asked:
            kept.asked = match.asked
            slugs = dict(Clinic.objects.filter(pk__in=[pk for pk, _ in match.asked]).values_list("pk", "slug"))
            names = "; ".join(
                f"{slugs.get(number, 'row ' + str(-number))} ({', '.join(verdict.reasons)})"
                for number, verdict in match.asked
            )
            self._leave_out(kept, f"may be a clinic we have, a person must say: {names}")
        elif match.clinic is not None:
            row = context.taken.setdefault(match.clinic, record.row)
            if row != record.row:
                kept.clinic = None
                self._leave_out(kept, f"is the same clinic as row {row}: the row is left out")
            elif not record.name:
                context.result.left_out += 1  # the record says why
            else:
                self.updates.append(kept)
        elif context.source.is_suggestion:
            self._leave_out(kept, "is not in the directory: kept as a suggestion")
        elif not record.name or record.location is None:
            context.result.left_out += 1
        else:
            self._draft(kept, match.identity or identity_of_record(record))

    def _leave_out(self, kept: Kept, message: str, column: str = "*", value: str | None = None) -> None:
        kept.problems.append(_problem(kept.record, message, column, value))
        self.context.result.left_out += 1

    def _draft(self, kept: Kept, identity: Identity) -> None:
        record = kept.record
        fields = {**record.facts, "name": record.name, **self._location(record)}
        try:
            draft = draft_clinic(
                fields=fields,
                origin=self._origin(record),
                prices=self._prices(record),
                hours=record.week,
                exceptions=record.seasons,
            )
        except ValidationError as error:
            self._refuse(kept, error)
            return
        kept.clinic = -record.row
        self.context.taken[kept.clinic] = record.row
        self.context.matcher.expect(kept.clinic, identity)
        self.drafts.append((kept, draft))

    def _refuse(self, kept: Kept, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            self._leave_out(kept, "; ".join(messages), name, str(kept.record.facts.get(name, "")))

    def _add(self) -> None:
        clinics = add_clinics(drafts=[draft for _, draft in self.drafts])
        changes: list[Noted] = []
        for (kept, draft), clinic in zip(self.drafts, clinics, strict=True):
            assert kept.clinic is not None
            self.context.matcher.settle(kept.clinic, clinic)
            self.context.taken[clinic.pk] = kept.record.row
            kept.clinic = clinic.pk
            state = state_of_new(clinic, draft)
            after = {key: value for key, value in state.items() if value not in (None, "", [])}
            changes.append((clinic.pk, None, after, []))
            found = tuple(differences(None, snapshot(state)))
            self.context.result.tell(Change(kept.record.row, clinic.name, True, found))
        self._write(changes)

    def _write(self, changes: Sequence[Noted]) -> None:
        note_changes(self.context.run, RunChange.Table.CLINIC, changes)
        self.context.has_written |= bool(changes)

    def _update(self) -> None:
        pks = [kept.clinic for kept in self.updates if kept.clinic is not None]
        before = states_of(pks)
        said: list[Said] = []
        changed: dict[int, Kept] = {}
        for kept in self.updates:
            assert kept.clinic is not None
            state = before[kept.clinic]
            if state["field status"] == Status.CLOSED:
                self._leave_out(kept, "is closed in the directory: the row is left out")
            elif self._is_old_news(kept, state):
                said.append(self._said(kept, kept.clinic))
            else:
                changed[kept.clinic] = kept
        done = change_clinics(edits=[self._edit(kept, before[pk]) for pk, kept in changed.items()])
        dated = confirm_facts(said=said)
        after = states_of({*changed, *dated})
        for pk, kept in changed.items():
            if pk in done.refused:
                kept.clinic = None
                self._refuse(kept, done.refused[pk])
            elif not self.context.source.is_suggestion:
                self._tell_conflicts(kept.record, after[pk])
        self._note(before, after, done.past_ids)
        self.context.matcher.read(Clinic.objects.filter(pk__in=changed))

    def _edit(self, kept: Kept, state: State) -> Edit:
        assert kept.clinic is not None
        record, origin = kept.record, self._origin(kept.record)
        if self.context.source.is_suggestion:
            return suggestion(kept.clinic, record, state, origin)
        earlier = self._earlier(kept.row)
        withdrawn = set(earlier.facts) - set(record.facts) if earlier else set()
        changes: dict[str, Any] = dict(record.facts)
        changes |= {name: "" if isinstance(state[f"field {name}"], str) else None for name in withdrawn}
        if record.location and has_moved(record, state["field street"], state["field postcode_id"]):
            changes |= self._location(record)
        services = {price.service for price in (*record.prices, *(earlier.prices if earlier else ()))}
        others = [price for price in prices_of(state) if price.service not in services]
        return Edit(
            clinic_id=kept.clinic,
            origin=origin,
            name=record.name if state["field name"] != record.name else None,
            changes=changes,
            prices=[*self._prices(record), *others] if services else None,
            hours=record.week if record.week or (earlier and earlier.week) else None,
            exceptions=record.seasons if record.seasons or (earlier and earlier.seasons) else None,
        )

    def _tell_conflicts(self, record: Record, state: State) -> None:
        for name, value in {**record.facts, "name": record.name}.items():
            held = state[f"field {name}"]
            if held not in (None, "", value):
                message = f"{held!r} is kept: it comes from a stronger or later source"
                self.context.result.tell_conflict(Problem(record.row, name, str(value), message))

    def _note(self, before: Mapping[int, State], after: Mapping[int, State], past_ids: Mapping[int, list[int]]) -> None:
        """Of every clinic what became another, kept and told."""
        changes: list[Noted] = []
        for kept in self.updates:
            if kept.clinic is None or any(problem.column == "*" for problem in kept.problems):
                continue
            new = after.get(kept.clinic, before[kept.clinic])
            old_values, new_values = difference(before[kept.clinic], new)
            if new_values:
                changes.append((kept.clinic, old_values, new_values, past_ids.get(kept.clinic, [])))
            found = tuple(differences(snapshot(before[kept.clinic]), snapshot(new))) if new_values else ()
            if found:
                self.context.result.tell(Change(kept.record.row, new["field name"], False, found))
            else:
                self.context.result.unchanged += 1
        self._write(changes)

    def _is_old_news(self, kept: Kept, state: State) -> bool:
        is_same_row = kept.row is not None and kept.row.raw == kept.record.cells
        return (
            is_same_row
            and not self.context.source.is_suggestion
            and says_the_same(kept.record, self._prices(kept.record), state)
        )

    def _said(self, kept: Kept, pk: int) -> Said:
        record = kept.record
        names = {fact_of(name) for name in record.facts}
        names |= ({"prices"} if record.prices else set()) | ({"hours"} if record.week or record.seasons else set())
        services = frozenset(price.service for price in record.prices)
        return Said(pk, frozenset(names), self._origin(record), services)

    def _origin(self, record: Record) -> Origin:
        """The row's own day when it has one: 'checked on the spot on …'."""
        origin = self.context.origin
        return replace(origin, confirmed_on=record.confirmed_on) if record.confirmed_on else origin

    def _earlier(self, row: SourceRow | None) -> Record | None:
        """What the row said in the run before: a fact it no longer states is taken back."""
        if row is None:
            return None
        try:
            return self.context.source.to_record(RawRow(0, row.raw), self.context.places)
        except KeyError:  # kept by a version of the source with other columns
            return None

    def _location(self, record: Record) -> dict[str, Any]:
        assert record.location is not None
        where = record.location
        precision = Precision.EXACT if where.is_point_exact else Precision.POSTCODE
        postcode = self.context.postcodes.get(where.postcode, where.postcode)
        return {"postcode": postcode, "lat": where.lat, "lon": where.lon, "precision": precision}

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
                and (price.service, price.low_ore) in self.context.tariffs,
            )
            for price in record.prices
        ]


def _problem(record: Record, message: str, column: str = "*", value: str | None = None) -> Problem:
    return Problem(record.row, column, record.name if value is None else value, message)
