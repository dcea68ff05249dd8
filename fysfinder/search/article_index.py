"""Full-text search over articles in memory: the article about a thing first, then those that mention it.

Three things are summed: how much of a title or synonym the words say and how much of the words it says (a whole title
beats everything), BM25 over weighted fields, and a little for compounds that share a part. A word nobody wrote is taken
for a slip and searched as the likeliest known words. No list of synonyms is needed: titles, headings and text are.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np

from fysfinder.search.article_names import IS_IN_TITLE, ArticleNames, as_part
from fysfinder.search.article_text import IN_HEADING, ArticleText, Part, name_forms, vocabulary_of, weighted_words
from fysfinder.search.language import content, fold_words, names_in, root, stem
from fysfinder.search.memory import Memory
from fysfinder.search.postings import Floats, Postings, Sought
from fysfinder.search.snippets import Passages, Piece
from fysfinder.search.typos import Correction, Speller
from fysfinder.topics.words import base_forms

MAX_WORDS = 24  # of a question; the rest is not read
MAX_SLIPS, MAX_LOOKUPS = 3, 4  # of a question's words, and of pairs beside them, looked for as slips
_K = 1.4  # BM25: how fast repeating a word stops counting
_LENGTH = 0.4  # BM25: how much a long text is held against it
_PART = 0.4  # a part of a compound against the whole word
_INSIDE = 0.6  # a word that is written only as a part of compounds
_NAME = 2.5  # saying all of a title against saying all of it in the text
_EQUAL = 4.0  # being the title
_GUESS = 0.55  # a corrected word against a written one, per slip
_BEGINNING = 0.5  # a word that only begins like a known one
_MOST_GUESSES = 4
_OF_STEM = 0.4  # what a slip in the stem costs more: stems are short, and short words have many neighbours
_TOO_SHORT = 3  # letters of a word that the stem of a longer one is never taken for: 'smadret' is not 'sad'
_ANY = 3.0
_SURELY = 0.7  # of a compound of well-known words only the likeliest slips are corrected
_ALONE = 0.25  # more for the parts of a compound that is not written as a whole anywhere
_SHORTEST_BEGINNING = 4
_FAR, _FAR_UNNAMED = 0.15, 0.55  # a list ends at this much of the best score, which a name lifts high above the rest
_ANY_SLIP = 1.3
_IN_TITLE, _SURE_TERM = 0.8, 0.85
_OVERDUE = 0.8  # an article past the day it should have been looked through again steps back
_REMEMBERED = 10_000  # words of questions
_FORM = 0.5  # how likely a form nobody wrote is meant


@dataclass(frozen=True, slots=True)
class Hit:
    """One article and why it is there."""

    article: ArticleText
    score: float
    part: Part  # the most telling place that holds one of the words
    match: float  # 0 to 1: how much of a title or synonym is said, times how much of the question it says
    is_named: bool  # the words are its title or a synonym, in some form
    titled: float  # 1 when they are its title, less when its title has them, 0 for the rest
    held: float  # 0 to 1: how much of the question stands anywhere in it
    headed: float  # the same of its title, synonyms and headings
    anchor: str  # of the snippet
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a page, how many articles hold any of the words, and what misspelt words were taken for."""

    hits: tuple[Hit, ...]
    total: int
    corrections: tuple[tuple[str, str], ...]


