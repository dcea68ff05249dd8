"""What of a file could not be used, as a CSV to open in a spreadsheet, mend and send again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TextIO

from fysfinder.imports.record import Problem

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe in front of what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def rejected_writer(file: TextIO) -> Callable[[Problem], None]:
    """Writes a line per value, as the run tells them; none is held in memory."""
    rows = csv.writer(file, delimiter=";")
    rows.writerow(("row", "column", "value", "message"))
    return lambda problem: rows.writerow(
        (problem.row, *map(safe_cell, (problem.column, problem.value, problem.message)))
    )
