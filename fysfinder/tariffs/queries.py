"""Reading tariffs: the newest that is known on a day, never one that was calculated."""

from __future__ import annotations

import datetime as dt

from fysfinder.base.held import Held
from fysfinder.tariffs.models import Tariff
from fysfinder.tariffs.periods import OLD_AFTER, TariffRow, on_day

__all__ = [
    "GENERAL",
    "OLD_AFTER",
    "VEDERLAGSFRI",
    "TariffRow",
    "forget_tariffs",
    "known_tariffs",
    "tariff_on",
    "tariffs_on",
]

GENERAL = 51  # almindelig fysioterapi
VEDERLAGSFRI = 62
_FIELDS = (
    *("speciality", "service", "full_ore", "public_ore", "patient_ore", "valid_from", "source", "seen_on"),
    *("is_verified", "valid_to", "source_url"),
)


def known_tariffs(speciality: int = GENERAL) -> tuple[TariffRow, ...]:
    """Every known row of a speciality, oldest first: the same tuple until the tariffs are loaded anew."""
    return _held.get().get(speciality, ())


def forget_tariffs() -> None:
    """Read the table again on next use. load_tariffs calls it; other processes follow the change."""
    _held.forget()


def _read() -> dict[int, tuple[TariffRow, ...]]:
    rows = [TariffRow(*row) for row in Tariff.objects.order_by("valid_from", "service").values_list(*_FIELDS)]
    return {
        speciality: tuple(row for row in rows if row.speciality == speciality)
        for speciality in {row.speciality for row in rows}
    }


_held = Held(_read)


def tariffs_on(speciality: int, day: dt.date) -> dict[str, TariffRow]:
    """The newest known tariff of each service at or before the day; none for a day in a hole."""
    rows = known_tariffs(speciality)
    found = {service: on_day(rows, service, day).row for service in dict.fromkeys(row.service for row in rows)}
    return {service: row for service, row in found.items() if row is not None}


def tariff_on(speciality: int, service: str, day: dt.date) -> TariffRow | None:
    """The newest known tariff of a service at or before the day; None when none is known."""
    return tariffs_on(speciality, day).get(service)
