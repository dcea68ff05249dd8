"""What a run did, in words and counts for the one who runs it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from fysfinder.imports.record import Problem


@dataclass(frozen=True)
class Change:
    """What a row did: a clinic that is new, or the facts of one that became another."""

    row: int
    clinic: str
    is_new: bool
    differences: tuple[str, ...]


@dataclass
class Result:
    rows: int = 0
    unchanged: int = 0
    left_out: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # clinics an earlier run of the source had and this one has not
    confirmed_on: dt.date | None = None  # the day the facts are dated
    is_dated_by_file: bool = False  # nobody said it: it is the day the file was changed

    @property
    def created(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def updated(self) -> int:
        return len(self.changes) - self.created

    def counts(self) -> dict[str, int]:
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left_out": self.left_out,
            "problems": len(self.problems),
        }
