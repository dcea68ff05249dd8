"""Blocks leave out only clinics that measuring every one would leave out; the curve keeps neighbours together."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fysfinder.base.geo import EARTH_RADIUS_KM, unit_vector, unit_vectors
from fysfinder.search import bits
from fysfinder.search.area import square_of
from fysfinder.search.nearness import BLOCK, Blocks, along_a_curve


@pytest.mark.parametrize("size", [1, BLOCK - 1, BLOCK, 5 * BLOCK, 7 * BLOCK + 70])
def test_blocks_lose_no_clinic_within_the_radius(size: int):
    random = np.random.default_rng(size)
    towns = np.sort(random.integers(0, 9, size))
    middles = random.uniform((54.8, 8.2), (57.6, 12.5), (9, 2))
    lats, lons = (middles[towns] + random.normal(0, 0.06, (size, 2))).T
    x, y, z = (np.ascontiguousarray(axis) for axis in unit_vectors(lats, lons).reshape(size, 3).T)
    blocks = Blocks.of(np.stack([x, y, z]))
    for lat, lon in [*middles.tolist(), (55.7, 12.6), (-55.0, -170.0)]:
        px, py, pz = unit_vector(lat, lon)
        squares = (x - px) ** 2 + (y - py) ** 2 + (z - pz) ** 2
        for radius_km in (0, 1, 5, 10, 50, 200, 20_000):
            square = square_of(radius_km)
            inside = np.flatnonzero(squares <= square)
            reached = blocks.rows(bits.all_of(size), (px, py, pz), math.sqrt(square))
            assert set(inside.tolist()) <= set(reached.tolist()) <= set(range(size))
            assert (np.diff(reached) > 0).all()


def test_a_block_far_away_is_not_measured():
    lats = np.repeat([55.0, 57.0], BLOCK)
    x, y, z = (np.ascontiguousarray(axis) for axis in unit_vectors(lats, np.full(2 * BLOCK, 10.0)).T)
    near = Blocks.of(np.stack([x, y, z])).rows(bits.all_of(2 * BLOCK), unit_vector(57.0, 10.0), 50 / EARTH_RADIUS_KM)
    assert near.tolist() == list(range(BLOCK, 2 * BLOCK))


def test_along_the_curve_a_block_is_a_small_neighbourhood():
    random = np.random.default_rng(3)
    lats, lons = random.uniform((55.0, 9.0), (56.0, 10.0), (64 * BLOCK, 2)).T
    order = np.argsort(along_a_curve(lats, lons))
    spans = np.ptp(lats[order].reshape(-1, BLOCK), axis=1)
    assert np.median(spans) < 0.2
