"""Reading the encyclopedia."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from fysfinder.base.text import danish_key, fold, slugify
from fysfinder.encyclopedia.draft import ArticleDraft
from fysfinder.encyclopedia.files import read
from fysfinder.encyclopedia.kinds import EXPLAINING, KINDS, PAGE_KINDS, Kind
from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article, RemovedArticle
from fysfinder.encyclopedia.readability import article_lix
from fysfinder.encyclopedia.shelf import Title, shelf
from fysfinder.encyclopedia.tree import kind_of

_AFTER_Z = {"{": "Æ", "|": "Ø", "}": "Å"}


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
    articles = list(Article.objects.select_related("topic").filter(topic__slug=slug, kind__in=EXPLAINING))
    return min(articles, key=lambda article: (article.slug != slug, danish_key(article.title)), default=None)


def articles_for_topics(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """{topic id: (title, slug)} for topics with an article; of several, the one with the topic's own name."""
    wanted = set(ids)
    lines = [line for line in shelf().lines if line.topic_id in wanted and line.explains]
    found: dict[int, tuple[str, str]] = {}
    for line in sorted(lines, key=lambda line: (line.title.slug != line.topic_slug, danish_key(line.title.title))):
        found.setdefault(line.topic_id or 0, (line.title.title, line.title.slug))
    return found


def related_articles(article: Article) -> list[Title]:
    """Those the article names that exist, in its order; of two of one name the one of its own kind."""
    found = [line.title for slug in article.related for line in shelf().by_slug.get(slug, ())]
    found.sort(key=lambda title: title.kind == article.kind)
    titles = {title.slug: title for title in found if (title.kind, title.slug) != (article.kind, article.slug)}
    return [titles[slug] for slug in article.related if slug in titles]


def pages_about(topics: Iterable[int], kind: str, limit: int | None = None) -> list[Title]:
    """Pages of a kind about any of the topics (ids), those about most of them first, then from A to Å."""
    wanted = frozenset(topics)
    shared = ((len(line.about & wanted), line.title) for line in shelf().lines if line.title.kind == kind)
    found = sorted((-count, danish_key(title.title), title.slug, title) for count, title in shared if count)
    return [title for *_, title in found[:limit]]


def pages_per_topic(kind: str) -> dict[int, set[int]]:
    """{topic id: ids of the pages of a kind about it}."""
    found: dict[int, set[int]] = {}
    for topic_id, pk in Article.objects.filter(kind=kind, about__isnull=False).values_list("about", "pk"):
        found.setdefault(topic_id, set()).add(pk)
    return found


def has_pages(kind: str) -> bool:
    return Article.objects.filter(kind=kind).exists()


def newest(kind: str = "", limit: int | None = None) -> list[Article]:
    """Pages by the day they last changed, the newest first; of one kind, or of every kind that has a feed."""
    kinds = [kind] if kind else [entry.kind for entry in PAGE_KINDS if entry.has_feed]
    rows = Article.objects.filter(kind__in=kinds).annotate(day=Coalesce("updated_on", "published_on"))
    light = rows.defer("sections", "faq", "key_points", "sources", "details")
    return list(light.order_by(F("day").desc(nulls_last=True), "title")[:limit])


def about_ids(article: Article) -> frozenset[int]:
    """The ids of the topics an article is about."""
    line = shelf().by_id.get(article.pk)
    return line.about if line else frozenset()


def english_title(article: Article) -> str:
    """Its own English title or that of its topic; '' when it has none."""
    line = shelf().by_id.get(article.pk)
    return line.title.title_en if line else ""


def author_page(name: str) -> Title | None:
    """The page that tells who the author of that name is."""
    titles = (line.title for line in shelf().lines)
    return next((title for title in titles if title.kind == "author" and title.title == name), None)


def renamed(kind: str, slug: str) -> Title | None:
    """The page of a kind that names the slug among its former ones (front matter: aliases)."""
    rows = Article.objects.filter(kind=kind).values_list("slug", "title", "details")
    return next((Title(kind, now, title) for now, title, details in rows if slug in details.get("aliases", ())), None)


def written_by(name: str) -> list[tuple[Kind, list[Title]]]:
    """What an author of that name wrote: each kind of page that has something, with its titles from A to Å."""
    found = [line.title for line in shelf().lines if line.author == name]
    found.sort(key=lambda title: danish_key(title.title))
    groups = [(entry, [title for title in found if title.kind == entry.kind]) for entry in PAGE_KINDS]
    return [group for group in groups if group[1]]


def index(kind: str = "ordbog") -> tuple[Letter, ...]:
    """All titles by letter, in Danish order: æ, ø, å last, aa as å; what begins with no letter comes under 0–9."""
    titles = [line.title for line in shelf().lines if line.title.kind == kind]
    titles.sort(key=lambda title: danish_key(title.title))
    groups = groupby(titles, key=lambda title: _letter(title.title))
    letters = [Letter(letter, tuple(group)) for letter, group in groups]
    return tuple(sorted(letters, key=lambda letter: _rank(letter.letter)))


def dated_slugs(kind: str = "ordbog") -> list[tuple[str, dt.date | None]]:
    """(slug, the day it was last changed) of every article: the sitemap's lastmod."""
    rows = Article.objects.filter(kind=kind).order_by("slug").values_list("slug", "updated_on", "published_on")
    return [(slug, updated_on or published_on) for slug, updated_on, published_on in rows]


def search_titles(text: str, limit: int = 5, kind: str = "") -> tuple[Title, ...]:
    """Pages (of a kind) whose title or synonyms hold the text; those that begin with it first."""
    wanted = fold(text)
    if not wanted:
        return ()
    pages = Article.objects.filter(kind__in=[kind] if kind else [entry.kind for entry in PAGE_KINDS])
    rows = pages.values_list("kind", "slug", "title", "description", "synonyms")
    hits: list[tuple[int, tuple[str, ...], Title]] = []
    for kind, slug, title, description, synonyms in rows:
        ranks = [_hit(wanted, fold(name)) + (0 if name == title else 1) for name in (title, *synonyms)]
        if min(ranks) < 10:
            hits.append((min(ranks), danish_key(title), Title(kind, slug, title, description)))
    return tuple(title for _, _, title in sorted(hits, key=lambda hit: hit[:2])[:limit])


def article_answer(slug_or_path: str, kind: str = "") -> dict[str, Any] | None:
    """The article as plain data for `manage.py ask article`: a published one, or a file that is read for the answer."""
    path = Path(slug_or_path)
    if path.suffix.lower() in {".md", ".markdown"}:
        draft, problems = read(path, kind=kind_of(path, Path()))
        said = [str(problem) for problem in problems]
        return {**(_answer(draft) if draft else {}), "problems": said}
    slug = slugify(slug_or_path.strip("/").rsplit("/", 1)[-1], max_length=100)
    rows = Article.objects.select_related("topic").filter(slug=slug)
    order = [entry.kind for entry in KINDS]
    found = [article for article in rows if kind in ("", article.kind)]
    article = min(found, key=lambda each: order.index(each.kind), default=None)
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
        "dosage": [{"name": name, "value": value} for name, value in article.details.get("dosage", ())],
        "lead": plain_text(article.lead_html),
        "sections": [{name: part[name] for name in ("id", "level", "title", "text")} for part in article.sections],
        "faq_title": article.details.get("faq_title", ""),
        "faq": [{"q": item["q"], "a": item["a"]} for item in article.faq],
        "sources": list(article.sources),
        "related": list(article.related),
        "words": article.words,
        "lix": article_lix(article),
    }


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
