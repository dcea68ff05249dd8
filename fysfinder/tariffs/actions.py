"""Writing tariffs: the file is the source, the table its projection."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from fysfinder.changes.actions import record_change
from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.queries import forget_tariffs

TARIFFS = "tariffs"  # the tag of every page that shows a price
COLUMNS = (
    "speciality",
    "service",
    "full_ore",
    "public_ore",
    "patient_ore",
    "valid_from",
    "valid_to",
    "source",
    "source_url",
    "seen_on",
    "is_verified",
)
SPECIALITIES = {51, 62}
SERVICES = {"first", "follow_up", "short", "training", "group", "no_show", "distance"}


def load_tariffs(*, path: Path) -> int:
    """Replace all tariffs by the file's rows and say how many there are.

    Raises ValidationError with file and line for a row that cannot be; then nothing has changed.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValidationError(f"{path.name}:1: the columns must be {', '.join(COLUMNS)}")
        rows: list[Tariff] = []
        for record in reader:
            try:
                rows.append(_as_tariff(record))
            except (TypeError, ValueError) as error:
                raise ValidationError(f"{path.name}:{reader.line_num}: {error}") from None
    _refuse_doubles(rows, path)
    with transaction.atomic():
        Tariff.objects.all().delete()
        Tariff.objects.bulk_create(rows)
        record_change(tags=[TARIFFS])
    forget_tariffs()
    return len(rows)


def _as_tariff(record: dict[str, str]) -> Tariff:
    """A row of the file. Raises ValueError in words for what is not possible."""
    speciality, service = int(record["speciality"]), record["service"]
    if speciality not in SPECIALITIES or service not in SERVICES:
        raise ValueError(f"unknown speciality {speciality} or service {service!r}")
    if not record["source"].strip():
        raise ValueError("a tariff needs a source")
    full, public = _ore_or_none(record["full_ore"]), _ore_or_none(record["public_ore"])
    patient = int(record["patient_ore"])
    if (full is None) != (public is None):
        raise ValueError("full_ore and public_ore stand together or not at all")
    if patient <= 0 or (full is not None and public is not None and full != public + patient):
        raise ValueError(f"public {public} and patient {patient} do not add up to full {full}")
    valid_from = dt.date.fromisoformat(record["valid_from"])
    valid_to = dt.date.fromisoformat(record["valid_to"]) if record["valid_to"] else None
    if valid_to is not None and valid_to < valid_from:
        raise ValueError(f"the period ends {valid_to}, before it begins {valid_from}")
    return Tariff(
        speciality=speciality,
        service=service,
        full_ore=full,
        public_ore=public,
        patient_ore=patient,
        valid_from=valid_from,
        valid_to=valid_to,
        source=record["source"].strip(),
        source_url=record["source_url"].strip(),
        seen_on=dt.date.fromisoformat(record["seen_on"]),
        is_verified=record["is_verified"] == "yes",
    )


def _ore_or_none(text: str) -> int | None:
    return int(text) if text.strip() else None


def _refuse_doubles(rows: list[Tariff], path: Path) -> None:
    seen: set[tuple[int, str, dt.date]] = set()
    for row in rows:
        key = (row.speciality, row.service, row.valid_from)
        if key in seen:
            raise ValidationError(f"{path.name}: {row} stands there twice")
        seen.add(key)
