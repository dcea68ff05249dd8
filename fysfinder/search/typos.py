"""Misspelt words: the known words within one or two slips of the fingers, likely slips first.

Every known word has a 64-bit mask of its letters (once, twice). One edit changes at most two bits, so one numpy pass
over all masks leaves a handful of words to compare letter by letter, and misses none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from rapidfuzz.distance import OSA, Postfix, Prefix

from fysfinder.base.letters import letter_mask, letter_masks

ONE_EDIT_FROM = 4  # letters
TWO_EDITS_FROM = 8
LONGEST = 40
_DIGRAPH = re.compile("(ae|oe|aa)")
_MOST_DIGRAPHS = 3
_ROWS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")  # of the Danish keyboard
_SLIP = 0.7  # a key beside the right one
_SWAP = 0.6  # two letters in the wrong order
_DOUBLE = 0.5  # a letter once instead of twice, or the other way
_SOUND = 0.5  # written as it is heard
_NO_KEY = 0.3  # the nearest letter where the keyboard has no æ, ø, å
_HEAVIER = 0.3  # how much a word of a title is likelier than one that was never seen
_FIRST = 0.3  # more when the first letter is wrong: people get that one right
_ALIKE = ("ck", "sz", "sc", "dt", "yi", "ij", "vw", "vf", "gk", "bp", "eæ", "oå", "ou", "uy", "xs", "jg", "ei", "yø")
_UNMARKED = ("oø", "aå", "aæ")
_MUTE = frozenset({("t", "h"), ("p", "h"), ("r", "h"), ("c", "h"), ("c", "k"), ("l", "d"), ("n", "d")})


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for row in _ROWS:
        pairs.update(pairwise(row))
    for upper, lower in pairwise(_ROWS):
        for at, letter in enumerate(lower):
            pairs.update((letter, above) for above in upper[at : at + 2])
    return frozenset(pairs | {(right, left) for left, right in pairs})


_NEAR = _neighbours()
_INSTEAD = {
    **dict.fromkeys(_NEAR, _SLIP),
    **{pair: _SOUND for a, b in map(tuple, _ALIKE) for pair in ((a, b), (b, a))},
    **{pair: _NO_KEY for a, b in map(tuple, _UNMARKED) for pair in ((a, b), (b, a))},
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A known word and how unlikely the slip is: 0.5 a doubled letter, 1 any one letter, at most 2."""

    word: str
    cost: float


def letters(word: str) -> str:
    """A folded word as it is typed: 'knae' → knæ. One key is one slip."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _spellings(word: str) -> set[str]:
    """Each 'ae', 'oe' and 'aa' as one letter or as two: 'kryoerapi' is not kryørapi, 'hoedhjoerne' is hoedhjørne."""
    pieces = _DIGRAPH.split(word)
    if len(pieces) == 1:
        return {word}
    if len(pieces) > 2 * _MOST_DIGRAPHS:
        return {word, letters(word)}
    return {"".join(choice) for choice in product(*({piece, letters(piece)} for piece in pieces))}


def edits_allowed(word: str) -> int:
    """How many slips a word of this many letters may have."""
    return 2 if len(word) >= TWO_EDITS_FROM else 1 if len(word) >= ONE_EDIT_FROM else 0


class Speller:
    """Known words, each with a weight: of equally likely corrections the heavier comes first."""

    def __init__(self, words: Mapping[str, float]) -> None:
        """words: folded → weight up to 1."""
        known = [word for word in words if 1 < len(word) <= LONGEST and word.isascii()]
        kept = list(zip(letters("\n".join(known)).split("\n"), known, strict=False))  # all at once: there are many
        kept.sort(key=lambda each: len(each[0]))  # a slip leaves the length nearly as it was
        self._words = [word for _spelt, word in kept]
        self._weights = [words[word] for word in self._words]
        self._spelt = [spelt for spelt, _word in kept]
        self._masks = letter_masks(self._spelt)
        lengths = [len(word) for word in self._spelt]
        self._of_length = np.searchsorted(lengths, range(LONGEST + TWO_EDITS_FROM)).tolist()  # the first word of each

    def corrections(self, word: str, limit: int = 3, *, at_least: int = 0) -> list[Correction]:
        """The known words a folded word may be a slip of, likeliest first; never the word itself.

        at_least: slips to allow for, because the word is only the stem of what was typed.
        """
        if len(word) > LONGEST or not self._words or not word.isascii():
            return []
        found: dict[str, tuple[float, float]] = {}
        for typed in _spellings(word):
            for at, cost in self._near(typed, max(edits_allowed(typed), at_least)):
                rank = cost - _HEAVIER * self._weights[at]
                found[self._words[at]] = min((rank, cost), found.get(self._words[at], (rank, cost)))
        best = sorted(found, key=lambda known: (found[known], known))
        return [Correction(known, found[known][1]) for known in best[:limit] if known != word]

    def _near(self, typed: str, edits: int) -> Iterator[tuple[int, float]]:
        if not edits:
            return
        first = self._of_length[max(len(typed) - edits, 0)]
        masks = self._masks[first : self._of_length[len(typed) + edits + 1]]
        for near in (np.bitwise_count(masks ^ np.uint64(letter_mask(typed))) <= 2 * edits).nonzero()[0].tolist():
            at = first + near
            meant = self._spelt[at]
            if typed != meant and OSA.distance(typed, meant, score_cutoff=edits) <= edits:
                yield at, slip_cost(typed, meant)


def slip_cost(typed: str, meant: str) -> float:
    """The cheapest way from what was typed to what was meant, where likely slips cost less than one."""
    wrong_first = _FIRST if typed[:1] != meant[:1] else 0.0
    same = max(Prefix.similarity(typed, meant) - 1, 0)  # the letter before a slip may make it likelier
    typed, meant = typed[same:], meant[same:]
    same = max(Postfix.similarity(typed[1:], meant[1:]) - 1, 0)
    typed, meant = typed[: len(typed) - same], meant[: len(meant) - same]
    before: list[float] = []
    row = [0.0]
    for at in range(len(meant)):
        row.append(row[-1] + _missing(meant, at))
    for i, char in enumerate(typed):
        older, before = before, row
        row = [before[0] + _extra(typed, i)]
        for j, wanted in enumerate(meant):
            best = min(
                before[j] + _instead(char, wanted), before[j + 1] + _extra(typed, i), row[j] + _missing(meant, j)
            )
            if i and j and char == meant[j - 1] and typed[i - 1] == wanted and char != wanted:
                best = min(best, older[j - 1] + _SWAP)
            row.append(best)
    return row[-1] + wrong_first


def _missing(meant: str, at: int) -> float:
    if at and meant[at] == meant[at - 1]:
        return _DOUBLE
    return _SOUND if at and (meant[at - 1], meant[at]) in _MUTE else 1.0


def _extra(typed: str, at: int) -> float:
    if at and typed[at] == typed[at - 1]:
        return _DOUBLE
    return _SOUND if at and (typed[at - 1], typed[at]) in _MUTE else 1.0


def _instead(char: str, wanted: str) -> float:
    return 0.0 if char == wanted else _INSTEAD.get((char, wanted), 1.0)
