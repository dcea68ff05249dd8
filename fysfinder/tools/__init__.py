"""Calculators and questionnaires: pure rules with examples and sources. Nothing here is stored.

A new tool is one file beside this one and one line in TOOLS; its page, its shell answer and its tests follow.
"""

from typing import Any

from fysfinder.tools import (
    bmi,
    body_fat,
    calories,
    first_visit,
    one_rep_max,
    pace,
    pain_diary,
    referral,
    start_back,
    vederlagsfri,
)
from fysfinder.tools.base import Tool

TOOLS: tuple[Tool[Any], ...] = (
    referral.TOOL,
    vederlagsfri.TOOL,
    first_visit.TOOL,
    pain_diary.TOOL,
    start_back.TOOL,
    bmi.TOOL,
    calories.TOOL,
    body_fat.TOOL,
    pace.TOOL,
    one_rep_max.TOOL,
)


def get_tool(name: str) -> Tool[Any] | None:
    """The tool of that name or Danish slug."""
    return next((tool for tool in TOOLS if name in {tool.name, tool.slug}), None)
