"""How much two names, two places and two sets of contacts have in common: the evidence that scoring.py weighs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from fysfinder.base.geo import haversine_km
from fysfinder.imports.identity import Identity
from fysfinder.imports.normalise import SIDE_TRADES, Address, Name, trades_of

# same: this door. house: this house, another door. road: this road, no or another number. near: a few steps away.
# unknown: nothing speaks for or against. apart: somewhere else.
Place = Literal["same", "house", "near", "road", "unknown", "apart"]
NEAR_KM = 0.1
FAR_KM = 0.6
_SAME_WORD = 0.8
_TOWN_ONLY = 0.45


@dataclass(frozen=True, slots=True)
class NameLikeness:
    value: float  # 0–1
    is_weak: bool  # as good as it is, a name that many could have: one word, or only general ones
    is_other_person: bool  # both say whose clinic it is, and mean two people
    is_bare: bool = False  # one of them says only what clinics are: 'Klinik for fysioterapi'
    is_other_trade: bool = False  # one is for teeth, the other for backs
    is_unsaid_trade: bool = False  # one says another trade than physiotherapy, the other says none
    is_other_branch: bool = False  # each has its own town in its name
    is_part: bool = False  # two or more telling words are all that one says, and the other says them too


def name_likeness(a: Name, b: Name, towns: frozenset[str] = frozenset()) -> NameLikeness:
    """towns: the words of the towns they lie in. 'Bakken Køge' may be 'Bakken'; 'Køge Fysioterapi' is another."""
    if "fys" in a.trades & b.trades:
        a, b = _without_side_trades(a), _without_side_trades(b)
    whole = replace(
        _likeness(a, b),
        is_other_trade=bool(a.trades and b.trades and not a.trades & b.trades),
        is_unsaid_trade=bool(a.trades) != bool(b.trades) and "fys" not in a.trades | b.trades,
        is_part=any(len(x) > 1 and set(x) <= set(y) for x, y in ((a.core, b.core), (b.core, a.core))),
    )
    there = {word for word in (*a.core, *b.core) if any(OSA.normalized_similarity(word, town) > 0.8 for town in towns)}
    if not there or whole.value == 1:
        return whole
    mine, theirs = (there & set(name.core) for name in (a, b))
    if mine and theirs and not _is_alike(mine, theirs):
        whole = replace(whole, is_other_branch=True)
    short = [replace(name, core=tuple(word for word in name.core if word not in there)) for name in (a, b)]
    said = [bool(name.core or name.person) for name in short]
    if said[0] != said[1]:
        return replace(whole, value=min(whole.value, _TOWN_ONLY), is_bare=False)
    if not all(said):
        return replace(whole, is_part=False)
    without = _likeness(*short)
    is_part = any(len(x) > 1 and set(x) <= set(y) for x, y in ((short[0].core, b.core), (short[1].core, a.core)))
    best = replace(whole, value=without.value, is_weak=without.is_weak) if without.value > whole.value else whole
    return replace(best, is_part=is_part)


def _without_side_trades(name: Name) -> Name:
    """Physiotherapists who also do pilates may or may not say so."""
    core = tuple(word for word in name.core if not trades_of(word) or trades_of(word) - SIDE_TRADES)
    return replace(name, core=core) if core else name


def _is_alike(mine: set[str], theirs: set[str]) -> bool:
    return any(OSA.normalized_similarity(x, y) > _SAME_WORD for x in mine for y in theirs)


def _likeness(a: Name, b: Name) -> NameLikeness:
    is_other_person = bool(a.person and b.person) and _common(a.person, b.person) < 0.6
    if a.joined == b.joined:
        return NameLikeness(1.0 if a.joined else 0.0, not (a.core or a.person), is_other_person)
    if not a.joined or not b.joined:
        return NameLikeness(0.0, True, False)
    sides = ((x, y) for x in _readings(a) for y in _readings(b))
    best = max((_words_likeness(x, y) for x, y in sides), default=0.0)
    if not (a.core or a.person) and not (b.core or b.person):  # 'Klinik for fysioterapi' and 'Fysioterapiklinikken'
        return NameLikeness(0.8 + 0.2 * ratio(a.joined, b.joined) / 100 if best == 0 else best, True, is_other_person)
    is_contained = (len(a.words) == 1 and a.joined in b.joined) or (len(b.words) == 1 and b.joined in a.joined)
    is_bare = not (a.core or a.person) or not (b.core or b.person)
    return NameLikeness(min(best, 0.99), is_contained, is_other_person, is_bare)


def _readings(name: Name) -> Iterable[tuple[str, ...]]:
    """The words that tell it apart, its owner, or both: 'Bakken v/ Anne Lind' is each of them to somebody."""
    return {reading for reading in (name.core, name.person, (*name.core, *name.person)) if reading}


def _words_likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Word by word; as one row of letters where words are split or joined ('Krops Centrum') and between single words.

    Not between names of as many words: there 'Form Øst' would be nearly 'Form Vest'.
    """
    if len(a) == len(b) > 1 or "".join(a)[:2] != "".join(b)[:2]:
        return _common(a, b)
    return max(_common(a, b), ratio("".join(a), "".join(b)) / 100)


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """The letters in words both have, of all letters: Dice's measure over words, forgiving slips of the pen."""
    a, b = sorted((a, b))
    left = list(b)
    matched = 0.0
    for word in a:
        best = max(left, key=lambda other: OSA.normalized_similarity(word, other), default="")
        likeness = OSA.normalized_similarity(word, best) if best else 0.0
        if likeness >= _SAME_WORD and (min(len(word), len(best)) > 3 or word == best):
            left.remove(best)
            matched += likeness * (len(word) + len(best))
    total = sum(map(len, a)) + sum(map(len, b))
    return matched / total if total else 0.0


