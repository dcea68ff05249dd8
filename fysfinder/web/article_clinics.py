"""'Klinikker der tilbyder X': three clinics beside an article, with price and wait."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from fysfinder.base.jinja import language
from fysfinder.base.text import one_line
from fysfinder.clinics.queries import ClinicCard, cards
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.topics.queries import get_topic, name_in_sentence

SHOWN = 3


@dataclass(frozen=True)
class ArticleClinics:
    topic_name: str
    topic_slug: str
    place: Place
    place_text: str
    is_place_unknown: bool
    cards: tuple[ClinicCard, ...]
    total: int
    all_path: str


def clinics_for(topic_slug: str, place_text: str) -> ArticleClinics | None:
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
    return ArticleClinics(
        topic_name=name_in_sentence(topic, language()),
        topic_slug=topic.slug,
        place=place,
        place_text=place_text,
        is_place_unknown=bool(place_text) and chosen is None,
        cards=tuple(cards(results.ids[:SHOWN], today=now.date())),
        total=results.total,
        all_path=reverse("find_topic", args=[place.slug, topic.slug]),
    )
