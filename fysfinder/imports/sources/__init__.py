"""Every source of facts about clinics: a file here and a line in SOURCES."""

from __future__ import annotations

from fysfinder.imports.record import Source
from fysfinder.imports.sources import csv_file, fhir, hsds, openstreetmap, sor, table

SOURCES: tuple[Source, ...] = tuple(module.SOURCE for module in (csv_file, openstreetmap, fhir, sor, hsds, table))


def get_source(name: str) -> Source | None:
    return next((source for source in SOURCES if source.name == name), None)