def distance_km(a: Identity, b: Identity) -> float | None:
    """None unless both points are those of the addresses, not the middle of a postcode."""
    if a.point is None or b.point is None or not (a.is_point_exact and b.is_point_exact):
        return None
    return float(haversine_km(*a.point, *b.point))


def place_likeness(a: Identity, b: Identity) -> Place:
    km = distance_km(a, b)
    if (a.postcode and b.postcode and a.postcode != b.postcode) or _is_other_town(a, b):
        is_slip = (a.city == b.city != "" or a.postcode[:2] == b.postcode[:2] != "") if km is None else km <= FAR_KM
        return "road" if is_slip and _doors(a.address, b.address) == "same" else "apart"
    doors = _doors(*_without_town(a, b))
    if doors in {"same", "house"}:
        return "road" if km is not None and km > 2 else doors  # the road's name occurs twice, or a point is wrong
    if doors == "unknown":
        return "unknown" if km is None else "near" if km <= NEAR_KM else "apart" if km > FAR_KM else "unknown"
    if doors == "road":
        return "near" if km is not None and km <= NEAR_KM / 2 else "apart" if km is not None and km > FAR_KM else "road"
    return "near" if km is not None and km <= NEAR_KM / 4 else "apart"  # a corner house has two addresses


def _without_town(a: Identity, b: Identity) -> tuple[Address, Address]:
    """'Lyngby Hovedgade' is 'Hovedgaden' in Lyngby."""
    if a.address.road == b.address.road:
        return a.address, b.address
    towns = sorted({word for word in (*a.city.split(), *b.city.split()) if len(word) > 3}, key=len)
    roads = [side.address.road for side in (a, b)]
    for town in towns:
        roads = [road.removeprefix(town) or road for road in roads]
    return replace(a.address, road=roads[0]), replace(b.address, road=roads[1])


def _is_other_town(a: Identity, b: Identity) -> bool:
    if not a.city or not b.city or (a.postcode and b.postcode):
        return False
    return ratio(a.city, b.city) < 80 and a.city not in b.city and b.city not in a.city


def _doors(a: Address, b: Address) -> Literal["same", "house", "road", "unknown", "apart"]:
    if not a.road or not b.road:
        return "unknown"
    if a.road != b.road and not (
        min(len(a.road), len(b.road)) > 5 and OSA.normalized_similarity(a.road, b.road) > 0.85
    ):
        return "apart"
    if a.number is None or b.number is None or not _numbers_meet(a, b):
        return "road"
    differ = (
        a.letter and b.letter and a.letter != b.letter,
        a.floor is not None and b.floor is not None and a.floor != b.floor,
        a.door and b.door and a.door != b.door and a.floor == b.floor,
    )
    return "house" if any(differ) else "same"


def _numbers_meet(a: Address, b: Address) -> bool:
    assert a.number is not None and b.number is not None
    return a.number <= (b.last or b.number) and b.number <= (a.last or a.number)
