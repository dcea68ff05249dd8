"""What stands around a page of the encyclopedia: where it leads, by topic, to exercises, articles and clinics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language, url
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.details import LEVELS
from fysfinder.encyclopedia.dosage import in_words
from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.see_also import see_also
from fysfinder.encyclopedia.shelf import Title
from fysfinder.search.situation import Answers
from fysfinder.topics.models import Kind as TopicKind
from fysfinder.topics.queries import TopicCard, body_parts_of, conditions_for, descendants, name, taxonomy
from fysfinder.web.article_clinics import ArticleClinics, clinics_for
from fysfinder.web.clinic_list import fill_clinic_lists
from fysfinder.web.drawings import drawing_of
from fysfinder.web.nearest import Link
from fysfinder.web.topic_counts import counted_topics, topic_counts

EXERCISE, ORDBOG, AUTHOR = "exercise", "ordbog", "author"
EXERCISES_SHOWN = 6


@dataclass(frozen=True)
class Onward:
    """A list of pages under a heading of its own."""

    id: str
    title: str
    titles: tuple[Title, ...]
    links: tuple[Link, ...] = ()  # in the page's language


def article_context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Everything the templates of articles show beside the article itself."""
    topics = topics_of(article)
    place, answers = request.GET.get("sted", ""), Answers.read(request.GET)
    subject = article.topic.slug if article.topic else next((card.slug for card in topics), "")
    onward = [part for part in _onward(article, topics) if part.titles or part.links]
    listed = {(title.kind, title.slug) for part in onward for title in part.titles}
    related = [*queries.related_articles(article), *see_also(article)]
    sections = [{**part, "html": fill_clinic_lists(part["html"], subject, place)} for part in article.sections]
    clinics = clinics_for(subject, place, answers) if subject else None
    pairs = article.details.get("dosage", [])
    spoken = in_words(text for pair in pairs for text in pair)
    counted = counted_topics(article.topic.slug) if article.topic else ()
    return {
        "article": article,
        "sections": sections,
        "lead_html": fill_clinic_lists(article.lead_html, subject, place),
        "related": [title for title in related if (title.kind, title.slug) not in listed],
        "onward": onward,
        "clinics": clinics,
        "counted": counted,
        "counts": topic_counts(counted, clinics.place) if clinics else (),
        "drawing": drawing_of(subject) if article.kind == ORDBOG else None,
        "author": queries.author_page(article.author) if article.author else None,
        "title_en": queries.english_title(article) if language() == "en" else "",
        "dosage_rows": list(zip(spoken[::2], spoken[1::2], strict=True)) if spoken else pairs,
        "dosage_lang": "" if spoken or language() == "da" else "da",
        "equipment": in_words(article.details.get("equipment", [])),
        "level": LEVELS.get(article.details.get("level", ""), ""),
        "body_parts": [body_part_link(card) for card in topics if card.kind == TopicKind.BODY_PART],
        "written": queries.written_by(article.title) if article.kind == AUTHOR else [],
    }


def topics_of(article: Article) -> tuple[TopicCard, ...]:
    """The topics an article is about, in the order of the taxonomy."""
    held = taxonomy().by_id
    cards = [held[pk] for pk in queries.about_ids(article) if pk in held]
    return tuple(sorted(cards, key=lambda card: card.position))


def _onward(article: Article, topics: tuple[TopicCard, ...]) -> Iterable[Onward]:
    if article.kind == EXERCISE:
        written = queries.articles_for_topics(card.id for card in topics)
        titles = [Title(ORDBOG, slug, title) for title, slug in dict.fromkeys(written.values())]
        yield Onward("laes-om", _("Læs om"), tuple(titles))
    elif get_kind(article.kind).explains_topics and article.topic:
        family = [article.topic.pk, *(card.id for card in descendants(article.topic.slug))]
        exercises = queries.pages_about(family, EXERCISE, EXERCISES_SHOWN)
        parts = body_parts_of(article.topic.slug)
        links = [body_part_link(card) for card in parts if queries.pages_about(family_of(card), EXERCISE, 1)]
        yield Onward("oevelser", _("Øvelser"), tuple(exercises), tuple(links))


def body_part_link(card: TopicCard) -> Link:
    """'Øvelser for knæ' is the page, the body part its label."""
    return Link(name(card, language()), url("body_part", card.slug))


def family_of(card: TopicCard) -> list[int]:
    """The ids of a topic and of everything below it."""
    return [card.id, *(below.id for below in descendants(card.slug))]


def body_part_context(request: HttpRequest, card: TopicCard) -> dict[str, Any]:
    """A part of the body: its exercises, the conditions that sit there, the clinics."""
    conditions = conditions_for(card.slug)
    written = queries.articles_for_topics(each.id for each in conditions)
    below = [each for each in taxonomy().topics.values() if each.parent == card.slug]
    return {
        "exercises": queries.pages_about(family_of(card), EXERCISE),
        "written": [Title(ORDBOG, slug, title) for title, slug in dict.fromkeys(written.values())],
        "conditions": [
            Link(name(each, language()), url("find_topic", "danmark", each.slug))
            for each in conditions
            if each.id not in written
        ],
        "below": [body_part_link(each) for each in below if each.kind == TopicKind.BODY_PART],
        "clinics": _clinics_for_part(request, card, conditions),
    }


def _clinics_for_part(request: HttpRequest, card: TopicCard, conditions: Iterable[TopicCard]) -> ArticleClinics | None:
    """Clinics that name the part of the body; when none does, those for the widest condition that sits there."""
    place, answers = request.GET.get("sted", ""), Answers.read(request.GET)
    widest = max(conditions, key=lambda each: len(descendants(each.slug)), default=card)
    found = clinics_for(card.slug, place, answers)
    return found if found and found.total else clinics_for(widest.slug, place, answers) or found
