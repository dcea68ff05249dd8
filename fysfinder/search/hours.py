"""Opening hours as columns, exact to the minute: who is open now, in the evening, at the weekend.

The same rules as clinics/opening.py, for all clinics at once; tests compare the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fysfinder.clinics.danish_days import is_customary_day, is_doubtful, is_public_holiday
from fysfinder.clinics.opening import COPENHAGEN, CUSTOMARY_DAYS, PUBLIC_HOLIDAYS
from fysfinder.search import bits
from fysfinder.search.bits import Flags, Mask

Minutes = npt.NDArray[np.int16]
CLOSED = -1  # as opens and closes
DAY_MINUTES = 24 * 60
DAYS = CUSTOMARY_DAYS + 1
BEFORE_1970 = 719_163  # days: a date of numpy as a proleptic ordinal
EVENING_FROM = 17 * 60  # 'aften': open for some time after 17.00 on a weekday


@dataclass(frozen=True, eq=False)
class Exceptions:
    """Date ranges with other hours, one entry each: closed, or one interval. In the order (row, narrowest first)."""

    rows: npt.NDArray[np.intp]
    range: npt.NDArray[np.int64]  # the same for entries of the same dates, weekday and yearliness of a row
    first_day: npt.NDArray[np.int32]  # proleptic ordinals; of a yearly one 100 × month + day
    last_day: npt.NDArray[np.int32]  # a yearly one over New Year ends before it begins
    opens: Minutes
    closes: Minutes
    weekday: npt.NDArray[np.int8]  # -1: every day
    is_yearly: Flags

    def on(self, date: dt.date) -> npt.NDArray[np.intp]:
        """The entries that speak of the date."""
        day = np.where(self.is_yearly, date.month * 100 + date.day, date.toordinal())
        begun, not_over = self.first_day <= day, day <= self.last_day
        inside = np.where(self.first_day <= self.last_day, begun & not_over, begun | not_over)
        return np.flatnonzero(inside & ((self.weekday == -1) | (self.weekday == date.weekday())))


@dataclass(frozen=True, eq=False)
class Hours:
    """A week in local time: up to `slots` intervals a day in minutes since midnight, shape (9, slots, clinics).

    Behind the weekdays stand public holidays and customary days, as in OpeningHours.
    """

    opens: Minutes
    closes: Minutes
    known: Flags  # (9, clinics): that day is known to be open or closed, not unknown or by appointment
    said: Flags  # (2, clinics): something is said of public holidays, of customary days
    as_usual: Flags  # (2, clinics): and that is 'as on the weekday'
    exceptions: Exceptions

    def evening(self) -> Mask:
        """Open after 17.00 on at least one day from Monday to Friday."""
        late = (self.closes[:5] > EVENING_FROM).any(axis=(0, 1))
        return Mask(bits.pack(late), bits.pack(late | self.known[:5].all(axis=0)))

    def weekend(self) -> Mask:
        """Open at some time on Saturday or Sunday."""
        is_open = (self.closes[5:7] > 0).any(axis=(0, 1))
        return Mask(bits.pack(is_open), bits.pack(is_open | self.known[5:7].all(axis=0)))

    def open_at(self, now: dt.datetime) -> Mask:
        """Open at this minute in Denmark: the day's exceptions first, then the switches, a season, the week."""
        local = now.astimezone(COPENHAGEN)
        date, minute, weekday = local.date(), local.hour * 60 + local.minute, local.weekday()
        is_open, known = self._day_at(weekday, minute), self.known[weekday].copy()
        has_hours = (self.closes[weekday] > 0).any(axis=0)
        today = self.exceptions.on(date)
        is_season = self.exceptions.weekday[today] != CLOSED
        self._apply(today[is_season], minute, is_open, known, has_hours)
        if (number := _switch(date)) is not None:
            said, as_usual = self.said[number - PUBLIC_HOLIDAYS], self.as_usual[number - PUBLIC_HOLIDAYS]
            if is_doubtful(date):
                known &= as_usual | ~has_hours
                is_open &= as_usual
            is_set = said & ~as_usual
            known = np.where(is_set, self.known[number], known)
            is_open = np.where(is_set, self._day_at(number, minute), is_open)
        self._apply(today[~is_season], minute, is_open, known, has_hours)
        return Mask(bits.pack(is_open), bits.pack(known))

    def next_change(self, now: dt.datetime) -> dt.datetime:
        """When anybody opens or closes next, midnight in Denmark at the latest: until then open_at answers the same."""
        local = now.astimezone(COPENHAGEN)
        minute, date = local.hour * 60 + local.minute, local.date()
        other, today = self.exceptions, self.exceptions.on(date)
        days = {date.weekday(), _switch(date)} - {None}
        moments = [minutes[day].ravel() for day in days for minutes in (self.opens, self.closes)]
        later = np.concatenate([*moments, other.opens[today], other.closes[today]])
        later = later[(later > minute) & (later < DAY_MINUTES)]
        midnight = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), COPENHAGEN)
        if not later.size:
            return midnight
        hour, past = divmod(int(later.min()), 60)
        return local.replace(hour=hour, minute=past, second=0, microsecond=0)

    def _day_at(self, day: int, minute: int) -> Flags:
        inside: Flags = (self.opens[day] <= minute) & (minute < self.closes[day])
        is_open: Flags = np.logical_or.reduce(inside, axis=0)
        return is_open

    def _apply(self, today: npt.NDArray[np.intp], minute: int, is_open: Flags, known: Flags, has_hours: Flags) -> None:
        """Of the entries of today the narrowest of each clinic take its day over."""
        other = self.exceptions
        rows, narrowest, which = np.unique(other.rows[today], return_index=True, return_inverse=True)
        first = today[narrowest][which]  # for each entry of today: the one that counts for its clinic
        today = today[other.range[today] == other.range[first]]
        is_open[rows] = False
        known[rows] = True
        has_hours[rows] = False
        has_hours[other.rows[today[other.closes[today] > 0]]] = True
        inside = (other.opens[today] <= minute) & (minute < other.closes[today])
        is_open[other.rows[today[inside]]] = True


