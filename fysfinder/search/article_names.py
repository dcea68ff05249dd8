"""What articles are called: which titles and synonyms a question says, how much of each, and which it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from fysfinder.search.language import Vocabulary, content, fold_words, keys_of, name_keys, root, stem
from fysfinder.search.postings import Floats, Postings, Rows, Sought

_OF_TITLE, _OF_SYNONYM = 1.0, 0.9  # how well an article is named by each
IS_TITLE, IS_IN_TITLE, _IS_SYNONYM = 1.0, 0.9, 0.8
_TOGETHER = 0.85  # all parts of a compound in one name against the compound itself
_ENOUGH = 8  # a word that is an eighth of a name says it


class ArticleNames:
    """Built from each article's names: the title, the names in it (so many stand in `titles`), synonyms."""

    def __init__(self, names_of: Sequence[Sequence[str]], titles: Sequence[int], vocabulary: Vocabulary) -> None:
        self._articles = len(names_of)
        self._postings = Postings(_shares(name, vocabulary) for names in names_of for name in names)
        self._said = np.minimum(1.0, self._postings.weights * _ENOUGH)
        of = [(number, place) for number, names in enumerate(names_of) for place in range(len(names))]
        self._article_of = np.array([number for number, _place in of], dtype=np.intp)
        own = [_OF_TITLE if place < titles[number] else _OF_SYNONYM for number, place in of]
        self._weights = np.array(own, dtype=np.float32)
        self._equal: dict[str, dict[int, float]] = {}
        for (number, place), name in zip(of, (name for names in names_of for name in names), strict=True):
            for key in name_keys(name):
                share = IS_TITLE if not place else IS_IN_TITLE if place < titles[number] else _IS_SYNONYM
                self._equal.setdefault(key, {}).setdefault(number, share)

    def match(self, sought: Iterable[Sought], everything: float) -> Floats:
        """How well each article is named: 1 when one name says all that is asked (`everything`) and nothing else."""
        said = np.zeros(self._postings.count, dtype=np.float32)  # how much of the question each name says
        covered = np.zeros(self._postings.count, dtype=np.float32)  # how much of each name the question says
        touched = []
        for each in sought:
            best, share = np.zeros((2, self._postings.count), dtype=np.float32)
            for term, weight in each.terms:
                first, end = self._postings.span(term)
                if first < end:
                    rows = self._postings.rows[first:end]
                    np.maximum.at(best, rows, self._said[first:end] * weight)
                    np.maximum.at(share, rows, self._postings.weights[first:end] * weight)
                    touched.append(rows)
            if len(each.parts) > 1 and len(together := self._together(each.parts)):
                best[together] = np.maximum(best[together], _TOGETHER)
                share[together] = np.maximum(share[together], self._shares_of(each.parts, together))
                touched.append(together)
            said += best * each.weight
            covered += share
        match = np.zeros(self._articles, dtype=np.float32)
        if touched:
            rows = np.concatenate(touched)
            shared = np.minimum(said[rows] / everything, 1.0) * np.sqrt(np.minimum(covered[rows], 1.0))
            np.maximum.at(match, self._article_of[rows], shared * self._weights[rows])
        return match

    def _together(self, parts: Sequence[str]) -> Rows:
        """The names that have every part, as a word or inside one."""
        found: Rows | None = None
        for part in parts:
            spans = [self._postings.span(term) for term in (part, f"+{part}")]
            rows = np.concatenate([self._postings.rows[first:end] for first, end in spans])
            found = np.unique(rows) if found is None else np.intersect1d(found, rows)
        return found if found is not None else np.zeros(0, dtype=np.intp)

    def _shares_of(self, parts: Sequence[str], names: Rows) -> Floats:
        """How much of each of these names the parts are."""
        total = np.zeros(len(names), dtype=np.float32)
        for part in parts:
            best = np.zeros(self._postings.count, dtype=np.float32)
            for term in (part, f"+{part}"):
                first, end = self._postings.span(term)
                np.maximum.at(best, self._postings.rows[first:end], self._postings.weights[first:end])
            total += best[names]
        return total

    def equal(self, texts: Iterable[Sequence[str]]) -> dict[int, float]:
        """The articles that the words of one of the texts are a name of: IS_TITLE, IS_IN_TITLE, or less."""
        found: dict[int, float] = {}
        for words in texts:
            for key in keys_of(words):
                for number, share in self._equal.get(key, {}).items():
                    found[number] = max(share, found.get(number, 0.0))
        return found


def _shares(name: str, vocabulary: Vocabulary) -> dict[str, float]:
    """How much of the name each of its words is; a part of a compound is an even part of the word."""
    words = content(fold_words(name))
    shares: dict[str, float] = {}
    for word in words:
        parts = vocabulary.parts(word)
        shares[stem(word)] = max(1.0 / len(words), shares.get(stem(word), 0.0))
        for part in (*parts, root(word)):
            for term, _weight in as_part(part, 1.0):
                shares.setdefault(term, 1.0 / (len(words) * max(len(parts), 1)))
    return shares


def as_part(term: str, weight: float) -> tuple[tuple[str, float], ...]:
    """The stem as it is kept where it is only a part of a compound; nothing for ''."""
    return ((f"+{term}", weight),) if term else ()
