"""The clinics of a find page as printed cards. What is the same on every page that shows a clinic is printed once.

Kept of a clinic: its card with gaps for what one question decides (rank, distance, topics, why), and the line of its
topics under the same topics. Both are dropped with the directory's version, with the tariffs, at the next moment when
anybody opens or closes, and at midnight. Nothing is kept of a visitor who said who they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from markupsafe import Markup, escape

from fysfinder.base.http import query_string
from fysfinder.base.jinja import GAP, Same, cut, language, printed
from fysfinder.clinics.cards import ClinicCard
from fysfinder.search.clinic_cards import clinic_cards
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.directory import directory
from fysfinder.search.memory import Memory
from fysfinder.tariffs.queries import known_tariffs
from fysfinder.topics.queries import TopicCard
from fysfinder.web.cards import card_view, distance_maker, topic_line
from fysfinder.web.ranking_page import why_maker

CARDS_LIMIT, LINES_LIMIT = 4_000, 20_000  # about 3 kB and 300 bytes each
TEMPLATE = "components/clinic_card.html"
Match = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A clinic in its place on one page."""

    rank: int
    slug: str
    name: str
    path: str
    lat: float
    lon: float
    html: Markup


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A clinic's card with gaps, as the text around them."""

    slug: str
    name: str
    path: str
    lat: float
    lon: float
    precision: str
    parts: tuple[str, ...]  # before, between and after rank, distance, topics and why


def shown_cards(
    search: ClinicSearch,
    found: Sequence[tuple[int, float | None]],
    asked: Sequence[TopicCard],
    *,
    first: int = 1,
    match: Mapping[int, Match] | None = None,
) -> tuple[ShownCard, ...]:
    """The clinics (id, kilometres or None) in their order, ranked from `first`; `match` says why each stands there.

    No query when all are kept, else those of clinics.queries.cards for all that are not.
    """
    frames, lines = _kept_frames(search), _kept_lines(search)
    key = (language(), search.topic_slugs)
    ready = {pk: (frames.peek((pk, key[0])), lines.peek((pk, key))) for pk, _ in found}
    for card in clinic_cards([pk for pk, parts in ready.items() if None in parts], today=search.now.date()):
        frame = frames.get((card.id, key[0]), lambda card=card: _frame(search, card))  # type: ignore[misc]  # bound now
        line = lines.get((card.id, key), lambda card=card: printed(TEMPLATE, "card_line", topic_line(card, asked)))  # type: ignore[misc]
        ready[card.id] = (frame, line)
    why, distance = why_maker(has_distance=search.origin is not None), distance_maker()
    before, after, before_rank, before_why, after_why = _small_parts(key[0])
    shown = []
    for rank, (pk, km) in enumerate(((pk, km) for pk, km in found if None not in ready[pk]), start=first):
        frame, line = cast("tuple[Frame, str]", ready[pk])
        a, b, c, d, e = frame.parts
        away = "" if km is None else f"{before}{escape(distance(km, frame.precision))}{after}"
        because = f"{before_rank}{rank}{before_why}{escape(why(match[pk]))}{after_why}" if match and pk in match else ""
        html = Markup(f"{a}{rank}{b}{away}{c}{line}{d}{because}{e}")
        shown.append(ShownCard(rank, frame.slug, frame.name, frame.path, frame.lat, frame.lon, html))
    return tuple(shown)


def next_change(now: dt.datetime) -> dt.datetime:
    """When any clinic opens or closes next, looked up once a minute."""
    columns, minute = directory(), now.replace(second=0, microsecond=0)
    return columns.remember(("next change", minute), lambda: columns.hours.next_change(minute))


def _kept_frames(search: ClinicSearch) -> Memory:
    if search.answers.pairs:
        return Memory(CARDS_LIMIT)
    key = ("frames", search.now.date(), next_change(search.now), Same(known_tariffs()))
    return directory().remember_course(key, lambda: Memory(CARDS_LIMIT))


def _kept_lines(search: ClinicSearch) -> Memory:
    return directory().remember("topic lines", lambda: Memory(LINES_LIMIT))


def _frame(search: ClinicSearch, card: ClinicCard) -> Frame:
    course, query = search.answers.course(search.now.date()), query_string(search.answers.pairs)
    view = card_view(card, rank=0, distance_km=None, now=search.now, course=course, query=query)
    parts = cut(TEMPLATE, "card_frame", view, GAP, GAP, GAP, GAP)
    return Frame(card.slug, card.name, view.path, card.lat, card.lon, card.precision, parts)


@cache
def _small_parts(spoken: str) -> tuple[str, ...]:
    """What stands around the distance, around the rank and the words of 'hvorfor'."""
    return (*cut(TEMPLATE, "card_distance", GAP), *cut(TEMPLATE, "card_why", GAP, GAP))
