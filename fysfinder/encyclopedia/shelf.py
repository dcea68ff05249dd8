"""Every page of the encyclopedia as one line, and the reviews that were signed. Small, and held by each process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from fysfinder.base.held import Held
from fysfinder.encyclopedia.kinds import EXPLAINING, get_kind
from fysfinder.encyclopedia.models import Article, Review


@dataclass(frozen=True)
class Title:
    """An article as a line in a list."""

    kind: str
    slug: str
    title: str
    description: str = ""
    title_en: str = ""  # the file's own, else that of the topic it is the article of

    @property
    def url_name(self) -> str:
        return get_kind(self.kind).url_name


@dataclass(frozen=True, slots=True)
class Line:
    """A page, who wrote it and what it is about (ids of topics)."""

    title: Title
    author: str
    topic_id: int | None
    topic_slug: str | None
    about: frozenset[int]

    @property
    def explains(self) -> bool:
        return self.title.kind in EXPLAINING


@dataclass(frozen=True)
class Shelf:
    """The lines by title, and by what they are asked for."""

    lines: tuple[Line, ...]
    by_slug: dict[str, list[Line]]
    by_id: dict[int, Line]
    signatures: dict[tuple[str, str], list[Review]]  # by kind and slug, without those withdrawn, without their text


def shelf() -> Shelf:
    """The process's lines; three queries on first use and after a change."""
    return _held.get()


def forget_shelf() -> None:
    """Read the titles again on next use. Publishing and signing call it; other processes follow the change."""
    _held.forget()


def _read() -> Shelf:
    about = defaultdict(set)
    for article_id, topic_id in Article.about.through.objects.values_list("article_id", "topic_id"):
        about[article_id].add(topic_id)
    columns = ("pk", "author", "topic_id", "topic__slug", "kind", "slug", "title", "description")
    english = ("details__title_en", "topic__name_en")
    by_slug: dict[str, list[Line]] = defaultdict(list)
    by_id = {}
    for pk, author, topic_id, topic, kind, slug, title, description, own, of_topic in Article.objects.values_list(
        *columns, *english
    ):
        title_en = own or (of_topic if topic == slug else "") or ""
        line = Line(Title(kind, slug, title, description, title_en), author, topic_id, topic, frozenset(about[pk]))
        by_id[pk] = line
        by_slug[line.title.slug].append(line)
    signatures: dict[tuple[str, str], list[Review]] = defaultdict(list)
    for one in Review.objects.filter(signed_at__isnull=False, withdrawn_at__isnull=True).defer("text"):
        signatures[one.kind, one.slug].append(one)
    return Shelf(tuple(by_id.values()), dict(by_slug), by_id, dict(signatures))


_held = Held(_read)
