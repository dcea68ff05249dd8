"""Which letters a text has, as bits: texts spelt alike differ in few, which numpy tells of thousands at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_BIT = {letter: 1 << at for at, letter in enumerate(LETTERS)}
_TWICE = len(LETTERS)
_DIGIT_BIT, _DIGIT_BITS = 2 * len(LETTERS), 6
# The bit of each character below 256; 0 for the NULs that numpy pads with.
_BITS = np.array(
    [0, *(_BIT.get(chr(code), 1 << (_DIGIT_BIT + code % _DIGIT_BITS)) for code in range(1, 256))], dtype=np.uint64
)
_ONCE = np.uint64((1 << _TWICE) - 1)


def letter_mask(text: str) -> int:
    """One bit per letter that is there, another when it is there twice, some for the rest: 64 bits.

    A letter more or less changes one bit at most.
    """
    mask = 0
    for char in text:
        bit = _BIT.get(char)
        if bit is None:
            mask |= 1 << (_DIGIT_BIT + ord(char) % _DIGIT_BITS)
        else:
            mask |= bit << _TWICE if mask & bit else bit
    return mask


def letter_masks(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The same of many texts of Latin-1, a column of characters at a time."""
    masks, twice = np.zeros((2, len(texts)), dtype=np.uint64)
    if texts:
        for codes in np.array(texts).view(np.uint32).reshape(len(texts), -1).T:
            bits = _BITS[codes]
            twice |= masks & bits & _ONCE
            masks |= bits
    masks |= twice << np.uint64(_TWICE)
    return masks


class Spellings:
    """Texts that are looked for by one that is spelt nearly so."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self._masks = letter_masks(self.texts)
        self._lengths = np.array([len(text) for text in self.texts], dtype=np.float64)

    def nearest(self, text: str, *, limit: int, at_least: float) -> list[tuple[str, float]]:
        """(text, how alike of 100), the most alike first: what rapidfuzz finds with fuzz.ratio among all texts."""
        # The ratio allows so many letters more or less; texts that differ in more bits need no comparing.
        most = (1.0 - at_least / 100) * (self._lengths + len(text)) + 1e-6
        rows = (np.bitwise_count(self._masks ^ np.uint64(letter_mask(text))) <= most).nonzero()[0]
        near = [self.texts[row] for row in rows.tolist()]
        hits = process.extract(text, near, scorer=fuzz.ratio, processor=None, limit=limit, score_cutoff=at_least)
        return [(found, score) for found, score, _place in hits]
