"""The process's columns of the directory: read in one pass, kept, and read again when the directory has changed.

The database stays the only truth. Its version number is asked at most once a second; when it has moved, one background
thread reads the new columns while every request goes on with the old ones, and one assignment swaps them. Only the
first columns of a process are waited for. Inside a transaction (a test, an import) there is no background: another
thread's connection could not see what is not committed yet, so the columns are read at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Max, Min

from fysfinder.base.geo import unit_vectors
from fysfinder.base.text import danish_key
from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.models import Clinic, ClinicTopic, OpeningException, OpeningHours, Price, WaitingTime
from fysfinder.clinics.models.offers import Service, WaitKind
from fysfinder.clinics.queries import directory_version
from fysfinder.search.columns import UNKNOWN, Columns, Ints, Tags, Waits, fact_tags, tags, widen
from fysfinder.search.course_prices import PriceColumns
from fysfinder.search.hours import Hours, hours
from fysfinder.tariffs.subsidies import TRIAL_REGION
from fysfinder.topics.queries import descendants, taxonomy

log = logging.getLogger(__name__)
CHECK_EVERY_SECONDS = 1.0
FACTS = tuple(each.name for each in ATTRIBUTES if each.kind == "yes_no" and each.filter_name)
DOOR, WIDE_DOOR_CM = "door_width_cm", 80  # held as a fact: wide enough, not wide enough, not measured
_FIELDS = (
    *("id", "name", "postcode_id", "lat", "lon", "languages", "insurers", "agreement", "vederlagsfri"),
    *("postcode__municipality_id", "postcode__municipality__region_id", DOOR, *FACTS),
)
PRICED = tuple(str(service) for service in Service if service != Service.EXTRA)
RowOf = dict[int, int]  # clinic id → row


class _Held:
    columns: Columns | None = None
    checked_at: float = 0.0
    reading = threading.Lock()


def directory(clock: Callable[[], float] = time.monotonic) -> Columns:
    """The columns as of at most a second ago, or older while newer ones are read."""
    now = clock()
    held = _Held.columns
    if held is not None and now - _Held.checked_at < CHECK_EVERY_SECONDS:
        return held
    _Held.checked_at = now
    if held is None or connection.in_atomic_block:
        return _read_at_once()
    if held.version != directory_version() and _Held.reading.acquire(blocking=False):
        threading.Thread(target=_read_aside, name="directory", daemon=True).start()
    return held


def _read_at_once() -> Columns:
    """Whoever comes while another reads waits and takes what that one read."""
    with _Held.reading:
        if _Held.columns is None or _Held.columns.version != directory_version():
            _Held.columns = read_columns()
        return _Held.columns


def _read_aside() -> None:
    """In a thread of its own, which holds the lock: the old columns stay when reading fails, and it is tried again."""
    try:
        _Held.columns = read_columns()
    except Exception:
        log.exception("the directory could not be read; the old columns stay")
    finally:
        connection.close()
        _Held.reading.release()


def forget_directory() -> None:
    """Read everything again on the next question: after the topics changed, and between tests."""
    _Held.columns = None


def read_columns() -> Columns:
    """All published clinics as columns. Seven queries, whatever the number of clinics."""
    version = directory_version()  # before the rows: a change in between is then seen as one
    rows: list[tuple[Any, ...]] = list(Clinic.objects.published().order_by("postcode_id", "pk").values_list(*_FIELDS))
    by_field: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(_FIELDS)
    ids, names, codes, lats, lons, languages, insurers, *where_and_terms, doors = by_field[:12]
    facts = by_field[12:]
    size = len(rows)
    row_of: RowOf = {pk: row for row, pk in enumerate(ids)}
    vectors = unit_vectors(np.array(lats, dtype=np.float64), np.array(lons, dtype=np.float64))
    x, y, z = (np.ascontiguousarray(vectors[:, axis]) for axis in range(3))
    topics = _topics(size, row_of)
    prices = _prices(size, row_of, *where_and_terms)
    return Columns(
        version=version,
        ids=np.array(ids, dtype=np.int64),
        x=x,
        y=y,
        z=z,
        postcodes=_slices(codes),
        name_rank=_name_rank(names, ids),
        facts=fact_tags((DOOR, *FACTS), [[None if cm is None else cm >= WIDE_DOOR_CM for cm in doors], *facts], size),
        topics=topics,
        topics_wide=widen(topics, _below, taxonomy().topics),
        languages=_listed(languages),
        insurers=_listed(insurers),
        first_price=prices.low[Service.FIRST],
        prices=prices,
        waits=_waits(size, row_of),
        hours=_hours(size, row_of),
    )


def _slices(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Where each postcode begins and ends in a sorted list."""
    found: dict[str, tuple[int, int]] = {}
    for row, code in enumerate(codes):
        found[code] = (found.get(code, (row, row))[0], row + 1)
    return found