def _switch(date: dt.date) -> int | None:
    return PUBLIC_HOLIDAYS if is_public_holiday(date) else CUSTOMARY_DAYS if is_customary_day(date) else None


Table = npt.NDArray[np.int64]
WeekRow = tuple[int, int, int | None, int | None, bool, bool]  # row, weekday, opens, closes, by appointment, as usual
SpecialRow = tuple[int, int, int, int | None, int | None, int | None, bool]  # row, first, last day, …, weekday, yearly


def hours(size: int, week: Table | Sequence[WeekRow], special: Table | Sequence[SpecialRow]) -> Hours:
    """Columns from rows (in a table None is CLOSED). A day without a row is unknown, one by appointment only too."""
    row, weekday, opens, closes, by_appointment, usual = as_table(week, 6).T
    known, appointment, used, as_usual = (np.zeros((DAYS, size), dtype=np.bool_) for _ in range(4))
    known[weekday, row] = True
    as_usual[weekday[usual == 1], row[usual == 1]] = True
    appointment[weekday[by_appointment == 1], row[by_appointment == 1]] = True
    is_open = (opens != CLOSED) & (closes != CLOSED) & (by_appointment != 1)
    day, opens, closes = (row * DAYS + weekday)[is_open], opens[is_open], closes[is_open]
    order = np.lexsort((opens, day))
    day, opens, closes = day[order], opens[order], closes[order]
    slot = np.arange(len(day)) - np.searchsorted(day, day)
    shape = (DAYS, int(slot.max(initial=-1)) + 1, size)
    found = np.full(shape, CLOSED, np.int16), np.full(shape, CLOSED, np.int16)
    for minutes, values in zip(found, (opens, closes), strict=True):
        minutes[day % DAYS, slot, day // DAYS] = values
    used[day % DAYS, day // DAYS] = True
    return Hours(
        *found,
        known=known & (used | ~appointment),
        said=known[PUBLIC_HOLIDAYS:],
        as_usual=as_usual[PUBLIC_HOLIDAYS:],
        exceptions=exceptions(special),
    )


def as_table(rows: Table | Sequence[Sequence[int | None]], width: int) -> Table:
    """Rows of `width` numbers as a table, CLOSED where there is none."""
    if isinstance(rows, np.ndarray):
        return rows
    table = [[CLOSED if part is None else part for part in each] for each in rows]
    return np.array(table, dtype=np.int64).reshape(-1, width)


def exceptions(special: Table | Sequence[SpecialRow]) -> Exceptions:
    """Columns of date ranges; no times means closed."""
    table = as_table(special, 7)
    row, first, last, _, _, weekday, yearly = table.T
    table = table[np.lexsort((weekday, first, yearly, last - first, row))]
    row, first, last, opens, closes, weekday, yearly = table.T
    which = np.unique(table[:, [0, 1, 2, 5, 6]], axis=0, return_inverse=True)[1].reshape(-1)
    return Exceptions(
        rows=row.astype(np.intp),
        range=which.astype(np.int64),
        weekday=weekday.astype(np.int8),
        is_yearly=yearly == 1,
        first_day=np.where(yearly == 1, _month_day(first), first).astype(np.int32),
        last_day=np.where(yearly == 1, _month_day(last), last).astype(np.int32),
        opens=opens.astype(np.int16),
        closes=closes.astype(np.int16),
    )


def _month_day(ordinals: Table) -> Table:
    """100 × month + day of proleptic ordinals."""
    days = (ordinals - BEFORE_1970).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    found: Table = (
        months.astype(np.int64) % 12 * 100 + 100 + (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    )
    return found
