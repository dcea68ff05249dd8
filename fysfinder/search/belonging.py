"""What belongs to a topic beside its article: exercises that train it, guides and posts about it, tools made for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fysfinder.encyclopedia.kinds import PAGE_KINDS
from fysfinder.encyclopedia.queries import pages_about
from fysfinder.encyclopedia.shelf import Title
from fysfinder.tools import TOOLS
from fysfinder.tools.base import Tool
from fysfinder.topics.queries import TopicCard, descendants, with_ancestors

MOST_OF_A_KIND = 4
_KINDS = tuple(kind.kind for kind in PAGE_KINDS if not kind.explains_topics and kind.is_own_page)


def pages_of(topics: Sequence[TopicCard]) -> tuple[Title, ...]:
    """Pages about the topics or what is below them, at most MOST_OF_A_KIND of each kind; the first topic's first."""
    found: dict[tuple[str, str], Title] = {}
    for kind in _KINDS:
        titles = [title for topic in topics for title in pages_about(_family(topic), kind, MOST_OF_A_KIND)]
        found |= {(title.kind, title.slug): title for title in titles[:MOST_OF_A_KIND]}
    return tuple(found.values())


def tools_of(topics: Sequence[TopicCard]) -> tuple[Tool[Any], ...]:
    """Tools made for one of the topics or for what it is a kind of, in the order of the list of tools."""
    slugs = {slug for topic in topics for slug in with_ancestors(topic.slug)}
    return tuple(tool for tool in TOOLS if slugs.intersection(tool.topics))


def _family(topic: TopicCard) -> list[int]:
    return [topic.id, *(below.id for below in descendants(topic.slug))]
