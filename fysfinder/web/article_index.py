"""The indexes of the encyclopedia: A–Å with a search inside, by date, exercises by body part."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fysfinder.base.text import one_line
from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.kinds import PAGE_KINDS, Kind
from fysfinder.topics.queries import taxonomy
from fysfinder.web.body_map import body_map
from fysfinder.web.drawings import Drawing, drawing_of
from fysfinder.web.more_topics import topics_without_article

SEARCH = "soeg"
MOST_FOUND = 50


def index_context(request: HttpRequest, kind: Kind) -> dict[str, Any]:
    """titles: every page of the kind (those that match, when something is searched for), letters the same A–Å."""
    asked = one_line(request.GET.get(SEARCH, ""), max_length=80)
    everything = queries.index(kind.kind)
    titles = [title for letter in everything for title in letter.titles]
    return {
        "titles": titles,
        "letters": everything,
        "asked": asked,
        "found": queries.search_titles(asked, MOST_FOUND, kind.kind) if asked else (),
        "newest": queries.newest(kind.kind) if kind.is_by_date else [],
        "body_map": body_map(),
        "drawings": _drawings() if kind.explains_topics else {},
        "more": topics_without_article() if kind.explains_topics and not asked else [],
        "others": [other for other in PAGE_KINDS if other != kind and queries.has_pages(other.kind)],
    }


def _drawings() -> dict[str, Drawing | None]:
    """By the article's slug. One query."""
    topics = taxonomy().by_id
    return {slug: drawing_of(topics[pk].slug) for pk, (_title, slug) in queries.articles_for_topics(topics).items()}
