"""The directory read from the database into columns: few queries, whole tables, no object a row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Case, QuerySet, Value, When

from fysfinder.base.geo import unit_vectors
from fysfinder.base.text import danish_order
from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.models import Clinic, ClinicTopic, OpeningException, OpeningHours, Price, WaitingTime
from fysfinder.clinics.models.offers import Service, WaitKind
from fysfinder.clinics.opening_rows import UsualRow
from fysfinder.clinics.queries import directory_version
from fysfinder.search import bits
from fysfinder.search.bits import Flags, Rows
from fysfinder.search.columns import UNKNOWN, Columns, Ints, Tags, Waits, widen
from fysfinder.search.course_prices import PriceColumns
from fysfinder.search.hours import BEFORE_1970, Hours, Table, hours
from fysfinder.search.nearness import along_a_curve
from fysfinder.tariffs.subsidies import TRIAL_REGION
from fysfinder.topics.models import Topic
from fysfinder.topics.queries import descendants, taxonomy

FACTS = tuple(each.name for each in ATTRIBUTES if each.kind == "yes_no" and each.filter_name)
DOOR, WIDE_DOOR_CM = "door_width_cm", 80  # held as a fact: wide enough, not wide enough, not measured
_FIELDS = (
    *("id", "name", "postcode_id", "lat", "lon", "languages", "insurers", "agreement", "vederlagsfri"),
    *("postcode__municipality_id", "postcode__municipality__region_id", DOOR),
    *(name for name in FACTS if name not in ("agreement", "vederlagsfri")),
)
PRICED = tuple(str(service) for service in Service if service != Service.EXTRA)
ROWS_AT_ONCE = 20_000
NO_PRICE = 2**31 - 1


def read_columns() -> Columns:
    """All published clinics as columns. Eight queries, whatever the number of clinics."""
    version = directory_version()  # before the rows: a change in between is then seen as one
    fields = dict(zip(_FIELDS, _by_field(Clinic.objects.published().order_by().values_list(*_FIELDS)), strict=True))
    lats, lons = (np.array(fields[name], dtype=np.float64) for name in ("lat", "lon"))
    codes = np.array(fields["postcode_id"], dtype="U4")
    order = np.lexsort((np.array(fields["id"], dtype=np.int64), along_a_curve(lats, lons), codes))
    ids = np.array(fields["id"], dtype=np.int64)[order]
    vectors = unit_vectors(lats[order], lons[order])
    x, y, z = (np.ascontiguousarray(vectors[:, axis]) for axis in range(3))
    rows_of = _Rows(ids)
    topics = _topics(rows_of)
    prices = _prices(rows_of, fields, order)
    facts = [_numbers(fields[name])[order] for name in (DOOR, *FACTS)]
    facts[0] = np.where(facts[0] < 0, UNKNOWN, facts[0] >= WIDE_DOOR_CM)
    return Columns(
        version=version,
        ids=ids,
        x=x,
        y=y,
        z=z,
        postcodes=_slices(codes[order]),
        name_rank=_name_rank(fields["name"], fields["id"])[order],
        facts=_facts(facts),
        topics=topics,
        topics_wide=widen(topics, _below, taxonomy().topics),
        languages=_listed(fields["languages"], order),
        insurers=_listed(fields["insurers"], order),
        first_price=prices.low[Service.FIRST],
        prices=prices,
        waits=_waits(rows_of),
        hours=_hours(rows_of),
    )


def _fetched(queryset: QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as the database's own values, some at a time: what Django makes of a million rows takes a minute."""
    with connection.cursor() as cursor:
        cursor.execute(*queryset.query.sql_with_params())
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield rows


def _by_field(queryset: QuerySet[Any, Any]) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in queryset.query.values_select]
    for rows in _fetched(queryset):
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return columns


def _table(queryset: QuerySet[Any, Any]) -> Table:
    """Rows of whole numbers and truth values, one row each; NULL is UNKNOWN."""
    width = len(queryset.query.values_select) + len(queryset.query.annotation_select)
    tables = [np.zeros((0, width), dtype=np.int64)]
    for rows in _fetched(queryset):
        values = np.array(rows, dtype=np.float64)  # None is nan
        tables.append(np.where(np.isnan(values), UNKNOWN, values).astype(np.int64))
    return np.concatenate(tables)


class _Rows:
    """Which row of the columns a clinic's id has."""

    def __init__(self, ids: npt.NDArray[np.int64]) -> None:
        self.size = len(ids)
        self._order = np.argsort(ids)
        self._sorted = ids[self._order]

    def of(self, table: Table) -> Table:
        """A table whose first column are ids, with rows in their place; without clinics that are not published."""
        if not self.size:
            return table[:0]
        at = np.minimum(np.searchsorted(self._sorted, table[:, 0]), self.size - 1)
        is_here = self._sorted[at] == table[:, 0]
        table, at = table[is_here], at[is_here]
        table[:, 0] = self._order[at]
        return table


def _numbers(values: Sequence[int | None]) -> npt.NDArray[np.int64]:
    found = np.array(values, dtype=np.float64)  # None is nan
    return np.where(np.isnan(found), UNKNOWN, found).astype(np.int64)


def _facts(answers: Sequence[npt.NDArray[np.int64]]) -> Tags:
    yes = np.stack([bits.pack(answer == 1) for answer in answers])
    known = np.stack([bits.pack(answer >= 0) for answer in answers])
    return Tags({name: row for row, name in enumerate((DOOR, *FACTS))}, yes, known)


