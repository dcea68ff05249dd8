"""Blocks find the same clinics as measuring every one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fysfinder.base.geo import EARTH_RADIUS_KM, unit_vectors
from fysfinder.search import bits
from fysfinder.search.nearness import BLOCK, Blocks


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, 5 * BLOCK, 7 * BLOCK + 70])
def test_blocks_find_the_same_clinics_as_measuring_every_one(size: int):
    random = np.random.default_rng(size)
    towns = np.sort(random.integers(0, 9, size))
    middles = random.uniform((54.8, 8.2), (57.6, 12.5), (9, 2))
    lats, lons = (middles[towns] + random.normal(0, 0.06, (size, 2))).T
    x, y, z = (np.ascontiguousarray(axis) for axis in unit_vectors(lats, lons).reshape(size, 3).T)
    blocks = Blocks.of(x, y, z)
    for lat, lon in [*middles.tolist(), (55.7, 12.6), (-55.0, -170.0)]:
        px, py, pz = unit_vectors(lat, lon).reshape(3).tolist()
        for radius_km in (0, 1, 5, 10, 50, 200, 20_000):
            cosines = x * px + y * py + z * pz
            expected = np.flatnonzero(cosines >= math.cos(radius_km / EARTH_RADIUS_KM))
            found = blocks.within(lat, lon, radius_km)
            assert len(found) == bits.word_count(size)
            assert bits.rows_of(found, size).tolist() == expected.tolist()
