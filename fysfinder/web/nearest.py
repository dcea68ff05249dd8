"""What a visitor may have meant with an address that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from django.db import Error
from django.urls import reverse

from fysfinder.base.jinja import language
from fysfinder.base.text import one_line
from fysfinder.encyclopedia.queries import search_titles
from fysfinder.places.queries import gazetteer
from fysfinder.topics.queries import get_topic, name
from fysfinder.topics.queries import nearest_slugs as nearest_topics

LIMIT = 5


@dataclass(frozen=True)
class Link:
    label: str
    path: str


def nearest_pages(path: str) -> list[Link]:
    """Up to five pages whose names are spelled most like the address. Empty, not an error, when nothing can be read."""
    parts = [part for part in path.split("/") if part and part not in {"en", "find", "fysioterapeut"}]
    words = [one_line(unquote(part).replace("-", " "), max_length=80) for part in parts]
    try:
        return list(dict.fromkeys(_find_links(path, words)))[:LIMIT]
    except Error:
        return []


def _find_links(path: str, words: list[str]) -> list[Link]:
    if "/find/" in path and words:
        return [*_places(words[0]), *(link for word in words[1:2] for link in _topics(word))]
    last = words[-1] if words else ""
    return [*_articles(last), *_topics(last)] or _places(last)


def _places(text: str) -> list[Link]:
    found = (gazetteer().get_place(slug) for slug in gazetteer().nearest_slugs(text, LIMIT))
    return [Link(place.name, reverse("find", args=[place.slug])) for place in found if place]


def _topics(text: str) -> list[Link]:
    found = (get_topic(slug) for slug in nearest_topics(text, LIMIT))
    return [
        Link(name(topic, language()), reverse("find_topic", args=["danmark", topic.slug])) for topic in found if topic
    ]


def _articles(text: str) -> list[Link]:
    return [Link(title.title, reverse("article", args=[title.slug])) for title in search_titles(text, LIMIT)]
