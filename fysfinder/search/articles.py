"""Articles by their titles, synonyms, headings and questions, held in memory. The article about a thing comes first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from fysfinder.base.text import danish_key, fold, one_line
from fysfinder.encyclopedia.models import Article

MAX_CHARS = 200
CHECK_EVERY_SECONDS = 1.0
Part = Literal["title", "synonym", "heading", "question"]
# How much a hit says that the article is about the thing; a whole match counts double.
WEIGHTS: dict[Part, int] = {"title": 50, "synonym": 40, "heading": 10, "question": 8}


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that meets the words, and where: `part` and its `text` ('heading', 'Risici'), its anchor or ''."""

    kind: str
    slug: str
    title: str
    description: str
    part: Part
    text: str
    anchor: str
    score: int


@dataclass(frozen=True, slots=True)
class _Line:
    part: Part
    text: str
    anchor: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    slug: str
    title: str
    description: str
    lines: tuple[_Line, ...]


class _Held:
    entries: tuple[_Entry, ...] | None = None
    version: tuple[object, ...] = ()
    checked_at = 0.0


def search_articles(text: str, limit: int = 10) -> list[ArticleHit]:
    """Articles with a title, synonym, heading or question in which every word of the text begins a word. Best first."""
    wanted = fold(one_line(text, max_length=MAX_CHARS)).split()
    if not wanted:
        return []
    hits = (hit for entry in _entries() if (hit := _best(entry, wanted)))
    return sorted(hits, key=lambda hit: (-hit.score, danish_key(hit.title), hit.slug))[:limit]


def forget_articles() -> None:
    """Read the articles again on the next question."""
    _Held.entries = None


def _best(entry: _Entry, wanted: list[str]) -> ArticleHit | None:
    scored = [(score, line) for line in entry.lines if (score := _score(line, wanted))]
    if not scored:
        return None
    score, line = max(scored, key=lambda each: each[0])  # the first of the best: title before headings
    return ArticleHit(entry.kind, entry.slug, entry.title, entry.description, line.part, line.text, line.anchor, score)


def _score(line: _Line, wanted: list[str]) -> int:
    if list(line.words) == wanted:
        return 2 * WEIGHTS[line.part]
    is_met = all(any(word.startswith(part) for word in line.words) for part in wanted)
    return WEIGHTS[line.part] if is_met else 0


def _entries(clock: Callable[[], float] = time.monotonic) -> tuple[_Entry, ...]:
    """The articles as of at most a second ago."""
    now = clock()
    if _Held.entries is None or now - _Held.checked_at >= CHECK_EVERY_SECONDS:
        version = tuple(Article.objects.order_by("pk").values_list("pk", "text_hash"))
        if _Held.entries is None or version != _Held.version:
            _Held.entries, _Held.version = _read(), version
        _Held.checked_at = now
    return _Held.entries


def _read() -> tuple[_Entry, ...]:
    rows = Article.objects.order_by("pk").values_list(
        "kind", "slug", "title", "description", "synonyms", "sections", "faq"
    )
    return tuple(
        _Entry(kind, slug, title, description, tuple(_lines(title, synonyms, sections, faq)))
        for kind, slug, title, description, synonyms, sections, faq in rows
    )


def _lines(
    title: str, synonyms: Iterable[str], sections: Iterable[dict[str, str]], faq: Iterable[dict[str, str]]
) -> Iterable[_Line]:
    yield _line("title", title)
    yield from (_line("synonym", synonym) for synonym in synonyms)
    yield from (_line("heading", section["title"], section["id"]) for section in sections)
    yield from (_line("question", item["q"], item["id"]) for item in faq)


def _line(part: Part, text: str, anchor: str = "") -> _Line:
    return _Line(part, text, anchor, tuple(fold(text).split()))
