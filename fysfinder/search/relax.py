"""Never a dead end: when nothing meets the whole question, which one change helps, and what is nearest."""

from __future__ import annotations

from collections.abc import Iterator
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
WHOLE_COUNTRY = "danmark"


def relaxations(search: ClinicSearch, narrowing: Narrowing) -> tuple[Relax, ...]:
    """The single changes that give results, most results first. When none does: dropping every filter, if that does."""
    found = [*_without_one(search, narrowing), *_wider(search, narrowing), *_other_topics(search, narrowing)]
    helpful = sorted((each for each in found if each.total), key=lambda each: (-each.total, each.key, each.label))
    if helpful or not search.values:
        return tuple(helpful)
    bare = search.bare()
    total = len(bare.narrowing(narrowing.columns).found.rows)
    return (Relax("alt", _("Fjern alle krav"), bare.target(), total),) if total else ()


def _without_one(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    for key, value in search.values.items():
        if key != AREA:
            label = _("Fjern ”%(filter)s”") % {"filter": FILTER_BY_KEY[key].describe(value)}
            yield Relax(key, label, search.replacing(key, None).target(), bits.count(narrowing.without(key)))


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


def _other_topics(search: ClinicSearch, narrowing: Narrowing) -> Iterator[Relax]:
    """One of several topics left out, or a topic's parent in its stead."""
    chosen: tuple[str, ...] = search.values.get(TOPICS.key, ())
    rest = narrowing.without(TOPICS.key)
    cards = topics.taxonomy().cards(chosen)
    for card in cards:
        others = tuple(slug for slug in chosen if slug != card.slug)
        if others:
            total = bits.count(rest & TOPICS.mask(narrowing.columns, others, narrowing.asked).yes)
            label = _("Fjern ”%(filter)s”") % {"filter": topics.name(card, language())}
            yield Relax(TOPICS.key, label, search.replacing(TOPICS.key, others).target(), total)
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