def _name_rank(names: Sequence[str], ids: Sequence[int]) -> Ints:
    order = sorted(range(len(names)), key=lambda row: (danish_key(names[row]), ids[row]))
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return rank


def _listed(lists: Sequence[Sequence[str] | None]) -> Tags:
    entries = [(name, row) for row, names in enumerate(lists) for name in names or ()]
    return tags(len(lists), entries, np.array([names is not None for names in lists], dtype=np.bool_))


def _below(slug: str) -> Iterator[str]:
    return (card.slug for card in descendants(slug))


def _topics(size: int, row_of: RowOf) -> Tags:
    """What clinics say they offer. A clinic that names no topic has not been asked: unknown, not none."""
    pairs = ClinicTopic.objects.values_list("topic__slug", "clinic_id")
    entries = [(slug, row_of[pk]) for slug, pk in pairs if pk in row_of]
    known = np.zeros(size, dtype=np.bool_)
    known[[row for _, row in entries]] = True
    return tags(size, entries, known)


def _prices(
    size: int,
    row_of: RowOf,
    agreement: Sequence[bool | None],
    vederlagsfri: Sequence[bool | None],
    municipalities: Sequence[str],
    regions: Sequence[str],
) -> PriceColumns:
    """The span of each clinic's own prices by service, and what decides whether they are the ones that count."""
    low = {name: np.full(size, UNKNOWN, dtype=np.int32) for name in PRICED}
    high = {name: np.full(size, UNKNOWN, dtype=np.int32) for name in PRICED}
    spans = Price.objects.filter(service__in=PRICED).order_by().values_list("clinic_id", "service")
    for pk, service, lowest, highest in spans.annotate(lowest=Min("low_ore"), highest=Max("high_ore")):
        if pk in row_of:
            low[service][row_of[pk]], high[service][row_of[pk]] = lowest, highest
    return PriceColumns(
        agreement=_three_valued(agreement),
        vederlagsfri=_three_valued(vederlagsfri),
        is_trial_region=np.array([code == TRIAL_REGION for code in regions], dtype=np.bool_),
        municipality=np.array([int(code) for code in municipalities], dtype=np.int32),
        low=low,
        high=high,
    )


def _three_valued(answers: Sequence[bool | None]) -> npt.NDArray[np.int8]:
    return np.array([UNKNOWN if answer is None else int(answer) for answer in answers], dtype=np.int8)


def _waits(size: int, row_of: RowOf) -> Waits:
    days, as_of = np.full(size, UNKNOWN, dtype=np.int32), np.full(size, UNKNOWN, dtype=np.int32)
    general = WaitingTime.objects.filter(kind=WaitKind.GENERAL)
    for pk, number, date in general.values_list("clinic_id", "waiting_days", "as_of"):
        if pk in row_of:
            days[row_of[pk]], as_of[row_of[pk]] = number, date.toordinal()
    return Waits(days, as_of)


def _hours(size: int, row_of: RowOf) -> Hours:
    week: Iterable[Any] = OpeningHours.objects.order_by("weekday", "opens").values_list(
        "clinic_id", "weekday", "opens", "closes", "by_appointment"
    )
    special: Iterable[Any] = OpeningException.objects.order_by().values_list(
        "clinic_id", "first_day", "last_day", "opens", "closes"
    )
    return hours(
        size,
        [(row_of[pk], *rest) for pk, *rest in week if pk in row_of],
        [
            (row_of[pk], first.toordinal(), last.toordinal(), opens, closes)
            for pk, first, last, opens, closes in special
            if pk in row_of
        ],
    )
