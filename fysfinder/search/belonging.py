"""What belongs to a topic beside its article: exercises that train it, guides and posts about it, tools made for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fysfinder.encyclopedia.kinds import PAGE_KINDS
from fysfinder.encyclopedia.queries import pages_about
from fysfinder.encyclopedia.shelf import Title, shelf
from fysfinder.tools import TOOLS
from fysfinder.tools.base import Tool
from fysfinder.topics.queries import TopicCard, descendants, taxonomy, with_ancestors

MOST_OF_A_KIND = 4
_KINDS = tuple(kind.kind for kind in PAGE_KINDS if not kind.explains_topics and kind.is_own_page)


class _Kept:
    """The pages of each topic, as long as neither shelf nor taxonomy has changed."""

    of: tuple[object, object] = (None, None)
    pages: dict[str, dict[str, list[Title]]] = {}


def pages_of(topics: Sequence[TopicCard]) -> tuple[Title, ...]:
    """Pages about the topics or what is below them, at most MOST_OF_A_KIND of each kind; the first topic's first."""
    if _Kept.of[0] is not shelf() or _Kept.of[1] is not taxonomy():
        _Kept.of, _Kept.pages = (shelf(), taxonomy()), {}
    found: dict[tuple[str, str], Title] = {}
    for kind in _KINDS:
        titles = [title for topic in topics for title in _pages(topic)[kind]]
        found |= {(title.kind, title.slug): title for title in titles[:MOST_OF_A_KIND]}
    return tuple(found.values())


def _pages(topic: TopicCard) -> dict[str, list[Title]]:
    kept = _Kept.pages
    if topic.slug not in kept:
        family = [topic.id, *(below.id for below in descendants(topic.slug))]
        kept[topic.slug] = {kind: pages_about(family, kind, MOST_OF_A_KIND) for kind in _KINDS}
    return kept[topic.slug]


def tools_of(topics: Sequence[TopicCard]) -> tuple[Tool[Any], ...]:
    """Tools made for one of the topics or for what it is a kind of, in the order of the list of tools."""
    slugs = {slug for topic in topics for slug in with_ancestors(topic.slug)}
    return tuple(tool for tool in TOOLS if slugs.intersection(tool.topics))
