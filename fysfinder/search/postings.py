"""Which rows (articles, names, passages) hold a term and how much: one pair of arrays for all terms, sliced by term."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a question: the terms it may stand for, the best first."""

    terms: tuple[tuple[str, float], ...]
    weight: float  # how rare it is
    parts: tuple[str, ...] = ()  # of a compound, as stems: a name that has all of them says it


class Postings:
    """Built once from every row's terms."""

    def __init__(self, rows: Iterable[Mapping[str, float]]) -> None:
        numbers: dict[str, int] = defaultdict(count().__next__)  # of terms, as they come
        codes, weights, lengths = array("l"), array("f"), array("l")
        for terms in rows:
            codes.extend(map(numbers.__getitem__, terms))
            weights.extend(terms.values())
            lengths.append(len(terms))
        self.count = len(lengths)
        order = np.argsort(np.asarray(codes), kind="stable")  # by term, the rows of each rising
        self.rows: Rows = np.repeat(np.arange(self.count), np.asarray(lengths))[order]
        self.weights: Floats = np.asarray(weights)[order]
        ends = np.cumsum(np.bincount(np.asarray(codes), minlength=len(numbers))).tolist()
        self._slices = dict(zip(numbers, zip([0, *ends], ends, strict=False), strict=True))

    def __contains__(self, term: str) -> bool:
        return term in self._slices

    def frequency(self, term: str) -> int:
        """How many rows hold the term."""
        start, end = self.span(term)
        return end - start

    def span(self, term: str) -> tuple[int, int]:
        """Where the term begins and ends in `rows` and `weights`."""
        return self._slices.get(term, (0, 0))

    def of(self, term: str) -> tuple[Rows, Floats]:
        """The rows that hold the term, rising, and its weight in each."""
        start, end = self.span(term)
        return self.rows[start:end], self.weights[start:end]

    def between(self, term: str, first: int, end: int) -> tuple[Rows, Floats]:
        """The same within rows first … end − 1."""
        rows, weights = self.of(term)
        left, right = np.searchsorted(rows, (first, end))
        return rows[left:right], weights[left:right]
