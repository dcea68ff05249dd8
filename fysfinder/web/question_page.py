"""A question in the search box: straight to the page that answers it, or what to ask back."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import fold
from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.encyclopedia.queries import article_for_topic, articles_for_topics
from fysfinder.encyclopedia.shelf import Title
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.article_index import Hit
from fysfinder.search.articles import search_articles
from fysfinder.search.belonging import pages_of, tools_of
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.elsewhere import nearest_to
from fysfinder.search.question import Question, Understood, understand
from fysfinder.search.site_search import unread
from fysfinder.search.suggest import Suggestion, suggest
from fysfinder.search.tool_search import search_tools
from fysfinder.tools.base import Tool
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import TopicCard, conditions_for, name_in_sentence, related, summary, treatments_for
from fysfinder.web.find_page import path_of

LIMIT = 6
_CODE = re.compile(r"(?<![\w.,])\d{4}(?![\w.,])")


@dataclass(frozen=True)
class QuestionPage:
    """What /soeg/ shows when the question alone does not lead to one page."""

    text: str
    topic: TopicCard | None
    topic_words: str  # its name inside a sentence
    topic_summary: str
    article_slug: str
    place_text: str
    needs_place: bool  # all else is understood
    is_place_unknown: bool  # a place was written that we do not know
    unknown_code: str  # a postcode was written that does not exist; the choices are the nearest numbers
    choices: tuple[tuple[Place, str], ...]  # places it may be, each with its path
    understood: tuple[tuple[Understood, str], ...]  # each with the question without it
    near_topics: tuple[TopicCard, ...]
    tools: tuple[Tool[Any], ...]
    articles: tuple[Hit, ...]
    belonging: tuple[tuple[str, tuple[Title, ...]], ...]  # (name of their kind, pages about the topics understood)
    corrections: tuple[tuple[str, str], ...]  # (as written, as read)
    elsewhere: str  # who was asked for and is not here
    nearest_here: tuple[TopicCard, ...]  # what we have that comes nearest to them
    unread: str  # words that nothing is found by
    clinics_path: str  # of the place that was named beside them
    matches: tuple[Suggestion, ...]


def destination(text: str, place_text: str, point_text: str) -> str:
    """The path the question leads to; '' when we have to ask back."""
    question = understand(text)
    point = parse_point(point_text)
    if point and (near := gazetteer().nearest_place(*point)):
        return _find_path(near, question, point)
    place = gazetteer().resolve(place_text).place if place_text else question.place
    is_honest = question.topics or not question.elsewhere  # a dentist in Vejle is no list of physiotherapists
    has_unread_name = bool(question.rest) and not question.topics and not place_text
    return _find_path(place, question) if place and is_honest and not has_unread_name else ""


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
    found = search_articles(question.about or text, LIMIT, topics=question.topics)
    is_found = bool(question.understood or any(hit.part in ("title", "synonym") for hit in found.hits))
    is_lost = bool(text) and not is_found and not question.elsewhere
    code = unknown_code(question, place_text)
    places = gazetteer().resolve(place_text).choices if place_text else question.place_choices
    places = places or (gazetteer().nearest_codes(code) if code else ())
    tools = (*(hit.tool for hit in search_tools(text)), *tools_of(question.topics))
    belonging = pages_of(question.topics)
    own = {(page.kind, page.slug) for page in belonging} | ({(article.kind, article.slug)} if article else set())
    return QuestionPage(
        text=text,
        topic=topic,
        topic_words=name_in_sentence(topic, language()) if topic else "",
        topic_summary=summary(topic, language()) if topic else "",
        article_slug=article.slug if article else "",
        place_text=place_text,
        needs_place=bool(question.topics or question.pairs or question.is_near_me),
        is_place_unknown=bool(place_text),
        unknown_code=code,
        choices=tuple((place, _find_path(place, question)) for place in places[:LIMIT]),
        understood=tuple((part, question.without(part)) for part in question.understood),
        near_topics=_near_topics(topic) if topic else (),
        tools=tuple({tool.slug: tool for tool in tools}.values()),
        articles=tuple(
            hit for hit in _other_articles(question, found.hits) if (hit.article.kind, hit.article.slug) not in own
        ),
        belonging=tuple((str(get_kind(kind).name), tuple(pages)) for kind, pages in groupby(belonging, _kind)),
        corrections=question.corrections or (() if topic else found.corrections),
        elsewhere=_(" og ").join(dict.fromkeys(question.elsewhere)),
        nearest_here=nearest_to(map(fold, question.elsewhere)),
        unread="" if question.elsewhere else unread(question),
        clinics_path=_find_path(question.place, question) if question.place else "",
        matches=suggest(text, language=language(), limit=LIMIT) if is_lost else (),
    )


def _kind(page: Title) -> str:
    return page.kind


def _other_articles(question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Words read as a topic lead to articles about it and its neighbours; only the words left are looked for freely."""
    if not question.topics:
        return hits
    near = [card for topic in question.topics for card in (topic, *_near_topics(topic), *related(topic.slug))]
    slugs = {slug for _title, slug in articles_for_topics(card.id for card in near).values()}
    left = search_articles(question.rest, LIMIT).hits if question.rest else ()
    chosen = {hit.article.slug: hit for hit in (*(hit for hit in hits if hit.article.slug in slugs), *left)}
    return tuple(chosen.values())[:LIMIT]


def unknown_code(question: Question, place_text: str) -> str:
    """Four digits on their own that are no postcode and that nothing else was read from; '' when there are none."""
    if question.place and not place_text:
        return ""
    left = question.rest.split()  # a number between two places is read as either of them, and is still no postcode
    for code in _CODE.findall(place_text or question.text):
        if code not in gazetteer().postcodes and (place_text or code in left or question.place_choices):
            return str(code)
    return ""


def _near_topics(topic: TopicCard) -> tuple[TopicCard, ...]:
    answers = treatments_for if topic.kind == Kind.CONDITION else conditions_for
    found = answers(topic.slug) or related(topic.slug)
    return tuple(found[: LIMIT + 2])


def _find_path(place: Place, question: Question, point: tuple[float, float] | None = None) -> str:
    """The one address of the question at this place, its wishes as filters."""
    params: dict[str, list[str]] = {key: [value] for key, value in question.pairs}
    params["emner"] = [topic.slug for topic in question.topics]
    now = timezone.localtime()
    search = ClinicSearch.from_query(place=place, topic_slug=None, params=params, now=now, point=point)
    return path_of(search.target())