class ArticleIndex:
    """Built from all articles at once, and again when they change."""

    def __init__(self, articles: Iterable[ArticleText], is_word: Callable[[str], bool] = lambda _: False) -> None:
        """is_word: says of more folded words that they are right, so that they are no slips of others."""
        self.articles = tuple(articles)
        self.vocabulary = vocabulary_of(self.articles)
        self._is_word = is_word
        self._built: dict[str, tuple[tuple[str, float], ...]] = {}
        texts = [weighted_words(article) for article in self.articles]
        usual = sum(sum(words.values()) for words in texts) / max(len(texts), 1) or 1.0
        self._text = Postings(self._saturated(words, usual) for words in texts)
        titles = [names_in(article.title) for article in self.articles]
        own_names = [(*names, *article.names) for names, article in zip(titles, self.articles, strict=True)]
        self._names = ArticleNames(own_names, [len(names) for names in titles], self.vocabulary)
        self._stems_of = [self._stems(article) for article in self.articles]
        self._standing = np.array([_OVERDUE if each.is_overdue else 1.0 for each in self.articles], dtype=np.float32)
        self._passages = Passages([article.passages for article in self.articles])
        seen = {**self.vocabulary.stems, **self.vocabulary.words}
        known = {word: weight for word, weight in seen.items() if not word.isdigit()}
        self._base_of = name_forms([name for names in own_names for name in names], known)
        self._speller = Speller(known | dict.fromkeys(self._base_of, _FORM))
        self._sorted_words = sorted(word for word, weight in self.vocabulary.words.items() if len(word) > 4)
        self._read = Memory(_REMEMBERED)
        self._built.clear()

    def search(self, text: str, *, limit: int = 10, also: Sequence[str] = (), has_snippets: bool = True) -> Answer:
        """The best articles for a text. `also`: names that mean the same as words of the text. Never raises."""
        whole = content(fold_words(text))
        words = whole[:MAX_WORDS]
        if not words or not self.articles:
            return Answer((), 0, ())
        asked = list(dict.fromkeys(words))
        slips = [word for word in asked if stem(word) not in self._text and not self._is_word(word)][:MAX_SLIPS]
        read = [self._remembered(word, word in slips) for word in asked]
        sought = [each for each, _correction in read]
        corrections = {word: right for word, (_sought, right) in zip(asked, read, strict=True) if right}
        said = [corrections.get(word, word) for word in words]
        compounds = self._compounds(words, said, MAX_LOOKUPS - len(slips))
        extra = [self._whole(word, 1.0) for word, _text in compounds]
        scores, match, held = self._scores(sought, extra)
        best = max(each.weight for each in sought)
        texts = [whole] if said == whole else [whole, content(said)]
        titled = self._add_equal(scores, [*texts, *(content(words) for _word, words in compounds)], best)
        named = set(titled)
        for name in () if named else also:
            self._add_also(scores, name)
            named.update(self._add_equal(scores, [content(fold_words(name))], best * 0.6))
        scores *= self._standing
        stems = {term: each.weight * weight for each in [*sought, *extra] for term, weight in each.terms}
        hits = []
        for at, score in _best(scores, limit, _FAR if named else _FAR_UNNAMED):
            snippet = self._passages.best(at, stems) if has_snippets else ("", ())
            called = titled.get(at, 0.0)
            title = called if called >= IS_IN_TITLE else self._titled(at, sought)
            how = (float(match[at]), at in named, title, float(held[at]), self._headed(at, sought))
            hits.append(Hit(self.articles[at], score, self._part(at, stems), *how, *snippet))
        return Answer(tuple(hits), int(np.count_nonzero(scores)), tuple(corrections.items()))

    def _compounds(self, words: Sequence[str], said: Sequence[str], lookups: int) -> list[tuple[str, list[str]]]:
        """Compounds of names that two neighbours may be, and the words with each in their place."""
        found = []
        for at, (left, right) in enumerate(pairwise(said)):
            made = self.vocabulary.compounds(left, right)
            is_new = words[at] not in self.vocabulary.words or words[at + 1] not in self.vocabulary.words
            if not made and is_new and lookups:
                lookups -= 1
                slips = self._speller.corrections(words[at] + words[at + 1], 1)
                made = [self._base_of.get(each.word, each.word) for each in slips if each.cost <= _ANY_SLIP]
            found += [(word, [*said[:at], word, *said[at + 2 :]]) for word in dict.fromkeys(made)]
        return found

    def _part(self, at: int, stems: dict[str, float]) -> Part:
        return next((part for part, held in self._stems_of[at] if not held.isdisjoint(stems)), "text")

    def _titled(self, at: int, sought: Sequence[Sought]) -> float:
        """_IN_TITLE when every word stands in the title as a word of its own, else 0."""
        title = self._stems_of[at][0][1]
        is_all = all(any(term in title for term, weight in each.terms if weight >= _SURE_TERM) for each in sought)
        return _IN_TITLE if is_all else 0.0

    def _headed(self, at: int, sought: Sequence[Sought]) -> float:
        """How much of the question stands in the title, synonyms and headings."""
        places = [held for _part, held in self._stems_of[at]]
        found = (each.weight for each in sought if any(term in held for term, _w in each.terms for held in places))
        return sum(found) / (sum(each.weight for each in sought) or 1.0)

    def _scores(self, sought: Sequence[Sought], extra: Sequence[Sought]) -> tuple[Floats, Floats, Floats]:
        """The scores, how well each article is named, and how much of the question stands in it."""
        scores, held = np.zeros((2, len(self.articles)), dtype=np.float32)
        for number, each in enumerate((*sought, *extra)):
            best = np.zeros(len(self.articles), dtype=np.float32)
            for term, weight in each.terms:
                rows, impacts = self._text.of(term)
                np.maximum.at(best, rows, impacts * (weight * each.weight))
            scores += best
            if number < len(sought):
                held += (best > 0) * np.float32(each.weight)
        everything = sum(each.weight for each in sought)
        match = self._names.match((*sought, *extra), everything)
        scores += match * np.float32(_NAME * everything)
        return scores, match, held / np.float32(everything or 1.0)

    def _add_equal(self, scores: Floats, texts: Iterable[Sequence[str]], weight: float) -> dict[int, float]:
        """Lift the articles whose title or synonym one of the texts is; which they are, and how much so."""
        found = self._names.equal(texts)
        for number, share in found.items():
            scores[number] += _EQUAL * weight * share
        return found

    def _add_also(self, scores: Floats, name: str) -> None:
        for word in content(fold_words(name)):
            if (term := stem(word)) in self._text:
                rows, impacts = self._text.of(term)
                scores[rows] += impacts * (0.4 * self._rarity(term))

    def _whole(self, word: str, weight: float) -> Sought:
        return Sought(((stem(word), weight),), self._rarity(stem(word)))

    def _remembered(self, word: str, may_be_slip: bool) -> tuple[Sought, str]:
        return cast("tuple[Sought, str]", self._read.get((word, may_be_slip), lambda: self._sought(word, may_be_slip)))

    def _sought(self, word: str, may_be_slip: bool) -> tuple[Sought, str]:
        """The word itself; else what it may be a slip of, what it is made of, or what begins or ends like it.

        With it what a slip is taken for, '' for what is none.
        """
        term = stem(word)
        split = self.vocabulary.parts(word)
        parts = [*as_part(term, _INSIDE), *(each for part in (*split, root(word)) for each in _either(part))]
        parts = [(each, weight) for each, weight in parts if each in self._text]
        if term in self._text:
            return Sought(((term, 1.0), *parts), self._rarity(term), split[:2]), ""
        if not may_be_slip:
            forms = [(form, _BEGINNING) for each in base_forms(word) if (form := stem(each)) in self._text]
            return Sought((*forms[:1], *parts), self._rarity(forms[0][0] if forms else term), split[:2]), ""
        is_sure = bool(split) and all(self.vocabulary.stems.get(part, 0.0) >= IN_HEADING for part in split)
        guesses, correction = self._guesses(word, _SURELY if is_sure else _ANY, split)
        parts = [(part, weight + (_ALONE if is_sure else 0.0)) for part, weight in parts]
        terms = dict([*reversed([*guesses, *parts, *self._alike(word)])])
        rarest = max((self._rarity(term) for term in terms), default=self._rarity(term))
        return Sought(tuple(sorted(terms.items(), key=lambda each: -each[1])), rarest, split[:2]), correction

    def _guesses(self, word: str, most: float, split: Sequence[str]) -> tuple[list[tuple[str, float]], str]:
        """Slips of at most this cost, of any cost when the word meant is made of the same parts; and the word meant."""
        found = self._speller.corrections(word, _MOST_GUESSES)
        if (term := stem(word)) != word:
            less_sure = self._speller.corrections(term, 2, at_least=len(word) > 4)
            found += [Correction(each.word, each.cost + _OF_STEM) for each in less_sure if len(each.word) > _TOO_SHORT]
        found = [each for each in found if each.cost <= most or self._is_made_of(each.word, split)]
        if not found:
            return [], ""
        written = (each.word for each in found if each.word in self.vocabulary.words)
        correction = next(written, self._base_of.get(found[0].word, found[0].word))
        found = sorted(found, key=lambda each: each.cost)[:_MOST_GUESSES]
        guesses: dict[str, float] = {}
        for each in found:
            weight = 1.0 - _GUESS * (each.cost - found[0].cost) - 0.1 * each.cost
            guesses.setdefault(stem(self._base_of.get(each.word, each.word)), max(weight, 0.1))
        return list(guesses.items()), correction

    def _is_made_of(self, word: str, parts: Sequence[str]) -> bool:
        return bool(parts) and set(parts) <= set(self.vocabulary.parts(self._base_of.get(word, word)))

    def _alike(self, word: str) -> Iterable[tuple[str, float]]:
        """Words that begin with what was typed so far, and the word that an odd ending was put to."""
        if len(word) < _SHORTEST_BEGINNING:
            return
        at = bisect_left(self._sorted_words, word)
        for known in self._sorted_words[at : at + _MOST_GUESSES]:
            if known.startswith(word):
                yield stem(known), _BEGINNING
        for end in range(len(word) - 1, max(len(word) - 5, 6), -1):
            if (term := stem(word[:end])) in self._text:
                yield term, _BEGINNING
                return

    def _rarity(self, term: str) -> float:
        count = self._text.frequency(term)
        return math.log(1.0 + (len(self.articles) - count + 0.5) / (count + 0.5))

    def _terms(self, word: str) -> tuple[tuple[str, float], ...]:
        """What an article that says the word is found by; remembered while the index is built."""
        if word not in self._built:
            parts = (each for part in (*self.vocabulary.parts(word), root(word)) for each in as_part(part, 1.0))
            self._built[word] = ((stem(word), 1.0), *parts)
        return self._built[word]

    def _saturated(self, words: dict[str, float], usual: float) -> dict[str, float]:
        length = 1.0 - _LENGTH + _LENGTH * sum(words.values()) / usual
        counts: dict[str, float] = defaultdict(float)
        for word, count in words.items():
            for term, weight in self._terms(word):
                counts[term] += count * weight
        return {term: count * (_K + 1.0) / (count + _K * length) for term, count in counts.items()}

    def _stems(self, article: ArticleText) -> tuple[tuple[Part, frozenset[str]], ...]:
        def terms(*texts: str) -> frozenset[str]:
            words = (word for text in texts for word in content(fold_words(text)))
            return frozenset(term for word in words for term, _weight in self._terms(word))

        headings = (text for _anchor, text in article.headings)
        return ("title", terms(article.title)), ("synonym", terms(*article.names)), ("heading", terms(*headings))


def _best(scores: Floats, limit: int, far: float) -> list[tuple[int, float]]:
    """(row, score) of the best, those that are no less than `far` of the very best; the first of equals first."""
    highest = scores.max()
    rows = (scores >= highest * far).nonzero()[0] if highest else np.zeros(0, dtype=np.intp)
    rows = rows[np.argsort(-scores[rows], kind="stable")[:limit]]
    return list(zip(rows.tolist(), scores[rows].tolist(), strict=True))


def _either(part: str) -> tuple[tuple[str, float], ...]:
    """A part of an asked compound: written on its own, or inside another compound."""
    return ((part, _PART), *as_part(part, _PART * _INSIDE)) if part else ()
