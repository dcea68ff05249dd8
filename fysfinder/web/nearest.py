"""What a visitor may have meant with an address that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from django.db import Error
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from fysfinder.base.jinja import language, url
from fysfinder.base.text import fold, one_line
from fysfinder.encyclopedia.queries import search_titles
from fysfinder.places.queries import gazetteer
from fysfinder.search.area import find_place
from fysfinder.search.names import clinic_names
from fysfinder.topics.queries import TopicCard, get_topic, name
from fysfinder.topics.queries import nearest_slugs as nearest_topics
from fysfinder.web.find_words import offering, subject

LIMIT = 5
_CLOSE_ENOUGH = 70  # of 100; below this another clinic's name is a guess
_CLOSE_BEHIND = 15  # points behind the best name that are still worth showing


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
        return _searches(words)
    last = words[-1] if words else ""
    if "/klinik/" in path and last:
        return _clinics(words[words.index("klinik") + 1] if "klinik" in words[:-1] else last)
    return [*_articles(last), *_topics(last)] or _places(last)


def clinics_with(topic: TopicCard) -> Link:
    """'Find klinikker med hjælp til løberknæ': the whole country, the visitor narrows it there."""
    return Link(_("Find klinikker") + offering([topic]), url("find_topic", "danmark", topic.slug))


def _searches(words: list[str]) -> list[Link]:
    """The nearest topics at the place that was asked for, then the place; with a place we do not know, the nearest."""
    place = find_place(words[0].replace(" ", "-")) or gazetteer().resolve(words[0]).place
    if place is None or len(words) == 1:
        return [*_places(words[0]), *(link for word in words[1:2] for link in _topics(word))]
    topics = [topic for slug in nearest_topics(words[1], LIMIT) if (topic := get_topic(slug))]
    found = [Link(subject(place, [topic]), url("find_topic", place.slug, topic.slug)) for topic in topics]
    return [*found[: LIMIT - 1], Link(subject(place, []), url("find", place.slug))]


def _clinics(text: str) -> list[Link]:
    """Clinics whose names are spelled most like the text."""
    names = clinic_names().names
    folded = [fold(f"{each.name} {each.city}") for each in names] + [fold(each.name) for each in names]
    hits = process.extract(
        fold(text), folded, scorer=fuzz.ratio, processor=None, limit=LIMIT * 3, score_cutoff=_CLOSE_ENOUGH
    )
    near = [names[at % len(names)] for _name, score, at in hits if score > hits[0][1] - _CLOSE_BEHIND]
    found = [Link(f"{each.name}, {each.city}", url("clinic", each.slug)) for each in near]
    return list(dict.fromkeys(found))


def _places(text: str) -> list[Link]:
    found = (gazetteer().get_place(slug) for slug in gazetteer().nearest_slugs(text, LIMIT))
    return [Link(place.name, url("find", place.slug)) for place in found if place]


def _topics(text: str) -> list[Link]:
    found = (get_topic(slug) for slug in nearest_topics(text, LIMIT))
    return [Link(name(topic, language()), url("find_topic", "danmark", topic.slug)) for topic in found if topic]


def _articles(text: str) -> list[Link]:
    return [Link(title.title, url(title.url_name, title.slug)) for title in search_titles(text, LIMIT)]
