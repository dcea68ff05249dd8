"""All a find page prints, made from one ClinicSearch: the same values for a fresh page and for htmx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.http import query_string
from fysfinder.base.jinja import kr, kr_range, language, url
from fysfinder.clinics.models.offers import Service
from fysfinder.encyclopedia.queries import articles_for_topics
from fysfinder.search.answer import Results
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.course_prices import yardstick
from fysfinder.search.directory import directory
from fysfinder.search.filters.map_view import MAP_VIEW
from fysfinder.search.results import Pairs, Target
from fysfinder.topics import queries as topics
from fysfinder.topics.queries import TopicCard
from fysfinder.web import find_words
from fysfinder.web.area_map import AreaMap, Point, area_map
from fysfinder.web.filter_form import FilterForm, filter_form
from fysfinder.web.nearest import Link
from fysfinder.web.shown_cards import ShownCard, shown_cards
from fysfinder.web.situation_view import Panel, panel


@dataclass(frozen=True, slots=True)
class Intro:
    """One line on the topic, and its article if there is one."""

    text: str
    path: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    number: int
    count: int
    previous: str
    next: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Way:
    """One wish dropped: what it says, where it leads, what it gives."""

    label: str
    path: str
    total: int


@dataclass(frozen=True, slots=True)
class Zero:
    asked: str
    ways: tuple[Way, ...]
    nearest: str
    cards: tuple[ShownCard, ...]


@dataclass(frozen=True, slots=True)
class FindPage:
    map_path: str  # answers what the map asks for
    subject: str
    heading: str
    status: str
    question: str
    order: str
    left_out: str
    total: int
    intro: Intro | None
    chips: tuple[Link, ...]
    form: FilterForm
    situation: Panel
    carried: Pairs
    cards: tuple[ShownCard, ...]
    pages: Pages
    map: AreaMap | None
    zero: Zero | None


def path_of(target: Target) -> str:
    """The address of a search, in the page's language."""
    return url(target.url_name, *target.url_args) + query_string(target.pairs)


def find_page(search: ClinicSearch) -> FindPage:
    """Runs the search and words its answer."""
    results, asked = search.run(), list(topics.taxonomy().cards(search.topic_slugs))
    is_near_me = search.point is not None
    found = [*zip(results.ids, results.distances_km, strict=True)]
    match = dict(zip(results.ids, results.match, strict=False))
    cards = shown_cards(search, found, asked, first=results.first_number, match=match)
    name = "find_map_topic" if search.topic_slug else "find_map"
    return FindPage(
        map_path=url(name, search.place.slug, *filter(None, [search.topic_slug])),
        subject=find_words.subject(search.place, asked),
        heading=find_words.heading(
            results.total,
            search.place,
            asked,
            is_near_me=is_near_me,
            is_narrowed=bool(search.values),
            is_on_map=MAP_VIEW.key in search.values,
        ),
        status=find_words.status(results.total),
        question=find_words.question(search.place, asked),
        order=find_words.order(results.sort, has_origin=search.origin is not None, is_mine=bool(search.answers)),
        left_out=find_words.left_out(results.unknown_left_out),
        total=results.total,
        intro=_intro(asked[0]) if len(asked) == 1 else None,
        chips=tuple(Link(chip.label, path_of(chip.target)) for chip in results.chips),
        form=filter_form(search, results),
        situation=panel(search.answers),
        carried=_carried(search),
        cards=cards,
        pages=_pages(search, results),
        map=area_map([Point(card.slug, card.rank, card.lat, card.lon) for card in cards]),
        zero=_zero(search, results, asked) if not results.total else None,
    )


def _carried(search: ClinicSearch) -> Pairs:
    """What goes with the chosen clinics to the comparison: my answers, the topic I came for, and from where."""
    topic: Pairs = (("emne", search.topic_slug),) if search.topic_slug else ()
    place: Pairs = (("fra", search.place.slug),) if search.origin and not search.point else ()
    return (*search.answers.pairs, *topic, *place)


def _intro(topic: TopicCard) -> Intro | None:
    article = articles_for_topics([topic.id]).get(topic.id)
    text = " ".join(filter(None, [topics.summary(topic, language()), _yardstick(topic)]))
    if article is None:
        return Intro(text) if text else None
    label = _("Læs om %(topic)s") % {"topic": topics.name_in_sentence(topic, language())}
    return Intro(text, url("article", article[1]), label)


def _yardstick(topic: TopicCard) -> str:
    """What clinics with the topic take for a first visit, and how many are behind the figure."""
    figures = yardstick(directory(), Service.FIRST, topic=topic.slug)
    if figures is None:
        return ""
    words = _("Første besøg uden tilskud koster oftest %(span)s (median %(median)s hos %(n)d klinikker).")
    span = kr_range(figures.low_ore, figures.high_ore)
    return words % {"span": span, "median": kr(figures.median_ore), "n": figures.clinics}


def _pages(search: ClinicSearch, results: Results) -> Pages:
    return Pages(
        number=results.page,
        count=results.page_count,
        previous=path_of(search.with_page(results.page - 1)) if results.page > 1 else "",
        next=path_of(search.with_page(results.page + 1)) if results.page < results.page_count else "",
        first=results.first_number,
        last=results.last_number,
    )


def _zero(search: ClinicSearch, results: Results, asked: Sequence[TopicCard]) -> Zero:
    near = shown_cards(search, [(clinic.id, clinic.distance_km) for clinic in results.nearest], asked)
    title = (
        ngettext("Nærmeste klinik uden krav", "Nærmeste klinikker uden krav", len(near))
        if results.nearest_ignores_filters
        else ngettext("Nærmeste klinik, der passer", "Nærmeste klinikker, der passer", len(near))
    )
    sentence = ", ".join(chip.label for chip in results.chips if chip.key != "emner")
    return Zero(
        asked=find_words.asked(search.place, asked, sentence, is_near_me=search.point is not None),
        ways=tuple(Way(way.label, path_of(way.target), way.total) for way in results.relax),
        nearest=title,
        cards=near,
    )
