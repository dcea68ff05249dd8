"""Reading the encyclopedia."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from fysfinder.base.text import danish_key, fold
from fysfinder.encyclopedia.draft import ArticleDraft
from fysfinder.encyclopedia.files import read
from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article, RemovedArticle

_AFTER_Z = {"{": "Æ", "|": "Ø", "}": "Å"}


@dataclass(frozen=True)
class Title:
    """An article as a line in a list."""

    kind: str
    slug: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter of the A–Å index and the titles under it."""

    letter: str
    titles: tuple[Title, ...]


def get_article(kind: str, slug: str) -> Article | None:
    return Article.objects.select_related("topic").filter(kind=kind, slug=slug).first()


def removed_article(kind: str, slug: str) -> RemovedArticle | None:
    """The article that stood at this address until its file was taken away."""
    return RemovedArticle.objects.select_related("topic").filter(kind=kind, slug=slug).first()


def article_for_topic(slug: str) -> Article | None:
    """The article that explains the topic; of several, the one with the topic's own name."""
    articles = list(Article.objects.select_related("topic").filter(topic__slug=slug))
    return min(articles, key=lambda article: (article.slug != slug, danish_key(article.title)), default=None)


def articles_for_topics(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """{topic id: (title, slug)} for those of the topics that have an article."""
    rows = Article.objects.filter(topic_id__in=list(ids)).values_list("topic_id", "title", "slug", "topic__slug")
    found: dict[int, tuple[str, str]] = {}
    for topic_id, title, slug, _ in sorted(rows, key=lambda row: (row[2] != row[3], danish_key(row[1]))):
        found.setdefault(topic_id or 0, (title, slug))
    return found


def related_articles(article: Article) -> list[Title]:
    """Those the article names that exist, in its order."""
    titles = {title.slug: title for title in _titles(kind=article.kind, slug__in=article.related)}
    return [titles[slug] for slug in article.related if slug in titles and slug != article.slug]


def index(kind: str = "ordbog") -> tuple[Letter, ...]:
    """All titles by letter, in Danish order: æ, ø, å last, aa as å; what begins with no letter comes under 0–9."""
    titles = sorted(_titles(kind=kind), key=lambda title: danish_key(title.title))
    groups = groupby(titles, key=lambda title: _letter(title.title))
    letters = [Letter(letter, tuple(group)) for letter, group in groups]
    return tuple(sorted(letters, key=lambda letter: _rank(letter.letter)))


def dated_slugs(kind: str = "ordbog") -> list[tuple[str, dt.date | None]]:
    """(slug, the day it was last changed) of every article: the sitemap's lastmod."""
    rows = Article.objects.filter(kind=kind).order_by("slug").values_list("slug", "updated_on", "published_on")
    return [(slug, updated_on or published_on) for slug, updated_on, published_on in rows]


def search_titles(text: str, limit: int = 5) -> tuple[Title, ...]:
    """Articles whose title or synonyms hold the text; those that begin with it first."""
    wanted = fold(text)
    if not wanted:
        return ()
    rows = Article.objects.values_list("kind", "slug", "title", "description", "synonyms")
    hits: list[tuple[int, tuple[str, ...], Title]] = []
    for kind, slug, title, description, synonyms in rows:
        ranks = [_hit(wanted, fold(name)) + (0 if name == title else 1) for name in (title, *synonyms)]
        if min(ranks) < 10:
            hits.append((min(ranks), danish_key(title), Title(kind, slug, title, description)))
    return tuple(title for _, _, title in sorted(hits, key=lambda hit: hit[:2])[:limit])


def article_answer(slug_or_path: str) -> dict[str, Any] | None:
    """The article as plain data for `manage.py ask article`: a published one, or a file that is read for the answer."""
    path = Path(slug_or_path)
    if path.suffix.lower() in {".md", ".markdown"}:
        draft, problems = read(path)
        said = [str(problem) for problem in problems]
        return {**(_answer(draft) if draft else {}), "problems": said}
    article = Article.objects.select_related("topic").filter(slug=slug_or_path).first()
    return _answer(article) if article else None


def _answer(article: Article | ArticleDraft) -> dict[str, Any]:
    topic = article.topic if isinstance(article, ArticleDraft) else (article.topic.slug if article.topic else "")
    days = {
        name: day.isoformat() if (day := getattr(article, f"{name}_on")) else None
        for name in ("published", "updated", "reviewed", "next_review")
    }
    return {
        "kind": article.kind,
        "slug": article.slug,
        "title": article.title,
        "meta_title": article.meta_title,
        "description": article.description,
        **days,
        "author": article.author or None,
        "reviewer": article.reviewer or None,
        "topic": topic or None,
        "key_points": [{"q": question, "a": answer} for question, answer in article.key_points],
        "lead": plain_text(article.lead_html),
        "sections": [{name: part[name] for name in ("id", "level", "title", "text")} for part in article.sections],
        "faq": [{"q": item["q"], "a": item["a"]} for item in article.faq],
        "sources": list(article.sources),
        "related": list(article.related),
        "words": article.words,
    }


def _titles(**filters: Any) -> list[Title]:
    rows = Article.objects.filter(**filters).values_list("kind", "slug", "title", "description")
    return [Title(*row) for row in rows]


def _letter(title: str) -> str:
    first = (danish_key(title) or ("0",))[0]
    letter = _AFTER_Z.get(first, first.upper())
    return letter if "A" <= letter <= "Z" or letter in _AFTER_Z.values() else "0–9"


def _rank(letter: str) -> tuple[str, ...]:
    return ("",) if letter == "0–9" else danish_key(letter)


def _hit(wanted: str, name: str) -> int:
    """0 the same, 2 begins so, 4 a word begins so, 6 holds it, 10 not at all."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 2
    if f" {wanted}" in name:
        return 4
    return 6 if wanted in name else 10
