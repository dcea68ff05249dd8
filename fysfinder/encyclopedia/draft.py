"""What a file says once it is read: a draft, and what could not be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a file that an editor should look at. Of a file with an error, what is published stays."""

    file: str
    line: int
    message: str
    is_error: bool = False
    fails_check: bool = False  # published all the same, but our own content may not have it

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'error: ' if self.is_error else ''}{self.message}"


@dataclass
class Problems:
    """Collects the problems of one file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def warn(self, line: int, message: str) -> None:
        self.found.append(Problem(self.file, line, message))

    def error(self, line: int, message: str) -> None:
        self.found.append(Problem(self.file, line, message, is_error=True))

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.found)


@dataclass(frozen=True)
class Link:
    """A link out of the text to another page of ours."""

    href: str
    line: int


@dataclass(frozen=True)
class ArticleDraft:
    """Everything a page shows, before it is a row. JSON-like fields have the shapes described in models.Article."""

    kind: str
    slug: str
    file: str
    title: str
    meta_title: str = ""
    description: str = ""
    summary_en: str = ""
    author: str = ""
    reviewer: str = ""
    reviewed_on: dt.date | None = None
    next_review_on: dt.date | None = None
    published_on: dt.date | None = None
    updated_on: dt.date | None = None
    topic: str = ""  # slug as written; '' when the file has no topic key
    topic_line: int = 1
    about: tuple[tuple[str, int], ...] = ()  # slugs of further topics and body parts, and their lines
    is_draft: bool = False
    synonyms: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    related_line: int = 1
    sources: tuple[dict[str, Any], ...] = ()
    lead_html: str = ""
    key_points: tuple[tuple[str, str], ...] = ()
    sections: tuple[dict[str, Any], ...] = ()
    faq: tuple[dict[str, str], ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    words: int = 0
    links: tuple[Link, ...] = ()
