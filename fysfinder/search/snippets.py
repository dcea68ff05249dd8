"""The sentence of an article that answers best, with the words that were asked for marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from fysfinder.search.language import STOP_WORDS, fold_words, split_words, stem
from fysfinder.search.postings import Postings

LONGEST = 220  # characters
_SHORTEST_INSIDE = 3  # a longer term is also marked as a part of a compound
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ0-9])|\n+")


class Piece(NamedTuple):
    """A run of the text; marked when it is a word that was asked for."""

    text: str
    is_match: bool


class Passages:
    """Every sentence of every article, and which stems each holds."""

    def __init__(self, articles: Sequence[Sequence[tuple[str, str]]]) -> None:
        self._sentences: list[tuple[str, str]] = []
        self._first = [0]
        for passages in articles:
            for anchor, text in passages:
                self._sentences += [(anchor, sentence) for sentence in sentences(text)]
            self._first.append(len(self._sentences))
        self._postings = Postings(_stems(text) for _anchor, text in self._sentences)

    def best(self, article: int, wanted: Mapping[str, float]) -> tuple[str, tuple[Piece, ...]]:
        """(anchor, marked pieces) of the sentence that holds most of what is wanted; the first sentence when none."""
        first, end = self._first[article], self._first[article + 1]
        if first == end:
            return "", ()
        scores = np.zeros(end - first, dtype=np.float32)
        for term, weight in wanted.items():
            rows, shares = self._postings.between(term, first, end)
            scores[rows - first] += shares * weight
        anchor, text = self._sentences[first + int(np.argmax(scores))]
        return anchor, marked(text, wanted)


def sentences(text: str) -> list[str]:
    """The sentences of a text, spaces trimmed; a very long one is kept whole and cut when shown."""
    return [trimmed for sentence in _SENTENCE.split(text) if len(trimmed := sentence.strip()) > 2]


def _stems(text: str) -> dict[str, float]:
    words = [word for word in fold_words(text) if word not in STOP_WORDS]
    share = 1.0 / (8 + len(words))  # a short sentence that says it before a long one
    return {stem(word): 1.0 + share for word in words}


def marked(text: str, wanted: Mapping[str, float]) -> tuple[Piece, ...]:
    """The text, cut around the first match when it is long, in runs of marked and unmarked."""
    inside = "|".join(sorted(re.escape(term) for term in wanted if len(term) > _SHORTEST_INSIDE))
    holds = re.compile(inside or "(?!)").search  # the pattern is compiled once a question
    found = [
        (word.start, word.end)
        for word in split_words(text)
        if word.folded not in STOP_WORDS and ((root := stem(word.folded)) in wanted or holds(root))
    ]
    start = 0
    if len(text) > LONGEST and found and found[0][0] > LONGEST // 2:
        start = text.rfind(" ", 0, found[0][0] - LONGEST // 4) + 1
    end = len(text) if len(text) - start <= LONGEST else max(text.rfind(" ", start, start + LONGEST), start + 1)
    pieces: list[Piece] = [Piece("… ", False)] if start else []
    at = start
    for left, right in found:
        if left < start or right > end:
            continue
        if left > at:
            pieces.append(Piece(text[at:left], False))
        pieces.append(Piece(text[left:right], True))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return (*pieces, Piece(" …", False)) if end < len(text) else tuple(pieces)
