"""A question in the search box: straight to the page that answers it, or what to ask back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.urls import reverse

from fysfinder.base.http import query_string
from fysfinder.base.jinja import language
from fysfinder.encyclopedia.queries import article_for_topic
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.article_index import Hit
from fysfinder.search.articles import search_articles
from fysfinder.search.question import Question, understand
from fysfinder.search.suggest import Suggestion, suggest
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import TopicCard, conditions_for, name_in_sentence, related, summary, treatments_for

LIMIT = 6


@dataclass(frozen=True)
class QuestionPage:
    """What /soeg/ shows when the question alone does not lead to one page."""

    text: str
    topic: TopicCard | None
    topic_words: str  # its name inside a sentence
    topic_summary: str
    article_slug: str
    place_text: str
    is_place_unknown: bool  # a place was written that we do not know
    choices: tuple[tuple[Place, str], ...]  # places it may be, each with its path
    near_topics: tuple[TopicCard, ...]
    articles: tuple[Hit, ...]
    corrections: tuple[tuple[str, str], ...]  # (as written, as read)
    matches: tuple[Suggestion, ...]


def destination(text: str, place_text: str, point_text: str) -> str:
    """The path the question leads to; '' when we have to ask back."""
    question = understand(text)
    point = parse_point(point_text)
    if point and (near := gazetteer().nearest_place(*point)):
        return _find_path(near, question, point)
    place = gazetteer().resolve(place_text).place if place_text else question.place
    has_unread_name = bool(question.rest) and not question.topics and not place_text
    return _find_path(place, question) if place and not has_unread_name else ""


def parse_point(text: str) -> tuple[float, float] | None:
    """'56.157,10.211' → latitude and longitude, rounded to about 100 m; None for anything else."""
    try:
        lat, lon = (round(float(part), 3) for part in text.split(","))
    except (ValueError, OverflowError):
        return None
    return (lat, lon) if math.isfinite(lat) and abs(lat) <= 90 and abs(lon) <= 180 else None


def question_page(text: str, place_text: str) -> QuestionPage:
    question = understand(text)
    topic = question.topics[0] if question.topics else None
    article = article_for_topic(topic.slug) if topic else None
    found = search_articles(text, LIMIT)
    places = gazetteer().resolve(place_text).choices if place_text else question.place_choices
    return QuestionPage(
        text=text,
        topic=topic,
        topic_words=name_in_sentence(topic, language()) if topic else "",
        topic_summary=summary(topic, language()) if topic else "",
        article_slug=article.slug if article else "",
        place_text=place_text,
        is_place_unknown=bool(place_text),
        choices=tuple((place, _find_path(place, question)) for place in places[:LIMIT]),
        near_topics=_near_topics(topic) if topic else (),
        articles=tuple(hit for hit in found.hits if article is None or hit.article.slug != article.slug),
        corrections=() if topic else found.corrections,
        matches=suggest(text, language=language(), limit=LIMIT) if text and not topic else (),
    )


def _near_topics(topic: TopicCard) -> tuple[TopicCard, ...]:
    answers = treatments_for if topic.kind == Kind.CONDITION else conditions_for
    found = answers(topic.slug) or related(topic.slug)
    return tuple(found[: LIMIT + 2])


def _find_path(place: Place, question: Question, point: tuple[float, float] | None = None) -> str:
    first, *others = [topic.slug for topic in question.topics] or [""]
    path = reverse("find_topic", args=[place.slug, first]) if first else reverse("find", args=[place.slug])
    pairs = [("emner", ",".join([first, *others]))] if others else []
    if others:
        path = reverse("find", args=[place.slug])
    if point:
        pairs.append(("naer", f"{point[0]},{point[1]}"))
    return path + query_string(pairs)
