"""Which clinic a record is about: the row it came from before, or the same phone or website under the same roof."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

from fysfinder.base.text import fold
from fysfinder.clinics.models import Clinic
from fysfinder.imports.models import SourceRow
from fysfinder.imports.record import Record


def website_key(address: str) -> str:
    """The address without what makes no difference: scheme, www., final slash, letter case of the host."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}" if host else ""


class Matcher:
    """Holds every clinic's keys for the length of a run."""

    def __init__(self, source_name: str) -> None:
        rows = SourceRow.objects.filter(source=source_name).select_related("clinic")
        self.rows = {row.source_id: row for row in rows}
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._clinics = {clinic.pk: clinic for clinic in Clinic.objects.select_related("postcode")}
        for clinic in self._clinics.values():
            self.learn(clinic)

    def learn(self, clinic: Clinic) -> None:
        self._clinics[clinic.pk] = clinic
        for key in (clinic.phone, website_key(clinic.website)):
            if key:
                self._keys[key].add(clinic.pk)

    def match(self, record: Record) -> tuple[SourceRow | None, Clinic | None]:
        """The row of an earlier run and the clinic it is about. Raises ValueError when several clinics fit."""
        row = self.rows.get(record.source_id)
        if row is not None and row.clinic_id is not None:
            return row, self._clinics.get(row.clinic_id)
        facts = record.facts
        keys = [facts.get("phone", ""), website_key(facts.get("website", ""))]
        fitting = {
            pk for key in keys if key for pk in self._keys.get(key, ()) if self._is_same(self._clinics[pk], record)
        }
        if len(fitting) > 1:
            names = ", ".join(sorted(self._clinics[pk].slug for pk in fitting))
            raise ValueError(f"fits several clinics: {names}")
        return row, self._clinics[fitting.pop()] if fitting else None

    def _is_same(self, clinic: Clinic, record: Record) -> bool:
        """A phone or website alone may be a chain's: the name or the street must be the same too."""
        street = fold(record.facts.get("street", ""))
        return fold(clinic.name) == fold(record.name) or (street != "" and fold(clinic.street) == street)
