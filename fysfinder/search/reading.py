"""The directory read from the database into columns: few queries, whole tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, Value, When

from fysfinder.base.geo import unit_vectors
from fysfinder.base.text import danish_order
from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.models import Clinic, ClinicTopic, OpeningException, OpeningHours, Price, WaitingTime
from fysfinder.clinics.models.offers import Service, WaitKind
from fysfinder.clinics.opening_rows import UsualRow
from fysfinder.clinics.queries import directory_version
from fysfinder.places.models import Postcode
from fysfinder.search import bits
from fysfinder.search.bits import Flags, Rows
from fysfinder.search.bulk import UNKNOWN, read_table
from fysfinder.search.columns import Columns, Ints, Tags, Waits, widen
from fysfinder.search.hours import BEFORE_1970, Hours, Table, hours
from fysfinder.search.nearness import along_a_curve
from fysfinder.search.price_columns import PriceColumns
from fysfinder.tariffs.subsidies import TRIAL_REGION
from fysfinder.topics.models import Topic
from fysfinder.topics.queries import counted_as, taxonomy

FACTS = tuple(each.name for each in ATTRIBUTES if each.kind == "yes_no" and each.filter_name)
DOOR, WIDE_DOOR_CM = "door_width_cm", 80  # held as a fact: wide enough, not wide enough, not measured
_FIELDS = {
    "id": int,
    "postcode_id": int,
    "name": str,
    "lat": float,
    "lon": float,
    "languages": str,
    "insurers": str,
    **dict.fromkeys(("agreement", "vederlagsfri", DOOR, *FACTS), int),
}
PRICED = tuple(str(service) for service in Service if service != Service.EXTRA)
NO_PRICE = 2**31 - 1


def read_columns() -> Columns:
    """All published clinics as columns. Nine queries, whatever the number of clinics."""
    version = directory_version()  # before the rows: a change in between is then seen as one
    fields = read_table(Clinic.objects.published().order_by("pk"), _FIELDS)
    order = np.lexsort((along_a_curve(fields["lat"], fields["lon"]), fields["postcode_id"]))
    fields = {name: values[order] if isinstance(values, np.ndarray) else values for name, values in fields.items()}
    ids, codes = fields["id"], fields["postcode_id"]
    rows_of = _Rows(ids)
    topics = _topics(rows_of)
    prices = _prices(rows_of, fields)
    door = np.where(fields[DOOR] < 0, UNKNOWN, fields[DOOR] >= WIDE_DOOR_CM)
    return Columns(
        version=version,
        ids=ids,
        vectors=np.ascontiguousarray(unit_vectors(fields["lat"], fields["lon"]).T),
        postcodes=_slices(codes),
        name_rank=_name_rank(fields["name"])[order],
        facts=_facts([door, *(fields[name] for name in FACTS)]),
        topics=topics,
        topics_wide=widen(topics, _below, taxonomy().topics),
        languages=_listed(fields["languages"], order),
        insurers=_listed(fields["insurers"], order),
        first_price=prices.low[Service.FIRST],
        prices=prices,
        waits=_waits(rows_of),
        hours=_hours(rows_of),
    )


class _Rows:
    """Which row of the columns a clinic's id has."""

    def __init__(self, ids: npt.NDArray[np.int64]) -> None:
        self.size = len(ids)
        self._order = np.argsort(ids)
        self._sorted = ids[self._order]

    def of(self, table: Mapping[str, Any]) -> Table:
        """The columns of a table whose first are ids, with rows in their place; without clinics not published."""
        ids, *others = table.values()
        if not self.size:
            return np.zeros((len(table), 0), dtype=np.int64)
        at = np.minimum(np.searchsorted(self._sorted, ids), self.size - 1)
        is_here = self._sorted[at] == ids
        return np.stack([self._order[at[is_here]], *(values[is_here] for values in others)])


def _facts(answers: Sequence[npt.NDArray[np.int64]]) -> Tags:
    yes = np.stack([bits.pack(answer == 1) for answer in answers])
    known = np.stack([bits.pack(answer >= 0) for answer in answers])
    return Tags({name: row for row, name in enumerate((DOOR, *FACTS))}, yes, known)


def _slices(codes: npt.NDArray[np.int64]) -> dict[str, tuple[int, int]]:
    """Where each postcode begins and ends in a sorted list."""
    numbers, firsts, counts = np.unique(codes, return_index=True, return_counts=True)
    found = zip(numbers.tolist(), firsts.tolist(), counts.tolist(), strict=True)
    return {f"{code:04d}": (first, first + count) for code, first, count in found}


def _name_rank(names: Sequence[str]) -> Ints:
    """0 … n−1 in the order A–Å; equal names stay in their order."""
    keys = danish_order("\0".join(names)).split("\0")  # all at once: a name at a time takes longer than sorting them
    rank = np.empty(len(names), dtype=np.int32)
    rank[sorted(range(len(names)), key=keys.__getitem__)] = np.arange(len(names), dtype=np.int32)
    return rank


