"""The head of a file: YAML between two lines of ---. Forgiving in form, strict about what it means."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import yaml

from fysfinder.base.dates import parse_date
from fysfinder.base.text import one_line, slugify
from fysfinder.encyclopedia.draft import Problems

_KEYS = {
    "title": "title",
    "metatitle": "meta_title",
    "description": "description",
    "metadescription": "description",
    "author": "author",
    "reviewer": "reviewer",
    "reviewed": "reviewed_on",
    "nextreview": "next_review_on",
    "datepublished": "published_on",
    "published": "published_on",
    "lastupdated": "updated_on",
    "updated": "updated_on",
    "datemodified": "updated_on",
    "topic": "topic",
    "synonyms": "synonyms",
    "related": "related",
    "sources": "sources",
    "status": "status",
    "summaryen": "summary_en",
    "slug": "slug",
    "topics": "topics",
    "aliases": "aliases",
    "redirectfrom": "aliases",
    "bodyparts": "body_parts",
    "equipment": "equipment",
    "level": "level",
    "figure": "figure",
    "figuretext": "figure_text",
}
_LENGTHS = {"title": 200, "meta_title": 200, "description": 400, "author": 120, "reviewer": 120, "summary_en": 5000}
_STATUS = {"": False, "published": False, "udgivet": False, "draft": True, "kladde": True}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOP_KEY = re.compile(r"([A-Za-z_][\w -]*?)\s*:(?=\s|$)")
_BARE_COLON = re.compile(r"(?m)^([A-Za-z_][\w-]*):[ \t]+([^\s\"'\[{|>&*!%#@`].*:(?:\s.*|$))$")
_QUOTES = "“”„‟\"'«»"


@dataclass(frozen=True)
class FrontMatter:
    """The values by our own field names, and the line each key stands on."""

    values: dict[str, Any]
    lines: dict[str, int]
    body_line: int  # the line number of the body's first line

    def line(self, field: str) -> int:
        return self.lines.get(field, 1)


def split(text: str, problems: Problems) -> tuple[FrontMatter, str]:
    """The head and the body. A file without a head has an empty one."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        return FrontMatter({}, {}, 1), text
    for end in range(first + 1, len(lines)):
        if lines[end].rstrip() in {"---", "..."}:
            head = _read_head(lines[first + 1 : end], first + 2, problems)
            return FrontMatter(head[0], head[1], end + 2), "\n".join(lines[end + 1 :])
    problems.error(first + 1, "the front matter has no closing ---")
    return FrontMatter({}, {}, first + 2), "\n".join(lines[first + 1 :])


def _read_head(lines: list[str], first_line: int, problems: Problems) -> tuple[dict[str, Any], dict[str, int]]:
    raw = _load_yaml("\n".join(lines), first_line, problems)
    if raw is None:
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
        values[_KEYS[key]] = value
        places[_KEYS[key]] = line
    return values, places


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()


def _load_yaml(text: str, first_line: int, problems: Problems) -> object:
    try:
        return yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        first = error
    try:
        loaded: object = yaml.load(_BARE_COLON.sub(_quoted, text), Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        mark = getattr(first, "problem_mark", None)
        said = getattr(first, "problem", None) or str(first).split("\n")[0] or type(first).__name__
        problems.error(first_line + (mark.line if mark else 0), f"the front matter is not YAML: {said}")
        return None
    problems.warn(first_line, "a value with a colon should stand in quotes")
    return loaded


def _quoted(match: re.Match[str]) -> str:
    value = match[2].rstrip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{match[1]}: "{value}"'


def text_of(head: FrontMatter, field: str, problems: Problems) -> str:
    """A text value on one line, without stray quotes; '' when missing."""
    value = head.values.get(field)
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        problems.error(head.line(field), f"{field} must be a text")
        return ""
    text = one_line(str(value), max_length=100_000)
    while len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    if len(text) > _LENGTHS.get(field, 200):
        problems.error(head.line(field), f"{field} is longer than {_LENGTHS.get(field, 200)} characters")
        return ""
    return text


def date_of(head: FrontMatter, field: str, problems: Problems) -> dt.date | None:
    """A date value; a date that cannot be read is an error, for a page must not lose its date silently."""
    value = head.values.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return parse_date(one_line(str(value), max_length=100))
    except ValueError as error:
        problems.error(head.line(field), f"{field}: {error}")
        return None


def list_of(head: FrontMatter, field: str, problems: Problems) -> tuple[str, ...]:
    """Texts from a list or from 'a, b, c', each once, in order."""
    value = head.values.get(field)
    if isinstance(value, dict):
        problems.error(head.line(field), f"{field} must be a list")
        return ()
    parts = value if isinstance(value, list) else str(value or "").split(",")
    texts = (one_line(str(part), max_length=200) for part in parts if not isinstance(part, (list, dict)))
    return tuple(dict.fromkeys(text for text in texts if text and text != "None"))


def slugs_of(head: FrontMatter, field: str, problems: Problems) -> tuple[str, ...]:
    slugs = (slugify(text.strip("/").rsplit("/", 1)[-1]) for text in list_of(head, field, problems))
    return tuple(dict.fromkeys(slug for slug in slugs if slug))


def is_draft(head: FrontMatter, problems: Problems) -> bool:
    status = text_of(head, "status", problems).lower()
    if status not in _STATUS:
        problems.error(head.line("status"), f"status must be published or draft, not {status[:40]!r}")
    return _STATUS.get(status, True)


def sources_of(head: FrontMatter, problems: Problems) -> tuple[dict[str, Any], ...]:
    """[{title, publisher, url, year, seen}]: number n on the page is the n-th of the list."""
    value = head.values.get("sources") or []
    if not isinstance(value, list):
        problems.error(head.line("sources"), "sources must be a list")
        return ()
    return tuple(_source(entry, head.line("sources"), problems) for entry in value)


def _source(entry: object, line: int, problems: Problems) -> dict[str, Any]:
    if not isinstance(entry, dict):
        text = one_line(str(entry or ""), max_length=500)
        entry = {"url": text} if text.startswith(("http://", "https://")) else {"title": text}
    known = {_key(str(name)): value for name, value in entry.items()}
    source: dict[str, Any] = {
        name: one_line(str(known.get(name) or ""), max_length=500) for name in ("title", "publisher", "url")
    }
    if source["url"] and not source["url"].startswith(("http://", "https://")):
        problems.warn(line, f"a source's address must begin with https://: {source['url'][:60]!r}")
        source["url"] = ""
    source["title"] = source["title"] or source["url"]
    if not source["title"]:
        problems.error(line, "a source needs a title or an address")
    year = str(known.get("year") or "")
    source["year"] = int(year) if re.fullmatch(r"[12]\d{3}", year) else None
    source["seen"] = _seen(known.get("seen"), line, problems)
    return source


def _seen(value: object, line: int, problems: Problems) -> str:
    if not value:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    try:
        return parse_date(one_line(str(value), max_length=100)).isoformat()
    except ValueError as error:
        problems.error(line, f"a source's seen: {error}")
        return ""
