"""From a condition to what is offered for it, and from a treatment to what it is used for: each with its clinics."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from fysfinder.base.jinja import language, url
from fysfinder.encyclopedia.queries import articles_for_topics
from fysfinder.places.queries import Place
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import TopicCard, conditions_for, get_topic, name, treatments_for

MOST = 6


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A topic, its article if there is one, and how many clinics have it at the place."""

    name: str
    article_path: str  # '' without an article
    clinics_path: str
    clinics: int


def counted_topics(slug: str) -> tuple[TopicCard, ...]:
    """The topics on the other side of 'treats', as many as are looked at.

    Nothing for parts of the body and groups of patients: they treat nothing and are not treated.
    """
    topic = get_topic(slug)
    if topic is None or topic.kind not in (Kind.CONDITION, Kind.TREATMENT, Kind.PROGRAMME):
        return ()
    found = treatments_for(slug) if topic.kind == Kind.CONDITION else conditions_for(slug)
    articles = articles_for_topics(card.id for card in found)
    return tuple(sorted(found, key=lambda card: card.id not in articles)[: MOST * 2])


def topic_counts(topics: tuple[TopicCard, ...], place: Place) -> tuple[TopicCount, ...]:
    """Those with an article or clinics, with their clinics at the place. A count each."""
    articles = articles_for_topics(card.id for card in topics)
    rows = (
        TopicCount(
            name=name(card, language()),
            article_path=url("article", articles[card.id][1]) if card.id in articles else "",
            clinics_path=url("find_topic", place.slug, card.slug),
            clinics=count_clinics(place, card.slug),
        )
        for card in topics
    )
    return tuple(row for row in rows if row.article_path or row.clinics)[:MOST]


def count_clinics(place: Place, topic: str) -> int:
    return ClinicSearch.from_query(place=place, topic_slug=topic, params={}, now=timezone.localtime()).run().total
