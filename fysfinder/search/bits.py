"""Sets of clinics as rows of bits, 64 clinics a word: an intersection of 100,000 clinics is 1,563 machine ANDs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]  # shape (words,) for one set, (k, words) for k sets
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
FEW_WORDS = 256  # below that looking for empty words costs more than it saves
SPARSE = 64  # a set of fewer than one clinic in so many has empty words and mostly empty bytes


class Mask(NamedTuple):
    """Two sets over the directory: where the answer is a known yes, and where it is known at all."""

    yes: Bits
    known: Bits


def word_count(size: int) -> int:
    """Words needed for `size` bits."""
    return (size + 63) // 64


def pack(flags: npt.ArrayLike) -> Bits:
    """Booleans over the last axis as bits, padded with zeros to whole words."""
    packed = np.packbits(np.asarray(flags, dtype=np.bool_), axis=-1, bitorder="little")
    padding = -packed.shape[-1] % 8
    if padding:
        packed = np.concatenate([packed, np.zeros((*packed.shape[:-1], padding), dtype=np.uint8)], axis=-1)
    return np.ascontiguousarray(packed).view(np.uint64)


def unpack(bits: Bits, size: int) -> Flags:
    """The booleans again, shape (size,)."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)


def rows_of(bits: Bits, size: int) -> Rows:
    """The row numbers in the set, ascending. Where few are set, the words without any are skipped."""
    if len(bits) <= FEW_WORDS or count(bits) * SPARSE > size:
        return unpack(bits, size).nonzero()[0]
    return rows_in(bits, (bits != 0).nonzero()[0])


def rows_in(bits: Bits, words: Rows) -> Rows:
    """The row numbers that some of the set's words hold, in the order of the words; bytes without any are skipped."""
    octets = bits[words].view(np.uint8)
    filled = (octets != 0).nonzero()[0]
    inside = np.unpackbits(octets[filled], bitorder="little").nonzero()[0]
    octet = filled[inside >> 3]
    rows: Rows = (words[octet >> 3] << 6) | ((octet & 7) << 3) | (inside & 7)
    return rows


def of_rows(rows: Rows, size: int) -> Bits:
    """The set of some rows."""
    if len(rows) * 64 < size:  # few: their words alone, not a truth value for everybody
        words = np.zeros(word_count(size), dtype=np.uint64)
        np.bitwise_or.at(words, rows >> 6, np.uint64(1) << (rows & 63).astype(np.uint64))
        return words
    flags = np.zeros(word_count(size) * 64, dtype=np.bool_)
    flags[rows] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def holds(bits: Bits, rows: Rows) -> Flags:
    """Of each row whether it is in the set."""
    found: Flags = ((bits[rows >> 6] >> (rows & 63).astype(np.uint64)) & np.uint64(1)).astype(np.bool_)
    return found


def count(bits: Bits) -> int:
    """How many are in the set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


class Within:
    """One set that many others are counted in: the words where it is empty are looked at once, and then skipped."""

    def __init__(self, bits: Bits) -> None:
        filled = (bits != 0).nonzero()[0] if len(bits) > FEW_WORDS else bits
        self._words = filled if len(filled) * 2 < len(bits) else None
        self._bits = bits if self._words is None else bits[filled]

    def counts(self, matrix: Bits, rows: Rows | None = None) -> list[int]:
        """For each set of the matrix, or only for some rows of it: how many of it lie within."""
        if rows is not None:
            # One flat index: numpy picks from two dimensions at once half as fast.
            at = None if self._words is None else np.add.outer(rows * matrix.shape[1], self._words)
            held = matrix[rows] if at is None else matrix.reshape(-1).take(at)
            held &= self._bits
        elif self._words is None:
            held = matrix & self._bits
        else:
            held = matrix.take(self._words, axis=1)
            held &= self._bits  # in place: pages of fresh memory cost more than the counting
        found: list[int] = np.add.reduce(np.bitwise_count(held), axis=1, dtype=np.uint32).tolist()
        return found


def counts(matrix: Bits, within: Bits) -> list[int]:
    """The same for one matrix."""
    return Within(within).counts(matrix)


def all_of(size: int) -> Bits:
    """The whole directory."""
    return pack(np.ones(size, dtype=np.bool_))
