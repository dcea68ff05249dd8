"""One question to the whole site: what was understood, the articles and topics that answer it, and the clinics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import fold
from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.places.queries import Place, gazetteer
from fysfinder.search.answer import Results
from fysfinder.search.article_index import Answer, Hit
from fysfinder.search.article_names import IS_TITLE
from fysfinder.search.article_text import Part
from fysfinder.search.articles import search_articles
from fysfinder.search.belonging import pages_of, tools_of
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.elsewhere import nearest_to
from fysfinder.search.everyday import EVERYDAY_WORDS
from fysfinder.search.filters.topics import TOPICS
from fysfinder.search.names import clinic_names
from fysfinder.search.question import WHOLE_COUNTRY, Question, understand
from fysfinder.search.spelling import is_in_a_clinic_name
from fysfinder.search.tool_search import ToolHit, search_tools
from fysfinder.search.topic_search import TopicHit, search_topics
from fysfinder.topics.queries import name

TOPIC, TOOL, EXERCISE = "topic", "tool", "exercise"
FIRST_CLINICS = 5
# Where a word must stand for an article to be about it; more of the words when a topic says it already.
_ABOUT: frozenset[Part] = frozenset({"title", "synonym"})
# Hits come in bands, and a score says its band first: the tool asked for, articles about it, topics (and tools that are
# only named) with what belongs to them, articles that mention it.
_IS_TOOL, _ABOUT_IT, _IS_TOPIC, _MENTIONS_IT = 3.0, 2.0, 1.0, 0.0
_BELONGS, _NEXT = 1.9, 0.01  # what belongs to the topics understood stands after them, in its order
_BESIDE = 0.8  # and before the other topics
_CLEARLY = 0.6  # how much of a title must be said, and of the words be the title
_PARTLY = 0.35  # the same of a title beside a topic: one word of two that are asked, or of a title of eight
_TIERS = 4  # of articles about it, see _tier; the lowest are those that say it in their headings
_ALL = 0.99  # of the words
_LIKE = 0.3  # a topic that is only like the words, against an article that holds all of them
_HALFWAY = 10.0  # the score that stands in the middle of its band


@dataclass(frozen=True, slots=True)
class SiteHit:
    """An article, a topic or a tool, where it is and why it is here."""

    kind: str  # of the article, or 'topic' or 'tool'
    slug: str
    title: str
    url_name: str
    url_args: tuple[str, ...]
    score: float  # larger is better, across kinds
    why: str


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """`clinics` is what the search answers that the question means, `first` its first clinics as (slug, name)."""

    question: Question
    hits: tuple[SiteHit, ...]
    corrections: tuple[tuple[str, str], ...]
    clinics: Results
    first: tuple[tuple[str, str], ...]


def search_site(text: str, *, now: dt.datetime, place_text: str = "", kind: str = "", limit: int = 10) -> SiteAnswer:
    """Everything the text leads to. `kind` keeps one kind of hit: topic, tool or an article's. Never raises."""
    question = understand(text)
    about = question.about or ("" if question.place else text)
    articles = search_articles(about, limit, topics=question.topics, has_snippets=False)
    is_wide = bool(question.topics) or not articles.hits
    topics = search_topics(about if is_wide else question.rest, limit)
    read = tuple(TopicHit(card, 0.0, True) for card in question.topics)  # by rule, so that no word of theirs is said
    topics += tuple(hit for hit in read if hit.topic not in [each.topic for each in topics])
    is_everyday = bool(question.rest) and EVERYDAY_WORDS.issuperset(fold(question.rest).split())
    if articles.hits and is_everyday and not question.topics:  # 'hvad koster en fysioterapeut' is not about 'kost'
        topics = tuple(topic for topic in topics if topic.is_clear)
    if question.understood and not question.topics and not question.rest:  # a place and wishes: no words to explain
        clear = tuple(hit for hit in articles.hits if hit.is_named or hit.match >= _CLEARLY)
        articles = replace(articles, hits=clear or tuple(_explaining(question)))
    hits = [*_hits(question, articles, topics), *(_of_tool(hit) for hit in search_tools(text)), *_belonging(question)]
    hits += _nearest_here(question)
    found = _each_once(sorted(hits, key=lambda hit: -hit.score))
    place = (gazetteer().resolve(place_text).place if place_text else None) or question.place
    results = _clinic_search(question, place, now).run()
    return SiteAnswer(
        question=question,
        hits=tuple([hit for hit in found if kind in ("", hit.kind)][:limit]),
        corrections=question.corrections or articles.corrections,
        clinics=results,
        first=_names(results.ids[:FIRST_CLINICS]),
    )


def _each_once(hits: list[SiteHit]) -> list[SiteHit]:
    found: dict[tuple[str, str], SiteHit] = {}
    for hit in hits:
        found.setdefault((hit.kind, hit.slug), hit)
    return list(found.values())


def _explaining(question: Question) -> Iterator[Hit]:
    """The page that is called what is wished: 'gratis fys' → Vederlagsfri fysioterapi."""
    for part in question.understood:
        if part.kind == "filter":
            found = search_articles(part.label, 1, has_snippets=False).hits
            yield from (hit for hit in found if hit.match >= _CLEARLY)


def _nearest_here(question: Question) -> Iterator[SiteHit]:
    """What comes nearest to somebody who is not here: 'tandlæge' → what physiotherapists do for the jaw."""
    place = question.place.slug if question.place else WHOLE_COUNTRY
    for at, card in enumerate(() if question.topics else nearest_to(map(fold, question.elsewhere))):
        score = round(_ABOUT_IT + _BELONGS - 1 - at * _NEXT, 4)
        why = _("det nærmeste, vi har")
        yield SiteHit(TOPIC, card.slug, name(card, language()), "find_topic", (place, card.slug), score, why)


