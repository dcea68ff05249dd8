"""Suggestions while typing: places, topics and clinics from the first letter, and a topic in a place from both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fysfinder.base.text import fold, one_line
from fysfinder.places.gazetteer import Place
from fysfinder.places.queries import gazetteer
from fysfinder.search.names import ClinicName, clinic_names
from fysfinder.search.question import understand
from fysfinder.topics import queries as topics
from fysfinder.topics.models import Kind

MAX_CHARS = 100
# The first letters are typed by everybody and match the most: their answers are kept. Nothing longer is.
KEPT_LETTERS = 4
_MOST_KEPT = 4_000
_SHORTEST_SENTENCE = 4  # letters before a text that begins nothing is read as a question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list and the page it leads to."""

    kind: Literal["place", "topic", "clinic"]
    label: str
    hint: str  # what tells it from its namesakes: the postcode, the kind of topic, the clinic's town
    url_name: str
    url_args: tuple[str, ...]


class _Kept:
    version: tuple[object, ...] = ()
    answers: dict[tuple[str, str, int], tuple[Suggestion, ...]] = {}


def suggest(text: str, *, language: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """The kinds take turns, the best met first; 'kryoterapi aar' also answers 'Kryoterapi i Aarhus'. Never raises."""
    text = one_line(text, max_length=MAX_CHARS)
    folded = fold(text)
    if not folded:
        return ()
    if len(folded) > KEPT_LETTERS or text[-1] == " ":
        return _answer(text, folded, language, limit)
    version = (topics.taxonomy(), gazetteer(), clinic_names())
    if any(now is not then for now, then in zip_longest(version, _Kept.version)) or len(_Kept.answers) > _MOST_KEPT:
        _Kept.version, _Kept.answers = version, {}
    key = (folded, language, limit)
    answer = _Kept.answers.get(key)
    if answer is None:
        answer = _Kept.answers[key] = _answer(text, folded, language, limit)
    return answer


def _answer(text: str, folded: str, language: str, limit: int) -> tuple[Suggestion, ...]:
    both = list(_topic_in_place(text, language))
    found_places = gazetteer().suggest(text, limit)
    found_clinics = clinic_names().starting_with(text, limit)
    found_topics = _topics(text, folded, language, limit)
    if not (both or found_places or found_clinics or found_topics):
        found_topics = topics.suggest(text, limit, language)  # the nearest spellings: the dearest of all, so the last
    # How well the first of each kind is met; where that is equal: topic, place, clinic.
    kinds: list[tuple[int, list[Suggestion]]] = []
    if found_topics:
        rank = _rank(folded, fold(topics.name(found_topics[0].topic, language)), found_topics[0].matched)
        kinds.append((rank, [_of_topic(found, language) for found in found_topics]))
    if found_places:
        kinds.append((_rank(folded, fold(found_places[0].name), folded), [_of_place(place) for place in found_places]))
    if found_clinics:
        rank = _rank(folded, fold(found_clinics[0].name), folded)
        kinds.append((rank, [_of_clinic(row) for row in found_clinics]))
    kinds.sort(key=lambda kind: kind[0])
    taking_turns = chain.from_iterable(zip_longest(*(found for _rank, found in kinds)))
    answer = tuple(dict.fromkeys([*both, *(each for each in taking_turns if each)]))[:limit]
    is_begun = both or found_places or found_clinics or (found_topics and _begins(folded, found_topics[0].matched))
    if is_begun or len(folded) < _SHORTEST_SENTENCE:
        return answer
    return tuple(dict.fromkeys([*_as_question(text, language), *answer]))[:limit]


def _topics(text: str, folded: str, language: str, limit: int) -> list[topics.TopicSuggestion]:
    held = topics.taxonomy()
    found = held.starting_with(folded, language)
    if not found and (topic := topics.resolve(text)):
        found = {topic.slug: topics.name(topic, language)}
    return [topics.TopicSuggestion(held.topics[slug], matched) for slug, matched in list(found.items())[:limit]]


def _rank(folded: str, name: str, matched: str) -> int:
    """0 the name itself, 1 its beginning, 2 another word for it."""
    if name == folded:
        return 0
    if name.startswith(folded):
        return 1
    return 1 if fold(matched) == folded else 2


def _begins(folded: str, matched: str) -> bool:
    return f" {fold(matched)}".find(f" {folded}") >= 0


def _as_question(text: str, language: str) -> Iterator[Suggestion]:
    """A whole sentence, or a misspelt word: what it is understood as."""
    question = understand(text)
    for topic in question.topics[:2]:
        if question.place:
            yield _topic_at(topic, question.place, language)
        else:
            yield _of_topic(topics.TopicSuggestion(topic, topics.name(topic, language)), language)
    if question.place and not question.topics:
        yield _of_place(question.place)


def _of_topic(found: topics.TopicSuggestion, language: str) -> Suggestion:
    name = topics.name(found.topic, language)
    kind = _kind(found.topic.kind, get_language())
    hint = kind if fold(found.matched) == fold(name) else f"{found.matched} · {kind}"
    return Suggestion("topic", name, hint, "find_topic", ("danmark", found.topic.slug))


@cache
def _kind(kind: str, _active_language: str | None) -> str:
    """The kind in words, worked out once a language."""
    return str(Kind(kind).label)


def _of_place(place: Place) -> Suggestion:
    return Suggestion("place", place.name, place.postcode_range, "find", (place.slug,))


def _of_clinic(row: ClinicName) -> Suggestion:
    return Suggestion("clinic", row.name, row.city, "clinic", (row.slug,))


def _topic_at(topic: topics.TopicCard, place: Place, language: str) -> Suggestion:
    label = _("%(topic)s %(in_place)s") % {"topic": topics.name(topic, language), "in_place": place.phrase}
    return Suggestion("place", label, place.postcode_range, "find_topic", (place.slug, topic.slug))


def _topic_in_place(text: str, language: str) -> Iterator[Suggestion]:
    """The words up to some space name a topic, the rest begins a place: at most two."""
    words = text.split(" ")
    for at in range(len(words) - 1, 0, -1):
        topic = topics.resolve(" ".join(words[:at]).removesuffix(" i").removesuffix(" på"))
        if topic is None:
            continue
        for place in gazetteer().suggest(" ".join(words[at:]), 2):
            yield _topic_at(topic, place, language)
        return
