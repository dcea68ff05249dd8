"""Sets of clinics as rows of bits, 64 clinics a word: an intersection of 100,000 clinics is 1,563 machine ANDs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]  # shape (words,) for one set, (k, words) for k sets
Flags = npt.NDArray[np.bool_]


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


def rows_of(bits: Bits, size: int) -> npt.NDArray[np.intp]:
    """The row numbers in the set, ascending."""
    return np.flatnonzero(unpack(bits, size))


def count(bits: Bits) -> int:
    """How many are in the set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def counts(matrix: Bits, within: Bits) -> list[int]:
    """For each set of the matrix: how many of it lie in `within`. Words where `within` is empty are skipped."""
    if matrix.shape[0] == 0:
        return []
    filled = np.flatnonzero(within)
    if len(filled) * 2 < len(within):
        matrix, within = matrix[:, filled], within[filled]
    found: list[int] = np.bitwise_count(matrix & within).sum(axis=1, dtype=np.int64).tolist()
    return found


def all_of(size: int) -> Bits:
    """The whole directory."""
    return pack(np.ones(size, dtype=np.bool_))
