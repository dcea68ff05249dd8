"""Never a dead end: when nothing meets the whole question, which one change helps, and what is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fysfinder.base.geo import unit_vector
from fysfinder.base.jinja import language
from fysfinder.search import bits
from fysfinder.search.area import Circle
from fysfinder.search.columns import kilometres
from fysfinder.search.facets import AREA, PLACE, Narrowing
from fysfinder.search.filters import FILTER_BY_KEY
from fysfinder.search.filters.radius import STEPS_KM
from fysfinder.search.filters.topics import TOPICS
from fysfinder.search.results import Nearest, Relax
from fysfinder.search.sorting import SORT_BY_VALUE, Candidates, ordered
from fysfinder.topics import queries as topics

if TYPE_CHECKING:
    from fysfinder.search.clinic_search import ClinicSearch

NEAREST = 3
MOST_PAIRS = 3
WHOLE_COUNTRY = "danmark"


def relaxations(search: ClinicSearch, narrowing: Narrowing) -> tuple[Relax, ...]:
    """The single changes that give results, most results first.

    Where leaving out no single requirement does, the pairs that do; where no change does, leaving out all of them.
    """
    drops = _helpful(_without_one(search, narrowing)) or _helpful(_without_two(search, narrowing))[:MOST_PAIRS]
    helpful = [*drops, *_helpful([*_wider(search, narrowing), *_wider_topics(search, narrowing)])]
    if helpful or not search.values:
        return tuple(sorted(helpful, key=_most_first))
    bare = search.bare()
    total = len(bare.narrowing(narrowing.columns).found.rows)
    return (Relax("alt", _("Fjern alle krav"), bare.target(), total),) if total else ()


def _helpful(found: Iterable[Relax]) -> list[Relax]:
    return sorted((each for each in found if each.total), key=_most_first)


def _most_first(each: Relax) -> tuple[int, str, str]:
    return -each.total, each.key, each.label


def _without_one(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    """Each requirement left out: a whole filter, and where several things must hold, each of them."""
    for key, value in search.values.items():
        if key == AREA:
            continue
        each = FILTER_BY_KEY[key]
        target = search.replacing(key, None).target()
        yield Relax(key, _without(each.describe(value)), target, bits.count(narrowing.without(key)))
        for one in value if each.combines == "all" and len(value) > 1 else ():
            others = tuple(other for other in value if other != one)
            rest = narrowing.without(key) & each.mask(narrowing.columns, others, narrowing.asked).yes
            target = search.replacing(key, others).target()
            yield Relax(key, _without(each.describe((one,))), target, bits.count(rest))


def _without_two(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    """Each two filters left out together."""
    for pair in combinations([key for key in search.values if key != AREA], 2):
        first, second = (FILTER_BY_KEY[key].describe(search.values[key]) for key in pair)
        label = _("Fjern ”%(first)s” og ”%(second)s”") % {"first": first, "second": second}
        target = search.replacing(pair[0], None).replacing(pair[1], None).target()
        yield Relax(pair[0], label, target, bits.count(narrowing.without(*pair)))


def _without(words: str) -> str:
    return _("Fjern ”%(filter)s”") % {"filter": words}


def _wider(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    """The smallest usual radius that helps, else the whole country."""
    rest, point = narrowing.without(AREA), narrowing.asked.point
    for radius_km in STEPS_KM:
        if point and radius_km > search.values.get(AREA, 0):
            total = bits.count(Circle(narrowing.columns, point, radius_km).cut(rest))
            if total:
                label = _("Søg inden for %(km)d km") % {"km": radius_km}
                yield Relax(AREA, label, search.replacing(AREA, radius_km).target(), total)
                return
    if search.place.slug != WHOLE_COUNTRY:
        total = bits.count(narrowing.without(AREA, PLACE))
        yield Relax(PLACE, _("Søg i hele Danmark"), search.in_place(WHOLE_COUNTRY), total)


def _wider_topics(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    """A topic's parent in its stead."""
    chosen: tuple[str, ...] = search.values.get(TOPICS.key, ())
    rest = narrowing.without(TOPICS.key)
    for card in topics.taxonomy().cards(chosen):
        if card.parent and card.parent not in chosen:
            wider = tuple(card.parent if slug == card.slug else slug for slug in chosen)
            total = bits.count(rest & TOPICS.mask(narrowing.columns, wider, narrowing.asked).yes)
            parent = topics.name_in_sentence(topics.taxonomy().topics[card.parent], language())
            label = _("Søg efter %(topic)s i stedet") % {"topic": parent}
            yield Relax(TOPICS.key, label, search.replacing(TOPICS.key, wider).target(), total)


def nearest(narrowing: Narrowing, topic_slugs: tuple[str, ...]) -> tuple[tuple[Nearest, ...], bool]:
    """The nearest clinics that meet everything but the area; when there are none, the nearest of all (and True)."""
    columns, point = narrowing.columns, narrowing.asked.point
    if point is None:
        return (), False
    meeting = narrowing.without(AREA)
    ignores_filters = not meeting.any()
    rows = bits.rows_of(columns.everyone() if ignores_filters else meeting, columns.size)
    distances = kilometres(columns.squares(unit_vector(*point), rows))
    candidates = Candidates(columns, rows, distances, topic_slugs, narrowing.asked)
    chosen = ordered(SORT_BY_VALUE["afstand"], candidates, first=0, after=NEAREST)
    found = zip(columns.ids[rows[chosen]].tolist(), distances[chosen].tolist(), strict=True)
    return tuple(Nearest(pk, km) for pk, km in found), ignores_filters
