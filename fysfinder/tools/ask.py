"""Any tool from a shell or an API: {"tool": …, "input": {…}} in, {"output": {…}} or {"error": …, "field": …} out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from fysfinder.tools import TOOLS, get_tool
from fysfinder.tools.base import ToolError
from fysfinder.tools.reading import read

Answer = dict[str, Any]


def answer(question: Mapping[str, Any], *, today: dt.date) -> Answer:
    """Never raises, whatever a caller sends."""
    name = question.get("tool")
    tool = get_tool(name) if isinstance(name, str) else None
    if tool is None:
        names = ", ".join(tool.name for tool in TOOLS)
        return {"error": gettext("Der er intet værktøj med det navn. Vælg et af: %(names)s.") % {"names": names}}
    given = question.get("input", {})
    if not isinstance(given, Mapping):
        return {"error": gettext("input skal være et objekt med felternes navne."), "field": "input"}
    known = {field.name for field in tool.fields}
    for key in given:
        if key not in known:
            message = gettext("Der er intet felt med det navn. Felterne er: %(names)s.")
            return {"error": message % {"names": ", ".join(sorted(known))}, "field": str(key)[:60]}
    try:
        return {"output": asdict(tool.compute(read(tool, given, today)))}
    except ToolError as error:
        field, message = next(iter(error.errors.items()))
        return {"error": message, "field": field}
