"""What staff must know of the tariffs: which are missing, old, over, or second-hand. Pure: rows in, sentences out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fysfinder.tariffs.periods import OLD_AFTER, TariffRow

NEEDED = ("first", "follow_up", "group", "distance")
CHANGES = ((4, 1), (10, 1))  # the agreement's tariffs change 1 April and 1 October


def last_change(day: dt.date) -> dt.date:
    """The newest 1 April or 1 October at or before the day."""
    days = (dt.date(year, month, first) for year in (day.year - 1, day.year) for month, first in CHANGES)
    return max(change for change in days if change <= day)


def tariff_warnings(rows: Iterable[TariffRow], day: dt.date) -> tuple[str, ...]:
    """One sentence a service that needs somebody; () when every tariff is today's and verified."""
    newest: dict[str, TariffRow] = {}
    for row in sorted(rows, key=lambda row: row.valid_from):
        if row.valid_from <= day:
            newest[row.service] = row
    return tuple(words for service in NEEDED if (words := _warning(service, newest.get(service), day)))


def _warning(service: str, row: TariffRow | None, day: dt.date) -> str:
    if row is None:
        return f"{service}: no tariff is known. Add a row to data/tariffs.csv."
    said = []
    if row.valid_to is not None and day > row.valid_to:
        said.append(f"its period ended {row.valid_to}")
    if day - row.valid_from > OLD_AFTER:
        said.append("it is older than twelve months")
    elif row.valid_from < last_change(day):
        said.append(f"tariffs changed {last_change(day)}")
    if not row.is_verified:
        said.append("no authority has confirmed it")
    return f"{service}: the newest tariff is from {row.valid_from}; {', '.join(said)}." if said else ""
