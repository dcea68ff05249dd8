"""Tools by what people call them: 'bmi beregner', 'hvor meget kan jeg løfte', 'smerte dagbog'."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation

from fysfinder.search.article_index import ArticleIndex
from fysfinder.search.article_text import ArticleText
from fysfinder.search.language import content, fold_words, stem
from fysfinder.search.spelling import is_known
from fysfinder.tools import TOOLS, get_tool
from fysfinder.tools.base import Tool

MAX_CHARS = 300
_CLEARLY = 0.6  # how much of a name must be said, and of the words be the name
# Words for tools as such: they say that one is wanted, never which.
_ANY = """
    beregn beregne beregner beregneren beregning beregninger udregn udregne udregner udregning regn regne regner
    lommeregner kalkulator kalkulatoren calculator calculate test testen tester skema skemaet spoergeskema vaerktoej
    vaerktoejer tool online
"""
_ANY_TOOL = frozenset(_ANY.split())
_COMPOUND = re.compile(r"(\w{3})(beregner(?:en)?\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToolHit:
    """A tool, and whether the words ask for a tool or for nothing else than this one."""

    tool: Tool[Any]
    score: float
    is_asked_for: bool


def search_tools(text: str, limit: int = 3) -> tuple[ToolHit, ...]:
    """Tools one of whose names is in the text, the longest first; else those whose name it nearly is. Never raises."""
    words = fold_words(_COMPOUND.sub(r"\1 \2", text[:MAX_CHARS]))
    left = [word for word in words if word not in _ANY_TOOL]
    if not left:
        return ()
    is_wanted = len(left) < len(words)
    stems = [stem(word) for word in left]
    said = content(left)
    found: dict[str, ToolHit] = {}
    begun = sorted(phrase for word in set(stems) for phrase in _phrases().get(word, ()))
    for _length, phrase, name in begun:
        if name not in found and _holds(stems, phrase):
            is_all = len(phrase) >= len(said)
            found[name] = ToolHit(_tool(name), 10.0 * len(phrase), is_wanted or is_all)
    if not found:
        for hit in _index().search(" ".join(left), limit=limit, has_snippets=False).hits:
            if hit.is_named or hit.match >= _CLEARLY:
                found[hit.article.slug] = ToolHit(_tool(hit.article.slug), hit.score, is_wanted or hit.is_named)
    return tuple(sorted(found.values(), key=lambda hit: -hit.score)[:limit])


def _tool(name: str) -> Tool[Any]:
    tool = get_tool(name)
    assert tool is not None
    return tool


def _holds(stems: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(stems[at : at + len(phrase)]) == phrase for at in range(len(stems) - len(phrase) + 1))


@cache
def _phrases() -> dict[str, set[tuple[int, tuple[str, ...], str]]]:
    """(−length, stems, tool) of every name by its first stem: sorted, the longest come first."""
    found: dict[str, set[tuple[int, tuple[str, ...], str]]] = defaultdict(set)
    for tool in TOOLS:
        for name in _names(tool):
            phrase = tuple(stem(word) for word in fold_words(name) if word not in _ANY_TOOL)
            if phrase:
                found[phrase[0]].add((-len(phrase), phrase, tool.name))
    return found


def _names(tool: Tool[Any]) -> tuple[str, ...]:
    titles = []
    for language in ("da", "en"):
        with translation.override(language):
            titles.append(str(tool.title))
    return (*titles, *tool.keywords)


@cache
def _index() -> ArticleIndex:
    return ArticleIndex(
        [ArticleText("tool", tool.name, _names(tool)[0], "", _names(tool)[1:], (), ()) for tool in TOOLS], is_known
    )
