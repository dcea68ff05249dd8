"""'Se også': the articles that stand nearest, by the words of their text and by the topic graph."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fysfinder.base.danish import stem
from fysfinder.base.text import fold

MOST = 3
_TERMS = 60  # of an article: the rest of its words tell it from nobody
_TOO_COMMON = 0.5  # of all articles: such a word says nothing
_LINKED = 0.25  # what a link in the topic graph is worth, in cosine
_LEAST = 0.08  # below this two articles only share chance words
_TITLE = 4  # how often a word of the title counts


@dataclass(frozen=True, slots=True)
class Text:
    """One article for comparing. topic is a slug or ''."""

    key: tuple[str, str]  # kind, slug
    title: str
    text: str
    topic: str = ""
    named: frozenset[tuple[str, str]] = frozenset()  # what the author leads to already


def nearest(
    texts: Sequence[Text], neighbours: Mapping[str, frozenset[str]], most: int = MOST
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The nearest articles of each, best first. neighbours: topic → the topics it is linked with, both ways."""
    vectors = _vectors(texts)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, weight in vector.items():
            postings[term].append((number, weight))
    of_topic: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        of_topic[text.topic].append(number)
    found = {}
    for number, text in enumerate(texts):
        scores: dict[int, float] = defaultdict(float)
        for term, weight in vectors[number].items():
            for other, theirs in postings[term]:
                scores[other] += weight * theirs
        for topic in neighbours.get(text.topic, ()) if text.topic else ():
            for other in of_topic.get(topic, ()):
                scores[other] += _LINKED
        scores.pop(number, None)
        best = sorted((-score, texts[other].key) for other, score in scores.items() if score >= _LEAST)
        best = [(score, key) for score, key in best if key not in text.named]
        found[text.key] = [key for _score, key in best[:most]]
    return found


def _vectors(texts: Sequence[Text]) -> list[dict[str, float]]:
    """TF-IDF of each article's most telling words, of length 1."""
    counts = [_counts(text) for text in texts]
    spread = Counter(term for count in counts for term in count)
    most = max(2, len(texts) * _TOO_COMMON)
    vectors = []
    for count in counts:
        weights = {
            term: (1 + math.log(times)) * math.log(len(texts) / spread[term])
            for term, times in count.items()
            if 2 <= spread[term] <= most
        }
        kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_TERMS]
        length = math.sqrt(sum(weight * weight for _term, weight in kept)) or 1.0
        vectors.append({term: weight / length for term, weight in kept})
    return vectors


def _counts(text: Text) -> Counter[str]:
    counts: Counter[str] = Counter(stem(word) for word in fold(text.text).split() if len(word) > 2)
    for word in fold(text.title).split():
        counts[stem(word)] += _TITLE
    return counts
