"""Who is within a radius, without measuring everybody: rows in blocks, each with the box its clinics lie in.

Rows follow the postcode, so a block lies together. A box wholly outside the radius is left out, one wholly inside is
taken whole, and only the clinics of the boxes the circle runs through are measured, by the same sum as all others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fysfinder.base.geo import EARTH_RADIUS_KM, unit_vectors
from fysfinder.search import bits
from fysfinder.search.bits import Bits

Floats = npt.NDArray[np.float64]
BLOCK = 512  # rows, whole words of bits
WORDS = BLOCK // 64
MARGIN = 1e-6  # of the earth's radius, 6 metres: a box this near the circle is measured


@dataclass(frozen=True, eq=False)
class Blocks:
    """The axes cut in whole blocks, what is left over, and the corners of each block's box."""

    axes: tuple[Floats, Floats, Floats]  # each (blocks, BLOCK), views of the columns
    rest: tuple[Floats, Floats, Floats]  # the last rows, fewer than a block
    low: Floats  # (3, blocks)
    high: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats, z: Floats) -> Blocks:
        whole = len(x) // BLOCK * BLOCK
        axes = (x[:whole].reshape(-1, BLOCK), y[:whole].reshape(-1, BLOCK), z[:whole].reshape(-1, BLOCK))
        low, high = (np.stack([edge(axis, axis=1) for axis in axes]) for edge in (np.min, np.max))
        return cls(axes, (x[whole:], y[whole:], z[whole:]), low, high)

    def within(self, lat: float, lon: float, radius_km: float) -> Bits:
        """The clinics no further than this, along the great circle."""
        point = unit_vectors(lat, lon).reshape(3)
        limit = math.cos(radius_km / EARTH_RADIUS_KM)
        chord = 2 * math.sin(min(radius_km / EARTH_RADIUS_KM, math.pi) / 2)
        from_low, from_high = self.low - point[:, np.newaxis], point[:, np.newaxis] - self.high
        nearest = np.sqrt((np.maximum(0.0, np.maximum(from_low, from_high)) ** 2).sum(axis=0))
        furthest = np.sqrt((np.maximum(np.abs(from_low), np.abs(from_high)) ** 2).sum(axis=0))
        is_inside = furthest < chord - MARGIN
        crossed = np.flatnonzero((nearest <= chord + MARGIN) & ~is_inside)
        count = len(is_inside)
        found = np.zeros(count * WORDS + bits.word_count(len(self.rest[0])), dtype=np.uint64)
        blocks = found[: count * WORDS].reshape(count, WORDS)
        blocks[is_inside] = ~np.uint64(0)
        blocks[crossed] = bits.pack(_cosines([axis[crossed] for axis in self.axes], point) >= limit)
        found[count * WORDS :] = bits.pack(_cosines(self.rest, point) >= limit)
        return found


def _cosines(axes: list[Floats] | tuple[Floats, ...], point: Floats) -> Floats:
    """As Columns.cosines sums them, to the bit."""
    x, y, z = axes
    px, py, pz = (float(part) for part in point)
    result: Floats = x * px
    result += y * py
    result += z * pz
    return result
