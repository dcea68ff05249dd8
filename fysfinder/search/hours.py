"""Opening hours as columns, exact to the minute: who is open now, in the evening, at the weekend.

The same rules as clinics/opening.py, for all clinics at once; tests compare the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fysfinder.clinics.danish_days import holiday_name
from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.search import bits
from fysfinder.search.bits import Flags, Mask

Minutes = npt.NDArray[np.int16]
CLOSED = -1  # as opens and closes
DAY_MINUTES = 24 * 60
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

    def next_change(self, now: dt.datetime) -> dt.datetime:
        """When anybody opens or closes next, midnight in Denmark at the latest: until then open_at answers the same."""
        local = now.astimezone(COPENHAGEN)
        minute, day = local.hour * 60 + local.minute, local.date().toordinal()
        other = self.exceptions
        today = (other.first_day <= day) & (day <= other.last_day)
        moments = [self.opens[local.weekday()].ravel(), self.closes[local.weekday()].ravel()]
        later = np.concatenate([*moments, other.opens[today], other.closes[today]])
        later = later[(later > minute) & (later < DAY_MINUTES)]
        midnight = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), COPENHAGEN)
        if not later.size:
            return midnight
        hour, past = divmod(int(later.min()), 60)
        return local.replace(hour=hour, minute=past, second=0, microsecond=0)

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


Table = npt.NDArray[np.int64]
WeekRow = tuple[int, int, int | None, int | None, bool]  # row, weekday, opens, closes, by appointment
SpecialRow = tuple[int, int, int, int | None, int | None]  # row, first day, last day, opens, closes


def hours(size: int, week: Table | Sequence[WeekRow], special: Table | Sequence[SpecialRow]) -> Hours:
    """Columns from rows (in a table None is CLOSED). A day without a row is unknown, one by appointment only too."""
    row, weekday, opens, closes, by_appointment = as_table(week).T
    known, appointment, used = (np.zeros((7, size), dtype=np.bool_) for _ in range(3))
    known[weekday, row] = True
    appointment[weekday[by_appointment == 1], row[by_appointment == 1]] = True
    is_open = (opens != CLOSED) & (closes != CLOSED) & (by_appointment != 1)
    day, opens, closes = (row * 7 + weekday)[is_open], opens[is_open], closes[is_open]
    order = np.lexsort((opens, day))
    day, opens, closes = day[order], opens[order], closes[order]
    slot = np.arange(len(day)) - np.searchsorted(day, day)
    shape = (7, int(slot.max(initial=-1)) + 1, size)
    found = np.full(shape, CLOSED, np.int16), np.full(shape, CLOSED, np.int16)
    for minutes, values in zip(found, (opens, closes), strict=True):
        minutes[day % 7, slot, day // 7] = values
    used[day % 7, day // 7] = True
    return Hours(*found, known=known & (used | ~appointment), exceptions=exceptions(special))


def as_table(rows: Table | Sequence[Sequence[int | None]]) -> Table:
    """Rows of five numbers as a table, CLOSED where there is none."""
    if isinstance(rows, np.ndarray):
        return rows
    table = [[CLOSED if part is None else part for part in each] for each in rows]
    return np.array(table, dtype=np.int64).reshape(-1, 5)


def exceptions(special: Table | Sequence[SpecialRow]) -> Exceptions:
    """Columns of date ranges; no times means closed."""
    table = as_table(special)
    row, first, last, opens, closes = table[np.lexsort((table[:, 1], table[:, 2] - table[:, 1], table[:, 0]))].T
    return Exceptions(
        rows=row.astype(np.intp),
        first_day=first.astype(np.int32),
        last_day=last.astype(np.int32),
        opens=opens.astype(np.int16),
        closes=closes.astype(np.int16),
    )
