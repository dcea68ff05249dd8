"""The graph is drawn from numbers: every point inside its panel, every name escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from bench.graph import PLOT_H, PLOT_W, drawing


def test_every_point_lies_inside_its_panel():
    svg = drawing(
        {"FysFinder": [(3_000, 0.3), (1_000_000, 2.5)], "Post<GIS>": [(3_000, 0.9), (1_000_000, 70)]},
        {"i sekundet": [(1, 9_000), (2, 17_000)], "pr. CPU-sekund": [(1, 10_000), (2, 9_800)]},
    )
    root = ElementTree.fromstring(svg)
    circles = list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == 8
    assert all(0 <= float(each.get("cx", "-1")) <= PLOT_W for each in circles)
    assert all(0 <= float(each.get("cy", "-1")) <= PLOT_H for each in circles)
    assert "Post&lt;GIS&gt;" in svg and not re.search(r"nan|inf\b", svg)
