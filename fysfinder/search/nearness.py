"""Who may be within a radius, without measuring everybody: rows in blocks, each with the box its clinics lie in.

Rows follow the postcode, and within it a curve through the neighbourhood, so a block lies together. Only the clinics of
boxes that the circle reaches are measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fysfinder.search.bits import Bits, Rows, rows_in

Floats = npt.NDArray[np.float64]
Edges = npt.NDArray[np.float32]  # half the bytes to read; what rounding moves is a tenth of the margin
WORDS = 4  # of bits a block
BLOCK = 64 * WORDS  # rows
MARGIN = 1e-6  # of the earth's radius, 6 metres: a box this near the circle is measured
_CELLS_A_DEGREE = 512  # of the curve: about 200 metres
_SPREAD = ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555))


@dataclass(frozen=True, eq=False)
class Blocks:
    """The corners of each block's box."""

    low: Edges  # (3, blocks)
    high: Edges

    @classmethod
    def of(cls, vectors: Floats) -> Blocks:
        starts = np.arange(0, vectors.shape[1], BLOCK)
        low, high = (edge.reduceat(vectors, starts, axis=1).astype(np.float32) for edge in (np.minimum, np.maximum))
        return cls(low, high)

    def rows(self, found: Bits, point: tuple[float, float, float], chord: float) -> Rows:
        """The rows of a set without the blocks that lie wholly further away; of the others every one."""
        middle = np.array(point, dtype=np.float32)[:, np.newaxis]
        away = np.maximum(self.low - middle, middle - self.high)
        np.maximum(away, 0.0, out=away)
        away *= away
        reached = (np.add.reduce(away, axis=0) <= (chord + MARGIN) ** 2).nonzero()[0]
        words = np.add.outer(reached * WORDS, np.arange(WORDS)).ravel()
        return rows_in(found, words[: np.searchsorted(words, len(found))])  # the last block may be shorter


def along_a_curve(lats: npt.ArrayLike, lons: npt.ArrayLike) -> npt.NDArray[np.uint32]:
    """A number for each point (WGS84 degrees): small differences are mostly near each other (Morton order)."""
    cells = [((np.asarray(each) % 64) * _CELLS_A_DEGREE).astype(np.uint32) for each in (lats, lons)]
    for shift, mask in _SPREAD:
        cells = [(each | (each << np.uint32(shift))) & np.uint32(mask) for each in cells]
    return np.asarray(cells[0] | (cells[1] << np.uint32(1)), dtype=np.uint32)
