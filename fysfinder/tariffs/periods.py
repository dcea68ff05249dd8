"""Which tariff holds on a day, and what to say when none does. Pure: rows in, answer out.

A period that ended while a later one is known leaves a hole: then there is no answer, because nothing is worked out
from its neighbours. After the newest period the newest is given with its date, and the words say that it has ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from fysfinder.base.dates import format_long_day

OLD_AFTER = dt.timedelta(days=365)
State = Literal["current", "ended", "hole", "before", "none"]


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
    is_verified: bool
    valid_to: dt.date | None = None
    source_url: str = ""

    def is_old(self, day: dt.date) -> bool:
        """Older than twelve months, or its period is over: say so and let the visitor expect a little more."""
        return day - self.valid_from > OLD_AFTER or self.has_ended(day)

    def has_ended(self, day: dt.date) -> bool:
        return self.valid_to is not None and day > self.valid_to


@dataclass(frozen=True, slots=True)
class Found:
    """The tariff of one service on one day; `row` is there when the state is current or ended."""

    service: str
    day: dt.date
    state: State
    row: TariffRow | None = None
    previous_end: dt.date | None = None  # of a hole
    next_start: dt.date | None = None  # of a hole, and of the first period

    def words(self, language: str = "da") -> str:
        """Why there is no figure, or that it is an old one; '' when the tariff is today's."""

        def day_of(value: dt.date | None) -> str:
            return format_long_day(value, language) if value else ""

        if self.state == "hole":
            return _("Vi kender ikke taksten for den %(day)s: der er et hul fra %(end)s til %(start)s.") % {
                "day": day_of(self.day),
                "end": day_of(self.previous_end),
                "start": day_of(self.next_start),
            }
        if self.state == "before":
            return _("Vi kender ikke taksten før %(start)s.") % {"start": day_of(self.next_start)}
        if self.state == "none":
            return _("Vi kender ingen takst for ydelsen.")
        if self.state == "ended" and self.row is not None:
            return _("Den nyeste takst, vi har set, er fra %(start)s. Regn med, at prisen kan være lidt højere.") % {
                "start": day_of(self.row.valid_from)
            }
        return ""


def on_day(rows: Iterable[TariffRow], service: str, day: dt.date) -> Found:
    """The tariff of a service on a day, from all known rows of one speciality."""
    of_service = sorted((row for row in rows if row.service == service), key=lambda row: row.valid_from)
    before = [row for row in of_service if row.valid_from <= day]
    after = next((row for row in of_service if row.valid_from > day), None)
    if not of_service:
        return Found(service, day, "none")
    if not before:
        return Found(service, day, "before", next_start=after.valid_from if after else None)
    row = before[-1]
    if row.has_ended(day) and after is not None:
        return Found(service, day, "hole", previous_end=row.valid_to, next_start=after.valid_from)
    return Found(service, day, "ended" if row.is_old(day) else "current", row)


def all_on_day(rows: Iterable[TariffRow], services: Iterable[str], day: dt.date) -> Mapping[str, Found]:
    rows = tuple(rows)
    return {service: on_day(rows, service, day) for service in services}
