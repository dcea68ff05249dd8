"""The search once more, slowly and in plain Python: what the columns are proved against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import danish_key
from fysfinder.clinics.opening import kind_at
from fysfinder.clinics.opening_rows import week_from_rows
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.columns import FRESH_DAYS
from fysfinder.search.filters.access import FACTS as ACCESS_WORDS
from tests.search.conftest import TREE
from tests.search.world import Known

Truth = bool | None  # None: not known
FACT_KEYS = {
    "ydernummer": "agreement",
    "vederlagsfri": "vederlagsfri",
    "hjemmebesoeg": "home_visits",
    "hold": "group_classes",
    "online": "online",
    "hjemmetraening": "home_training",
}
NO_LIMIT = 10**9


def every(truths: Iterable[Truth]) -> Truth:
    truths = list(truths)
    return False if False in truths else None if None in truths else True


def some(truths: Iterable[Truth]) -> Truth:
    truths = list(truths)
    return True if True in truths else None if None in truths else False


def truth(clinic: Known, key: str, value: Any, now: dt.datetime) -> Truth:
    """Whether one clinic meets one filter."""
    if key in FACT_KEYS:
        return clinic.facts.get(FACT_KEYS[key])
    if key == "adgang":
        return every(clinic.facts.get(ACCESS_WORDS[word].name) for word in value)
    if key == "emner":
        return None if not clinic.topics else every(offers(clinic.topics, slug) for slug in value)
    if key == "sprog":
        return None if clinic.languages is None else some(name in clinic.languages for name in value)
    if key == "forsikring":
        return None if clinic.insurers is None else some(name in clinic.insurers for name in value)
    if key == "maks-pris":
        return None if clinic.price_ore is None else clinic.price_ore <= value * 100
    if key == "maks-forloeb":  # the usual course: a first visit and five more
        is_priced = clinic.price_ore is not None and clinic.follow_up_ore is not None
        return clinic.price_ore + 5 * clinic.follow_up_ore <= value * 100 if is_priced else None
    if key == "maks-ventetid":
        days = fresh_days(clinic, now)
        return None if days is None else days <= value
    assert key == "aabent"
    return every(is_open(clinic, time, now) for time in value)


def offers(said: frozenset[str], slug: str) -> bool:
    return slug in said or any(offers(said, child) for child, parent in TREE.items() if parent == slug)


def fresh_days(clinic: Known, now: dt.datetime) -> int | None:
    if clinic.wait is None:
        return None
    days, as_of = clinic.wait
    return days if 0 <= (now.date() - as_of).days <= FRESH_DAYS else None


def is_open(clinic: Known, time: str, now: dt.datetime) -> Truth:
    week = week_from_rows(clinic.week, clinic.special)
    if time == "nu":
        return {"open": True, "closed": False}.get(kind_at(week, now))
    days = week.days[:5] if time == "aften" else week.days[5:]
    after = 17 * 60 if time == "aften" else 0
    return some(
        None
        if day.state in {"unknown", "by_appointment"}
        else any(interval.closes > after for interval in day.intervals)
        for day in days
    )


def distance_km(search: ClinicSearch, clinic: Known) -> float:
    assert search.origin is not None
    return haversine_km(*search.origin, clinic.lat, clinic.lon)


def in_area(search: ClinicSearch, clinic: Known, radius_km: int | None) -> Truth:
    if search.origin and radius_km is not None:
        is_inside = distance_km(search, clinic) <= radius_km
    else:
        is_inside = search.place.kind in {"country", "online"} or clinic.postcode in search.place.postcodes
    return every([is_inside, clinic.facts.get("online")]) if search.place.kind == "online" else is_inside


def judge(search: ClinicSearch, clinic: Known, values: Mapping[str, Any], radius_km: int | None) -> Truth:
    """Whether a clinic meets the whole question with these values and this radius."""
    wanted = {key: value for key, value in values.items() if key != "radius"}
    return every(
        [in_area(search, clinic, radius_km), *(truth(clinic, k, value, search.now) for k, value in wanted.items())]
    )


def matching(search: ClinicSearch, clinics: Sequence[Known]) -> list[Known]:
    return [clinic for clinic in clinics if judge(search, clinic, search.values, search.radius_km) is True]


def undecided(search: ClinicSearch, clinics: Sequence[Known]) -> int:
    return sum(judge(search, clinic, search.values, search.radius_km) is None for clinic in clinics)


def total_with(search: ClinicSearch, clinics: Sequence[Known], key: str, value: Any) -> int:
    """How many would match with another value of one filter."""
    radius_km = value if key == "radius" else search.radius_km
    return sum(judge(search, clinic, {**search.values, key: value}, radius_km) is True for clinic in clinics)


def ordered_ids(search: ClinicSearch, clinics: Sequence[Known]) -> list[int]:
    """All matching ids in the order of the question."""
    a_to_z = sorted(clinics, key=lambda clinic: (danish_key(clinic.name), clinic.id))
    rank = {clinic.id: place for place, clinic in enumerate(a_to_z)}

    def metres(clinic: Known) -> int:
        return round(distance_km(search, clinic) * 1000) if search.origin else 0

    def best(clinic: Known) -> int:
        days = fresh_days(clinic, search.now)
        narrower = sum(slug not in (clinic.topics or ()) for slug in search.topic_slugs)
        return metres(clinic) + 500 * (14 if days is None else days) + 2_000 * narrower

    def waiting(clinic: Known) -> int:
        days = fresh_days(clinic, search.now)
        return NO_LIMIT if days is None else days

    first: dict[str, Callable[[Known], int]] = {
        "": best,
        "afstand": metres,
        "ventetid": waiting,
        "pris": lambda clinic: NO_LIMIT if clinic.price_ore is None else clinic.price_ore,
        "navn": lambda clinic: rank[clinic.id],
    }
    tie = metres if search.origin else lambda clinic: rank[clinic.id]
    found = matching(search, clinics)
    return [c.id for c in sorted(found, key=lambda clinic: (first[search.sort](clinic), tie(clinic), clinic.id))]
