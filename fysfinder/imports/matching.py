"""Which clinic a record is about: the row it came from before, what a person has said, or what scoring finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fysfinder.clinics.models import Clinic
from fysfinder.clinics.models.clinic import Precision
from fysfinder.imports.blocking import Blocks
from fysfinder.imports.identity import FIELDS, Identity, identity_of
from fysfinder.imports.models import MatchQuestion, SourceRow
from fysfinder.imports.record import Record
from fysfinder.imports.scoring import Verdict, compare


@dataclass(frozen=True)
class Match:
    """row: of an earlier run. clinic: the one it is about. asked: those it may be about; then there is no clinic."""

    row: SourceRow | None
    clinic: Clinic | None = None
    asked: tuple[tuple[Clinic, Verdict], ...] = ()


class Matcher:
    """Holds every clinic's identity for the length of a run."""

    def __init__(self, source_name: str) -> None:
        rows = SourceRow.objects.filter(source=source_name).select_related("clinic")
        self.rows = {row.source_id: row for row in rows}
        answers = MatchQuestion.objects.filter(source=source_name).exclude(answer="")
        self._answers = {(row.source_id, row.clinic_id): row.answer for row in answers}
        self._clinics: dict[int, Clinic] = {}
        self._blocks = Blocks()
        for clinic in Clinic.objects.select_related("postcode").iterator():
            self.learn(clinic)
        self._chain_hosts = self._blocks.chain_hosts()
        self._gone: set[int | None] = set()

    def learn(self, clinic: Clinic) -> None:
        self._clinics[clinic.pk] = clinic
        self._blocks.add(clinic.pk, identity_of_clinic(clinic))

    def see(self, source_ids: Collection[str]) -> None:
        """The keys of the file. A clinic whose row has gone from it may have moved: its new row has another key."""
        self._gone = {row.clinic_id for key, row in self.rows.items() if key not in source_ids}
        self._gone -= {row.clinic_id for key, row in self.rows.items() if key in source_ids}

    def match(self, record: Record, taken: Mapping[int, int] | None = None) -> Match:
        """taken: clinics that other rows of the same file are about; at another address it cannot be them as well."""
        row = self.rows.get(record.source_id)
        if row is not None and row.clinic_id is not None and row.clinic_id in self._clinics:
            return Match(row, self._clinics[row.clinic_id])
        identity = identity_of_record(record)
        same: list[tuple[int, Verdict]] = []
        asked: list[tuple[int, Verdict]] = []
        for pk in sorted(self._blocks.candidates(identity)):
            answer = self._answers.get((record.source_id, pk))
            if answer == MatchQuestion.Answer.SAME:
                return Match(row, self._clinics[pk])
            if answer == MatchQuestion.Answer.DIFFERENT:
                continue
            verdict = compare(identity, self._blocks.identities[pk], chain_hosts=self._chain_hosts)
            has_moved = verdict.decision == "ask" and verdict.is_apart and pk in self._gone
            if verdict.decision == "same" or has_moved:
                same.append((pk, verdict))
            elif verdict.decision == "ask" and not (verdict.is_apart and pk in (taken or {})):
                asked.append((pk, verdict))
        if len(same) == 1:
            return Match(row, self._clinics[same[0][0]])
        found = sorted(same or asked, key=lambda pair: -pair[1].score)[:10]
        return Match(row, None, tuple((self._clinics[pk], verdict) for pk, verdict in found))


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
