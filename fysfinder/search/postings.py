"""Which rows (articles, names, passages) hold a term and how much: one pair of arrays for all terms, sliced by term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
        held: dict[str, tuple[list[int], list[float]]] = {}
        self.count = 0
        for number, terms in enumerate(rows):
            self.count += 1
            for term, weight in terms.items():
                found = held.setdefault(term, ([], []))
                found[0].append(number)
                found[1].append(weight)
        self._slices: dict[str, tuple[int, int]] = {}
        self.rows: Rows = np.zeros(sum(len(rows) for rows, _ in held.values()), dtype=np.intp)
        self.weights: Floats = np.zeros(len(self.rows), dtype=np.float32)
        at = 0
        for term, (numbers, weights) in held.items():
            end = at + len(numbers)
            self.rows[at:end] = numbers
            self.weights[at:end] = weights
            self._slices[term] = (at, end)
            at = end

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