def _listed(texts: Sequence[str | None], order: Rows) -> Tags:
    """Lists as the database keeps them, in JSON. Few are different, so each is read once."""
    number_of = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    number = np.fromiter(map(number_of.__getitem__, texts), dtype=np.intp, count=len(texts))[order]
    holders: dict[str, list[int]] = defaultdict(list)
    unknown = [which for text, which in number_of.items() if text is None]
    for text, which in number_of.items():
        for name in json.loads(text or "[]"):
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
    return (card.slug for card in counted_as(slug))


def _topics(rows_of: _Rows) -> Tags:
    """What clinics say they offer. A clinic that names no topic has not been asked: unknown, not none."""
    rows, topics = rows_of.of(read_table(ClinicTopic.objects.order_by(), {"clinic_id": int, "topic_id": int}))
    known = np.zeros(rows_of.size, dtype=np.bool_)
    known[rows] = True
    order = np.argsort(topics, kind="stable")
    numbers, firsts = np.unique(topics[order], return_index=True)
    slug_of = dict(Topic.objects.values_list("pk", "slug"))
    spans = zip(numbers.tolist(), firsts.tolist(), [*firsts[1:].tolist(), len(order)], strict=False)
    sets = {slug_of[number]: rows[order[first:after]] for number, first, after in spans}
    return _tags(dict(sorted(sets.items())), known)


def _prices(rows_of: _Rows, fields: Mapping[str, Any]) -> PriceColumns:
    """The span of each clinic's own prices by service, and what decides whether they are the ones that count."""
    number = Case(*(When(service=name, then=Value(at)) for at, name in enumerate(PRICED)))
    priced = Price.objects.filter(service__in=PRICED).order_by().annotate(number=number)
    kinds = dict.fromkeys(("clinic_id", "low_ore", "high_ore", "number"), int)
    rows, lowest, highest, service = rows_of.of(read_table(priced, kinds))
    low, high = {}, {}
    for at, name in enumerate(PRICED):
        is_it = service == at
        least, most = (np.full(rows_of.size, start, dtype=np.int32) for start in (NO_PRICE, UNKNOWN))
        np.minimum.at(least, rows[is_it], lowest[is_it].astype(np.int32))
        np.maximum.at(most, rows[is_it], highest[is_it].astype(np.int32))
        low[name], high[name] = np.where(least == NO_PRICE, np.int32(UNKNOWN), least), most
    is_in_trial, municipality = _municipalities(fields["postcode_id"])
    return PriceColumns(
        agreement=fields["agreement"].astype(np.int8),
        vederlagsfri=fields["vederlagsfri"].astype(np.int8),
        is_trial_region=is_in_trial,
        municipality=municipality,
        low=low,
        high=high,
    )


def _municipalities(codes: npt.NDArray[np.int64]) -> tuple[Flags, Ints]:
    """Of each clinic by its postcode: whether it lies in the region of the trial, and the municipality's number."""
    fields = ("code", "municipality_id", "municipality__region_id")
    known = np.array(Postcode.objects.order_by("code").values_list(*fields), dtype="U4").reshape(-1, 3)
    at = np.searchsorted(known[:, 0].astype(np.int64), codes)
    return known[at, 2] == TRIAL_REGION, known[at, 1].astype(np.int32)


def _waits(rows_of: _Rows) -> Waits:
    general = WaitingTime.objects.filter(kind=WaitKind.GENERAL).order_by()
    said = read_table(general, {"clinic_id": int, "waiting_days": int, "as_of": str})
    rows, waiting, day = rows_of.of({**said, "as_of": _ordinals(said["as_of"])})
    days, as_of = (np.full(rows_of.size, UNKNOWN, dtype=np.int32) for _ in range(2))
    days[rows], as_of[rows] = waiting, day
    return Waits(days, as_of)


def _hours(rows_of: _Rows) -> Hours:
    usual = read_table(OpeningHours.objects.order_by(), dict.fromkeys(("clinic_id", *UsualRow._fields), int))
    dates = dict.fromkeys(("first_day", "last_day"), str)
    numbers = dict.fromkeys(("opens", "closes", "weekday", "is_yearly"), int)
    special = read_table(OpeningException.objects.order_by(), {"clinic_id": int, **dates, **numbers})
    special |= {name: _ordinals(special[name]) for name in dates}
    return hours(rows_of.size, rows_of.of(usual).T, rows_of.of(special).T)


def _ordinals(dates: Sequence[str]) -> npt.NDArray[np.int64]:
    """Of ISO dates."""
    return np.array(dates, dtype="datetime64[D]").astype(np.int64) + BEFORE_1970
