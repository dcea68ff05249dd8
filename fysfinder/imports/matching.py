"""Which clinic a record is about: the row it came from before, what a person has said, or what scoring finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.clinic import Precision
from fysfinder.imports.blocking import Blocks
from fysfinder.imports.identity import FIELDS, Identity, identity_of
from fysfinder.imports.models import MatchQuestion, SourceRow
from fysfinder.imports.record import Record
from fysfinder.imports.scoring import Verdict, compare


@dataclass(frozen=True)
class Match:
    """clinic: the one the record is about. asked: those it may be about; then there is no clinic.

    Both are clinics' numbers: the primary key, or a negative number for one that is about to be added.
    """

    clinic: int | None = None
    asked: tuple[tuple[int, Verdict], ...] = ()
    identity: Identity | None = None  # the record's, when it was compared


class Matcher:
    """Holds every clinic's identity, and the keys of the source's rows, for the length of a run."""

    def __init__(self, source_name: str) -> None:
        rows = SourceRow.objects.filter(source=source_name).values_list("source_id", "pk", "clinic_id")
        self.rows: dict[str, tuple[int, int | None]] = {key: (pk, clinic) for key, pk, clinic in rows.iterator()}
        answers = MatchQuestion.objects.filter(source=source_name).exclude(answer="")
        self._answers = {(row.source_id, row.clinic_id): row.answer for row in answers}
        self._blocks = Blocks()
        self._merged_into: dict[int, int] = {}
        self._settled: dict[int, int] = {}
        self._gone: set[int] = set()
        self.read(Clinic.objects.all())

    def read(self, clinics: QuerySet[Clinic]) -> None:
        """Clinics, for the first time or once more because they have changed."""
        for pk, merged_into, precision, *values in clinics.values_list(*_COLUMNS).iterator(chunk_size=1000):
            if merged_into:
                self._merged_into[pk] = merged_into
            texts = dict(zip(FIELDS, values, strict=True))
            self._blocks.add(pk, identity_of(texts, is_point_exact=precision == Precision.EXACT))

    def expect(self, number: int, identity: Identity) -> None:
        """A clinic that is about to be added, under a negative number until settle says its own."""
        self._blocks.add(number, identity)

    def settle(self, number: int, clinic: Clinic) -> None:
        self._blocks.remove(number)
        self._settled[number] = clinic.pk
        self._blocks.add(clinic.pk, identity_of_clinic(clinic))

    def settled(self, number: int) -> int:
        return self._settled.get(number, number)

    def see(self, source_ids: Mapping[str, int]) -> None:
        """The keys of the file. A clinic whose row has gone from it may have moved: its new row has another key."""
        self.gone_rows = {clinic: pk for key, (pk, clinic) in self.rows.items() if clinic and key not in source_ids}
        self._gone = set(self.gone_rows)
        self._gone -= {clinic for key, (_pk, clinic) in self.rows.items() if clinic and key in source_ids}

    def match(self, record: Record, taken: Mapping[int, int]) -> Match:
        """taken: clinics that other rows of the same file are about; at another address it cannot be them as well."""
        _row, known = self.rows.get(record.source_id, (None, None))
        if known is not None and known in self._blocks.identities:
            return Match(self._final(known))
        identity = identity_of_record(record)
        chains = self._blocks.chain_hosts_of(identity)
        same: list[tuple[int, Verdict]] = []
        asked: list[tuple[int, Verdict]] = []
        for number in sorted(self._blocks.candidates(identity)):
            answer = self._answers.get((record.source_id, number))
            if answer == MatchQuestion.Answer.SAME:
                return Match(self._final(number))
            if answer == MatchQuestion.Answer.DIFFERENT:
                continue
            verdict = compare(identity, self._blocks.identities[number], chain_hosts=chains)
            has_moved = verdict.decision == "ask" and verdict.is_apart and number in self._gone
            if verdict.decision == "same" or has_moved:
                same.append((number, verdict))
            elif verdict.decision == "ask" and not (verdict.is_apart and number in taken):
                asked.append((number, verdict))
        if len(same) == 1:
            return Match(self._final(same[0][0]))
        return Match(None, tuple(sorted(same or asked, key=lambda pair: -pair[1].score)[:10]), identity)

    def _final(self, number: int) -> int:
        while number in self._merged_into:
            number = self._merged_into[number]
        return number


_COLUMNS = (
    "pk", "merged_into_id", "precision",
    *({"postcode": "postcode_id", "city": "postcode__name"}.get(name, name) for name in FIELDS),
)  # fmt: skip


def identity_of_clinic(clinic: Clinic) -> Identity:
    texts: dict[str, Any] = {name: getattr(clinic, name) for name in FIELDS if name not in {"postcode", "city"}}
    texts |= {"postcode": clinic.postcode_id, "city": clinic.postcode.name}
    return identity_of(texts, is_point_exact=clinic.precision == Precision.EXACT)


def identity_of_record(record: Record) -> Identity:
    """A postcode that was only guessed from an area says nothing."""
    texts = {**record.facts, "name": record.name}
    where = record.location
    if where is not None and where.is_stated:
        texts["postcode"] = where.postcode
    if where is not None and where.is_point_exact:
        texts |= {"lat": where.lat, "lon": where.lon}
    return identity_of(texts, is_point_exact=where is not None and where.is_point_exact)