def _belonging(question: Question) -> Iterator[SiteHit]:
    """Exercises, guides and tools of the topics understood."""
    pages = [(page.kind, page.slug, page.title, page.url_name) for page in pages_of(question.topics)]
    tools = [(TOOL, tool.slug, str(tool.title), "tool") for tool in tools_of(question.topics)]
    why = _reasons(language())["belongs"]
    for at, (kind, slug, title, url_name) in enumerate((*pages, *tools)):
        yield SiteHit(kind, slug, title, url_name, (slug,), round(_BELONGS - at * _NEXT, 4), why)


def unread(question: Question) -> str:
    """The words, as written, that nothing here is found by: no article is about them and no clinic is named so."""
    if question.topics or not question.rest:
        return ""
    words = [word for word in question.rest.split() if not all(map(is_in_a_clinic_name, fold(word).split()))]
    found = search_articles(" ".join(words), 1, has_snippets=False).hits if words else ()
    return "" if found and found[0].part != "text" else " ".join(words)


def _clinic_search(question: Question, place: Place | None, now: dt.datetime) -> ClinicSearch:
    params: dict[str, str] = dict(question.pairs)
    if question.topics:
        params[TOPICS.key] = ",".join(topic.slug for topic in question.topics)
    where = place or gazetteer().get_place(WHOLE_COUNTRY)
    assert where is not None  # the country is always there
    return ClinicSearch.from_query(place=where, topic_slug=None, params=params, now=now)


def _names(ids: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    known = clinic_names().by_id
    return tuple((known[pk].slug, known[pk].name) for pk in ids if pk in known)


def _hits(question: Question, articles: Answer, topics: tuple[TopicHit, ...]) -> Iterator[SiteHit]:
    best = max((hit.score for hit in articles.hits), default=0.0)
    is_full = any(hit.headed >= _ALL for hit in articles.hits)
    of_page, place = language(), question.place.slug if question.place else WHOLE_COUNTRY
    said = {topic.slug: len(question.topics) - at for at, topic in enumerate(question.topics)}
    for hit in articles.hits:
        enough = 0.0 if not question.topics else _PARTLY if hit.part == "title" else _CLEARLY
        is_about = hit.part in _ABOUT and hit.match >= enough and hit.score >= best / 2
        if is_full and hit.held < _ALL and not hit.is_named:
            is_about = False  # another holds every word
        standing = 1.1 if hit.article.slug in said else 1.0  # of two articles called so, the topic's own
        if tier := 0 if question.topics and _only_belongs(hit) else _tier(hit, is_about=is_about):
            score = _ABOUT_IT + (tier - 1 + _within_band(hit.score * standing)) / _TIERS
        elif hit.headed >= _ALL and get_kind(hit.article.kind).explains_topics:
            score = (_IS_TOPIC if question.topics else _ABOUT_IT) + _BESIDE * _within_band(hit.score) / _TIERS
        else:
            score = _MENTIONS_IT + hit.held * _within_band(hit.score)
        yield _of_article(hit, score, _reasons(of_page)[hit.part])
    for each in topics:
        place_in_band = _within_band(each.score + 100 * said.get(each.topic.slug, 0))
        if each.topic.slug in said or each.is_clear:
            score = _IS_TOPIC + place_in_band * (1.0 if each.topic.slug in said or not said else _BESIDE)
        else:
            score = _MENTIONS_IT + min(each.match + _LIKE, 1.0) * place_in_band
        why = _reasons(of_page)["clear topic" if each.is_clear else "topic"]
        args = (place, each.topic.slug)
        title = name(each.topic, of_page)
        yield SiteHit(TOPIC, each.topic.slug, title, "find_topic", args, round(score, 4), why)


def _only_belongs(hit: Hit) -> bool:
    """An exercise for what was understood stands with what belongs to it, unless its title was asked for."""
    return not hit.titled and hit.article.kind == EXERCISE


def _tier(hit: Hit, *, is_about: bool) -> int:
    """How surely an article is about the words: 4 they are its title, 3 its title has them, 2 it is called so, or 0."""
    if hit.titled:
        return 4 if hit.titled >= IS_TITLE else 3
    return 2 if hit.is_named or is_about else 0


def _of_article(hit: Hit, score: float, why: str) -> SiteHit:
    article = hit.article
    return SiteHit(article.kind, article.slug, article.title, article.url_name, (article.slug,), round(score, 4), why)


@cache
def _reasons(language: str) -> dict[str, str]:
    """Why a hit is here: the place that holds the words, in the language that is active (and named)."""
    return {
        "title": _("titel"),
        "synonym": _("synonym"),
        "heading": _("overskrift"),
        "text": _("tekst"),
        "clear topic": _("navn eller ord for emnet"),
        "topic": _("ligner emnet"),
        "tool": _("navn på værktøjet"),
        "belongs": _("hører til emnet"),
    }


def _of_tool(hit: ToolHit) -> SiteHit:
    band = _IS_TOOL if hit.is_asked_for else _IS_TOPIC
    score = round(band + _within_band(hit.score), 4)
    why = _reasons(language())["tool"]
    return SiteHit(TOOL, hit.tool.slug, str(hit.tool.title), "tool", (hit.tool.slug,), score, why)


def _within_band(score: float) -> float:
    return score / (score + _HALFWAY)
