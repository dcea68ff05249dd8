"""Many clinics on a small map: those that lie close are counted together, in a grid that stands still."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fysfinder.search.bits import Rows
from fysfinder.search.columns import Columns, Floats
from fysfinder.search.filters.map_view import Box

CELLS_WIDE = 6  # at least so many cells across a view, and fewer than twice as many


@dataclass(frozen=True, slots=True)
class Cell:
    """Clinics of one square: how many, the middle of where they lie (degrees), and whose it is when it is one."""

    lat: float
    lon: float
    count: int
    clinic: int | None


def map_cells(columns: Columns, rows: Rows, box: Box) -> list[Cell]:
    """The clinics of some rows, all inside the box, by squares of the Web Mercator world whose sides are 1/2ⁿ of it."""
    if not len(rows):
        return []
    across, down = (axis[rows] for axis in columns.remember("mercator", lambda: mercator(columns)))
    fineness = 2.0 ** math.floor(math.log2(CELLS_WIDE * 360 / (box.east - box.west)) + 1)
    column, row = (np.floor(axis * fineness).astype(np.int64) for axis in (across, down))
    column, row = column - column.min(), row - row.min()
    _cells, cell = np.unique(column * (row.max() + 1) + row, return_inverse=True)
    counts = np.bincount(cell)
    any_row = np.zeros(len(counts), dtype=np.int64)
    any_row[cell] = rows
    middle_x, middle_y = (np.bincount(cell, axis) / counts for axis in (across, down))
    lons, lats = (middle_x - 0.5) * 360, np.degrees(np.arctan(np.sinh((0.5 - middle_y) * 2 * math.pi)))
    found = zip(lats.tolist(), lons.tolist(), counts.tolist(), columns.ids[any_row].tolist(), strict=True)
    return [Cell(lat, lon, count, clinic if count == 1 else None) for lat, lon, count, clinic in found]


def mercator(columns: Columns) -> tuple[Floats, Floats]:
    """Everybody's place in the Web Mercator world: parts of it from the west and from the north."""
    across: Floats = np.arctan2(columns.y, columns.x) / (2 * math.pi) + 0.5
    down: Floats = 0.5 - np.arctanh(columns.z) / (2 * math.pi)
    return across, down
