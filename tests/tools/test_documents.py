"""The shell's document names every tool, field, choice and output."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from fysfinder.tools import TOOLS
from fysfinder.tools.ask import answer
from fysfinder.tools.base import Tool

DOCS = Path(__file__).resolve().parents[2] / "docs"


def row(tool: Tool) -> str:
    text = (DOCS / "ask.md").read_text("utf-8")
    return next(line for line in text.splitlines() if line.startswith(f"| `{tool.name}`"))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_input_and_output_are_documented(tool: Tool):
    name, given, output = row(tool).split(" | ")
    assert tool.slug in name
    names = re.findall(r"`([a-z_]+)`", given)
    assert set(names) >= {field.name for field in tool.fields}
    example = answer({"tool": tool.name, "input": dict(tool.examples[0].given)}, today=dt.date(2026, 11, 22))["output"]
    assert set(re.findall(r"`([a-z_]+)`", output)) >= set(example)