def _slices(codes: npt.NDArray[np.str_]) -> dict[str, tuple[int, int]]:
    """Where each postcode begins and ends in a sorted list."""
    names, firsts, counts = np.unique(codes, return_index=True, return_counts=True)
    found = zip(names.tolist(), firsts.tolist(), counts.tolist(), strict=True)
    return {code: (first, first + count) for code, first, count in found}


def _name_rank(names: Sequence[str], ids: Sequence[int]) -> Ints:
    keys = [danish_order(name) for name in names]
    order = sorted(range(len(names)), key=lambda row: (keys[row], ids[row]))
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return rank


def _listed(texts: Sequence[str | None], order: Rows) -> Tags:
    """Lists as the database keeps them, in JSON. Few are different, so each is read once."""
    lists: dict[str | None, tuple[int, list[str] | None]] = {}
    for text in texts:
        if text not in lists:
            lists[text] = (len(lists), None if text is None else json.loads(text))
    number = np.fromiter((lists[text][0] for text in texts), dtype=np.intp, count=len(texts))[order]
    holders: dict[str, list[int]] = defaultdict(list)
    unknown = [which for which, names in lists.values() if names is None]
    for which, names in lists.values():
        for name in names or ():
            holders[name].append(which)
    sets = {name: np.isin(number, holders[name]).nonzero()[0] for name in sorted(holders)}
    return _tags(sets, ~np.isin(number, unknown))


def _tags(sets: Mapping[str, Rows], known: Flags) -> Tags:
    """Tags from the rows of each name."""
    words = bits.word_count(len(known))
    table = np.zeros((len(sets), words), dtype=np.uint64)
    for at, rows in enumerate(sets.values()):
        table[at] = bits.of_rows(rows, len(known))
    return Tags({name: at for at, name in enumerate(sets)}, table, bits.pack(known)[np.newaxis, :])


def _below(slug: str) -> Iterator[str]:
    return (card.slug for card in descendants(slug))


def _topics(rows_of: _Rows) -> Tags:
    """What clinics say they offer. A clinic that names no topic has not been asked: unknown, not none."""
    rows, topics = rows_of.of(_table(ClinicTopic.objects.order_by().values_list("clinic_id", "topic_id"))).T
    known = np.zeros(rows_of.size, dtype=np.bool_)
    known[rows] = True
    order = np.argsort(topics, kind="stable")
    numbers, firsts = np.unique(topics[order], return_index=True)
    slug_of = dict(Topic.objects.values_list("pk", "slug"))
    spans = zip(numbers.tolist(), firsts.tolist(), [*firsts[1:].tolist(), len(order)], strict=False)
    sets = {slug_of[number]: rows[order[first:after]] for number, first, after in spans}
    return _tags(dict(sorted(sets.items())), known)


def _prices(rows_of: _Rows, fields: Mapping[str, Sequence[Any]], order: Rows) -> PriceColumns:
    """The span of each clinic's own prices by service, and what decides whether they are the ones that count."""
    number = Case(*(When(service=name, then=Value(at)) for at, name in enumerate(PRICED)))
    priced = Price.objects.filter(service__in=PRICED).order_by().annotate(number=number)
    rows, lowest, highest, service = rows_of.of(
        _table(priced.values_list("clinic_id", "low_ore", "high_ore", "number"))
    ).T
    low, high = {}, {}
    for at, name in enumerate(PRICED):
        is_it = service == at
        least, most = (np.full(rows_of.size, start, dtype=np.int32) for start in (NO_PRICE, UNKNOWN))
        np.minimum.at(least, rows[is_it], lowest[is_it].astype(np.int32))
        np.maximum.at(most, rows[is_it], highest[is_it].astype(np.int32))
        low[name], high[name] = np.where(least == NO_PRICE, np.int32(UNKNOWN), least), most
    return PriceColumns(
        agreement=_numbers(fields["agreement"])[order].astype(np.int8),
        vederlagsfri=_numbers(fields["vederlagsfri"])[order].astype(np.int8),
        is_trial_region=np.array(fields["postcode__municipality__region_id"], dtype="U4")[order] == TRIAL_REGION,
        municipality=np.array(fields["postcode__municipality_id"], dtype="U4").astype(np.int32)[order],
        low=low,
        high=high,
    )


def _waits(rows_of: _Rows) -> Waits:
    general = WaitingTime.objects.filter(kind=WaitKind.GENERAL).order_by()
    ids, numbers, dates = _by_field(general.values_list("clinic_id", "waiting_days", "as_of"))
    rows, said, day = rows_of.of(np.array([ids, numbers, _ordinals(dates)], dtype=np.int64).T).T
    days, as_of = (np.full(rows_of.size, UNKNOWN, dtype=np.int32) for _ in range(2))
    days[rows], as_of[rows] = said, day
    return Waits(days, as_of)


def _hours(rows_of: _Rows) -> Hours:
    usual = OpeningHours.objects.order_by().values_list("clinic_id", *UsualRow._fields)
    week = rows_of.of(_table(usual))
    fields = ("clinic_id", "first_day", "last_day", "opens", "closes", "weekday", "is_yearly")
    ids, first, last, *numbers = _by_field(OpeningException.objects.order_by().values_list(*fields))
    special = [ids, _ordinals(first), _ordinals(last), *(_numbers(each) for each in numbers)]
    return hours(rows_of.size, week, rows_of.of(np.array(special, dtype=np.int64).T))


def _ordinals(dates: Sequence[Any]) -> npt.NDArray[np.int64]:
    """Dates or their ISO texts, as the database gives them."""
    return np.array(dates, dtype="datetime64[D]").astype(np.int64) + BEFORE_1970
