"""What a run did, in words and counts for the one who runs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fysfinder.imports.record import Problem


@dataclass(frozen=True)
class Change:
    """What a row did: a clinic that is new, or the facts of one that became another."""

    row: int
    clinic: str
    is_new: bool
    differences: tuple[str, ...]


MOST_TOLD = 2000  # of each kind; a long file must not fill the memory with its report


@dataclass
class Result:
    """Counts are whole; the lists stop at MOST_TOLD, the rest is in the staff pages."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    closed: int = 0
    unchanged: int = 0
    left_out: int = 0
    problem_count: int = 0
    conflict_count: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)  # the file says one thing, a stronger source another
    remarks: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # clinics an earlier run of the source had and this one has not
    confirmed_on: dt.date | None = None  # the day the facts are dated
    is_dated_by_file: bool = False  # nobody said it: it is the day the file was changed

    on_problem: Callable[[Problem], object] = lambda problem: None  # told of every one

    def tell(self, change: Change) -> None:
        self.created += change.is_new
        self.updated += not change.is_new
        if len(self.changes) < MOST_TOLD:
            self.changes.append(change)

    def tell_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problem_count += 1
            self.on_problem(problem)
            if len(self.problems) < MOST_TOLD:
                self.problems.append(problem)

    def tell_conflict(self, conflict: Problem) -> None:
        self.conflict_count += 1
        if len(self.conflicts) < MOST_TOLD:
            self.conflicts.append(conflict)

    def counts(self) -> dict[str, int]:
        """Kept with the run; 'rows' and the rest go on from here when it is resumed."""
        return {name: getattr(self, key) for name, key in _COUNTS.items()}

    def go_on_from(self, counts: Mapping[str, Any]) -> None:
        for name, key in _COUNTS.items():
            setattr(self, key, counts.get(name, 0))


_COUNTS = {
    "rows": "rows", "created": "created", "updated": "updated", "closed": "closed", "unchanged": "unchanged",
    "left_out": "left_out", "problems": "problem_count", "conflicts": "conflict_count",
}  # fmt: skip
