"""Reading tariffs: the newest that is known on a day, never one that was calculated."""

from __future__ import annotations

import datetime as dt

from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.periods import OLD_AFTER, TariffRow, on_day

__all__ = ["GENERAL", "OLD_AFTER", "VEDERLAGSFRI", "TariffRow", "known_tariffs", "tariff_on", "tariffs_on"]

GENERAL = 51  # almindelig fysioterapi
VEDERLAGSFRI = 62
_FIELDS = (
    *("speciality", "service", "full_ore", "public_ore", "patient_ore", "valid_from", "source", "seen_on"),
    *("is_verified", "valid_to", "source_url"),
)


def known_tariffs(speciality: int = GENERAL) -> tuple[TariffRow, ...]:
    """Every known row of a speciality, oldest first. One query."""
    rows = Tariff.objects.filter(speciality=speciality).order_by("valid_from", "service")
    return tuple(TariffRow(*row) for row in rows.values_list(*_FIELDS))


def tariffs_on(speciality: int, day: dt.date) -> dict[str, TariffRow]:
    """The newest known tariff of each service at or before the day; none for a day in a hole. One query."""
    rows = known_tariffs(speciality)
    found = {service: on_day(rows, service, day).row for service in dict.fromkeys(row.service for row in rows)}
    return {service: row for service, row in found.items() if row is not None}


def tariff_on(speciality: int, service: str, day: dt.date) -> TariffRow | None:
    """The newest known tariff of a service at or before the day; None when none is known."""
    return tariffs_on(speciality, day).get(service)
