"""'Klinikker der tilbyder X': three clinics beside an article, with price and wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.http import query_string
from fysfinder.base.jinja import language, url
from fysfinder.base.text import one_line
from fysfinder.clinics.cards import ClinicCard
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.clinic_cards import clinic_cards
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.results import Pairs
from fysfinder.search.situation import NO_ANSWERS, Answers
from fysfinder.topics.queries import get_topic, name_in_sentence
from fysfinder.web.compare_page import compare_path
from fysfinder.web.find_words import offering
from fysfinder.web.situation_view import carry

SHOWN = 3


@dataclass(frozen=True)
class ArticleClinics:
    title: str
    topic_name: str
    topic_slug: str
    place: Place
    place_text: str
    is_place_unknown: bool
    cards: tuple[ClinicCard, ...]
    today: dt.date
    total: int
    all_path: str
    compare_path: str  # of those shown, with the topic as a row; '' when there is nothing to compare
    query: str  # the visitor's answers, for links to the clinics
    carried: Pairs


def clinics_for(topic_slug: str, place_text: str, answers: Answers = NO_ANSWERS) -> ArticleClinics | None:
    """The first clinics with the topic at the place the visitor wrote, else those of Denmark with a time first."""
    topic = get_topic(topic_slug)
    place_text = one_line(place_text, max_length=80)
    chosen = gazetteer().resolve(place_text).place if place_text else None
    place = chosen or gazetteer().get_place("danmark")
    if topic is None or place is None:
        return None
    now = timezone.localtime()
    params = {} if chosen else {"sorter": "ventetid"}
    results = ClinicSearch.from_query(place=place, topic_slug=topic.slug, params=params, now=now).run()
    shown = tuple(clinic_cards(results.ids[:SHOWN], today=now.date()))
    return ArticleClinics(
        title=_("Klinikker") + offering((topic,)),
        topic_name=name_in_sentence(topic, language()),
        topic_slug=topic.slug,
        place=place,
        place_text=place_text,
        is_place_unknown=bool(place_text) and chosen is None,
        cards=shown,
        today=now.date(),
        total=results.total,
        all_path=carry(answers, url("find_topic", place.slug, topic.slug)),
        compare_path=_compare_path(shown, topic.slug, place if chosen else None, answers),
        query=query_string(answers.pairs),
        carried=answers.pairs,
    )


def _compare_path(shown: tuple[ClinicCard, ...], topic_slug: str, place: Place | None, answers: Answers) -> str:
    if len(shown) < 2:
        return ""
    near: Pairs = (("fra", place.slug),) if place else ()
    return compare_path([card.slug for card in shown], (*answers.pairs, ("emne", topic_slug), *near))
