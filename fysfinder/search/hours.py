"""Opening hours as columns, exact to the minute: who is open now, in the evening, at the weekend.

The same rules as clinics/opening.py, for all clinics at once; tests compare the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fysfinder.clinics.danish_days import holiday_name
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.search import bits
from fysfinder.search.bits import Flags, Mask

Minutes = npt.NDArray[np.int16]
CLOSED = -1  # as opens and closes
EVENING_FROM = 17 * 60  # 'aften': open for some time after 17.00 on a weekday


@dataclass(frozen=True, eq=False)
class Exceptions:
    """Date ranges with other hours, one entry each: closed, or one interval. In the order (row, narrowest first)."""

    rows: npt.NDArray[np.intp]
    first_day: npt.NDArray[np.int32]  # proleptic ordinals
    last_day: npt.NDArray[np.int32]
    opens: Minutes
    closes: Minutes


@dataclass(frozen=True, eq=False)
class Hours:
    """A week in local time: up to `slots` intervals a day in minutes since midnight, shape (7, slots, clinics)."""

    opens: Minutes
    closes: Minutes
    known: Flags  # (7, clinics): that day is known to be open or closed, not unknown or by appointment
    exceptions: Exceptions

    def evening(self) -> Mask:
        """Open after 17.00 on at least one day from Monday to Friday."""
        late = (self.closes[:5] > EVENING_FROM).any(axis=(0, 1))
        return Mask(bits.pack(late), bits.pack(late | self.known[:5].all(axis=0)))

    def weekend(self) -> Mask:
        """Open at some time on Saturday or Sunday."""
        is_open = (self.closes[5:] > 0).any(axis=(0, 1))
        return Mask(bits.pack(is_open), bits.pack(is_open | self.known[5:].all(axis=0)))

    def open_at(self, now: dt.datetime) -> Mask:
        """Open at this minute in Denmark: the day's exceptions first, then the holiday rule, then the week."""
        local = now.astimezone(COPENHAGEN)
        minute, weekday = local.hour * 60 + local.minute, local.weekday()
        is_open = np.zeros(self.known.shape[1], dtype=np.bool_)
        known = self.known[weekday].copy()
        for opens, closes in zip(self.opens[weekday], self.closes[weekday], strict=True):
            is_open |= (opens <= minute) & (minute < closes)
        if holiday_name(local.date()):
            known &= ~(self.closes[weekday] > 0).any(axis=0)
            is_open[:] = False
        self._apply_exceptions(local.date().toordinal(), minute, is_open, known)
        return Mask(bits.pack(is_open), bits.pack(known))

    def _apply_exceptions(self, day: int, minute: int, is_open: Flags, known: Flags) -> None:
        other = self.exceptions
        today = np.flatnonzero((other.first_day <= day) & (day <= other.last_day))
        rows, narrowest, which = np.unique(other.rows[today], return_index=True, return_inverse=True)
        first = today[narrowest][which]  # for each entry of today: the one that counts for its clinic
        is_same = (other.first_day[today] == other.first_day[first]) & (other.last_day[today] == other.last_day[first])
        today = today[is_same]
        is_open[rows] = False
        known[rows] = True
        inside = (other.opens[today] <= minute) & (minute < other.closes[today])
        is_open[other.rows[today[inside]]] = True


WeekRow = tuple[int, int, int | None, int | None, bool]  # row, weekday, opens, closes, by appointment
SpecialRow = tuple[int, int, int, int | None, int | None]  # row, first day, last day, opens, closes


def hours(size: int, week: Iterable[WeekRow], special: Iterable[SpecialRow]) -> Hours:
    """Columns from rows. A day without a row is unknown, one by appointment only is not known to be open."""
    used = np.zeros((7, size), dtype=np.int8)
    appointment = np.zeros((7, size), dtype=np.bool_)
    known = np.zeros((7, size), dtype=np.bool_)
    slots: list[tuple[Minutes, Minutes]] = []
    for row, weekday, opens, closes, by_appointment in week:
        known[weekday, row] = True
        appointment[weekday, row] |= by_appointment
        if opens is None or closes is None or by_appointment:
            continue
        slot = int(used[weekday, row])
        used[weekday, row] += 1
        while slot >= len(slots):
            slots.append((np.full((7, size), CLOSED, np.int16), np.full((7, size), CLOSED, np.int16)))
        slots[slot][0][weekday, row] = opens
        slots[slot][1][weekday, row] = closes
    empty = np.zeros((7, 0, size), np.int16)
    return Hours(
        opens=np.stack([opens for opens, _ in slots], axis=1) if slots else empty,
        closes=np.stack([closes for _, closes in slots], axis=1) if slots else empty,
        known=known & ((used > 0) | ~appointment),
        exceptions=exceptions(special),
    )


def exceptions(special: Iterable[SpecialRow]) -> Exceptions:
    """Columns of date ranges; no times means closed."""
    ordered = sorted(special, key=lambda each: (each[0], each[2] - each[1], each[1]))
    table = np.array([[CLOSED if part is None else part for part in each] for each in ordered], dtype=np.int64)
    row, first, last, opens, closes = table.reshape(-1, 5).T
    return Exceptions(
        rows=row.astype(np.intp),
        first_day=first.astype(np.int32),
        last_day=last.astype(np.int32),
        opens=opens.astype(np.int16),
        closes=closes.astype(np.int16),
    )
