"""Every source of facts about clinics: a file here and a line in SOURCES."""

from __future__ import annotations

from fysfinder.imports.record import Source
from fysfinder.imports.sources import csv_file, fhir, openstreetmap, table

SOURCES: tuple[Source, ...] = (csv_file.SOURCE, openstreetmap.SOURCE, fhir.SOURCE, table.SOURCE)


def get_source(name: str) -> Source | None:
    return next((source for source in SOURCES if source.name == name), None)
