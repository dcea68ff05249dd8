"""The head of a file: YAML between two lines of ---. Read as people and tools write it; what is odd gets a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from fysfinder.base.text import one_line
from fysfinder.encyclopedia.draft import Problems

_KEYS = {
    **{name.replace("_", ""): name for name in (
        "title", "title_en", "meta_title", "description", "author", "reviewer", "topic", "topics", "synonyms",
        "related", "sources", "status", "draft", "summary_en", "slug", "body_parts", "equipment", "level", "figure",
        "figure_text", "aliases",
    )},
    "titel": "title",
    "metadescription": "description",
    "beskrivelse": "description",
    "forfatter": "author",
    "reviewed": "reviewed_on",
    "nextreview": "next_review_on",
    **dict.fromkeys(("datepublished", "published", "date", "dato", "udgivet"), "published_on"),
    **dict.fromkeys(("lastupdated", "updated", "datemodified", "modified", "lastmod", "opdateret"), "updated_on"),
    "emne": "topic",
    "kilder": "sources",
    "redirectfrom": "aliases",
}  # fmt: skip
# As text: 2024-13-45 is no date and 'no' no truth value; what a value means is read where it is used.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_RULER = re.compile(r"-{3,}\s*$")
_END = re.compile(r"(?:-{3,}|\.{3})\s*$")
_TOP_KEY = re.compile(r"[\"']?([^\W\d][\w -]*?)[\"']?\s*:(?=\s|$)\s*(.*)$")
_BARE_COLON = re.compile(r"(?m)^([^\W\d][\w-]*):[ \t]+([^\s\"'\[{|>&*!%#@`].*:(?:\s.*|$))$")
_QUOTES = "“”„‟\"'«»"


@dataclass(frozen=True)
class FrontMatter:
    """The values by our own field names, and the line each key stands on."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body_line: int  # the line number of the body's first line

    def line(self, field: str) -> int:
        return self.lines.get(field, 1)


def split(text: str, problems: Problems) -> tuple[FrontMatter, str]:
    """The head and the body. A file without a head has an empty one; text that only looks like a head is body."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _RULER.match(lines[first]):
        problems.warn(1, "has no front matter")
        return FrontMatter({}, {}, 1), text
    end = next((number for number in range(first + 1, len(lines)) if _END.match(lines[number])), None)
    stop = _last_of_head(lines, first + 1, len(lines) if end is None else end)
    if end is None or stop < end:
        message = "the front matter has no closing ---" if stop > first + 1 else "the text begins with a line of ---"
        problems.warn(first + 1, message)
    body = stop + 1 if stop == end else stop
    values, places = _read_head(lines[first + 1 : stop], first + 2, problems)
    return FrontMatter(values, places, body + 1), "\n".join(lines[body:])


def _last_of_head(lines: list[str], start: int, end: int) -> int:
    """Where the head stops: at its end, or where a paragraph begins that is none of its values."""
    inside = [line for line in lines[start:end] if line.strip()]
    if not inside or inside[0].lstrip()[:2] in {"- ", "[", "{"} or inside[0].lstrip()[:1] in {"[", "{", "#"}:
        return end
    if not _TOP_KEY.match(inside[0]):
        return start
    for number in range(start, end):
        line = lines[number]
        is_after_gap = number > start and not lines[number - 1].strip()
        is_of_head = not line.strip() or line[0] in " \t-#]}" or _TOP_KEY.match(line)
        if is_after_gap and (not is_of_head or re.match(r"#{2,6} ", line)):
            return number
    return end


def _read_head(lines: list[str], first_line: int, problems: Problems) -> tuple[dict[str, Any], dict[str, int]]:
    raw = _load("\n".join(lines), first_line, problems)
    if raw is None or raw == "":
        return {}, {}
    if not isinstance(raw, dict):
        problems.error(first_line, "the front matter is not a list of 'key: value' lines")
        return {}, {}
    where = {_key(match[1]): first_line + at for at, text in enumerate(lines) if (match := _TOP_KEY.match(text))}
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    for name, value in raw.items():
        key = _key(str(name))
        line = where.get(key, first_line)
        if key not in _KEYS:
            problems.warn(line, f"unknown key {one_line(str(name), max_length=40)!r} is not used")
            continue
        if str(name)[:1].isupper():
            problems.warn(line, f"the key {one_line(str(name), max_length=40)!r} should begin with a small letter")
        values[_KEYS[key]] = value
        places[_KEYS[key]] = line
    return values, places


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()


def _load(text: str, first_line: int, problems: Problems) -> object:
    try:
        loaded: object = yaml.load(text, Loader=_LOADER)
        return loaded
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = error
    try:
        loaded = yaml.load(_BARE_COLON.sub(_quoted, text), Loader=_LOADER)
        problems.warn(first_line, "a value with a colon should stand in quotes")
        return loaded
    except (yaml.YAMLError, ValueError, RecursionError):
        mark = getattr(first, "problem_mark", None)
        said = getattr(first, "problem", None) or str(first).split("\n")[0] or type(first).__name__
        line = first_line + (mark.line if mark else 0)
        problems.warn(line, f"the front matter is not YAML ({said}): it is read line by line")
        return _line_by_line(text, first_line, problems)


def _line_by_line(text: str, first_line: int, problems: Problems) -> dict[str, Any]:
    """'key: value' lines whatever is in the values; lines that begin with - make a list, others go on."""
    values: dict[str, Any] = {}
    key = ""
    for number, line in enumerate(text.split("\n"), start=first_line):
        if match := _TOP_KEY.match(line):
            key = match[1]
            values[key] = unquoted(match[2])
        elif key and line.strip().startswith("- "):
            listed = values[key] if isinstance(values[key], list) else [values[key]] if values[key] else []
            values[key] = [*listed, unquoted(line.strip()[2:])]
        elif key and line.strip():
            values[key] = f"{values[key]} {line.strip()}" if isinstance(values[key], str) else [*values[key], line]
        elif line.strip():
            problems.warn(number, f"a line of the front matter is not used: {line.strip()[:40]!r}")
    return values


def _quoted(match: re.Match[str]) -> str:
    value = match[2].rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{match[1]}: "{value}"'


def unquoted(text: str) -> str:
    """Without the quotes around it, straight or typographic, also one that was never closed."""
    text = text.strip()
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text[1:] if text[:1] in {'"', "'"} and text.count(text[0]) == 1 else text
