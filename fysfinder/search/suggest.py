"""Suggestions while typing: places, topics and clinics from the first letter, and a topic in a place from both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

from django.utils.translation import gettext as _

from fysfinder.base.text import fold, one_line
from fysfinder.places.gazetteer import Place
from fysfinder.places.queries import gazetteer
from fysfinder.search.names import clinic_names
from fysfinder.topics import queries as topics
from fysfinder.topics.models import Kind

MAX_CHARS = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list and the page it leads to."""

    kind: Literal["place", "topic", "clinic"]
    label: str
    hint: str  # what tells it from its namesakes: the postcode, the kind of topic, the clinic's town
    url_name: str
    url_args: tuple[str, ...]


def suggest(text: str, *, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """The kinds take turns, an exact name first; 'kryoterapi aar' also answers 'Kryoterapi i Aarhus'. Never raises."""
    text = one_line(text, max_length=MAX_CHARS)
    if not fold(text):
        return ()
    both = list(_topic_in_place(text, language))
    kinds = [
        [_of_topic(found, language) for found in topics.suggest(text, limit)],
        [_of_place(place) for place in gazetteer().suggest(text, limit)],
        [
            Suggestion("clinic", row.name, row.city, "clinic", (row.slug,))
            for row in clinic_names().starting_with(text, limit)
        ],
    ]
    kinds.sort(
        key=lambda found: not (found and fold(found[0].label) == fold(text))
    )  # stable: else topic, place, clinic
    taking_turns = chain.from_iterable(zip_longest(*kinds))
    return tuple(list(chain(both, (each for each in taking_turns if each)))[:limit])


def _of_topic(found: topics.TopicSuggestion, language: str) -> Suggestion:
    name = topics.name(found.topic, language)
    kind = str(Kind(found.topic.kind).label)
    hint = kind if fold(found.matched) == fold(name) else f"{found.matched} · {kind}"
    return Suggestion("topic", name, hint, "find_topic", ("danmark", found.topic.slug))


def _of_place(place: Place) -> Suggestion:
    return Suggestion("place", place.name, place.postcode_range, "find", (place.slug,))


def _topic_in_place(text: str, language: str) -> Iterator[Suggestion]:
    """The words up to some space name a topic, the rest begins a place: at most two."""
    words = text.split(" ")
    for at in range(len(words) - 1, 0, -1):
        topic = topics.resolve(" ".join(words[:at]).removesuffix(" i").removesuffix(" på"))
        if topic is None:
            continue
        for place in gazetteer().suggest(" ".join(words[at:]), 2):
            label = _("%(topic)s %(in_place)s") % {"topic": topics.name(topic, language), "in_place": place.phrase}
            yield Suggestion("place", label, place.postcode_range, "find_topic", (place.slug, topic.slug))
        return
