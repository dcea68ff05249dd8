"""Reading tariffs: the newest that is known on a day, never one that was calculated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from fysfinder.tariffs.models import Tariff

GENERAL = 51  # almindelig fysioterapi
VEDERLAGSFRI = 62
OLD_AFTER = dt.timedelta(days=365)  # tariffs change 1 April and 1 October: after a year it is no longer today's


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One tariff. Amounts in øre; full and public are None when the source gave only the patient's share."""

    speciality: int
    service: str
    full_ore: int | None
    public_ore: int | None
    patient_ore: int
    valid_from: dt.date
    source: str
    seen_on: dt.date
    is_uncertain: bool

    def is_old(self, day: dt.date) -> bool:
        """Older than twelve months on that day: say so and let the visitor expect a little more."""
        return day - self.valid_from > OLD_AFTER


def tariffs_on(speciality: int, day: dt.date) -> dict[str, TariffRow]:
    """The newest known tariff of each service at or before the day. One query."""
    rows = (
        Tariff.objects.filter(speciality=speciality, valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .order_by("valid_from")
    )
    return {row.service: _as_row(row) for row in rows}


def tariff_on(speciality: int, service: str, day: dt.date) -> TariffRow | None:
    """The newest known tariff of a service at or before the day; None when none is known."""
    return tariffs_on(speciality, day).get(service)


def _as_row(row: Tariff) -> TariffRow:
    return TariffRow(
        row.speciality,
        row.service,
        row.full_ore,
        row.public_ore,
        row.patient_ore,
        row.valid_from,
        row.source,
        row.seen_on,
        row.is_uncertain,
    )
