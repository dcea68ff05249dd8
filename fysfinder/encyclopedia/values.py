"""The values of a head as what they mean: texts, dates, lists, sources. What cannot be read is left out and said."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import timezone

from fysfinder.base.dates import parse_date
from fysfinder.base.text import one_line, slugify
from fysfinder.encyclopedia.draft import Problems
from fysfinder.encyclopedia.front_matter import FrontMatter, unquoted

_LENGTHS = {"title": 200, "meta_title": 200, "description": 400, "author": 120, "reviewer": 120, "summary_en": 5000}
_STATUS = {
    **dict.fromkeys(("", "published", "publish", "public", "udgivet", "live"), False),
    **dict.fromkeys(("draft", "kladde", "private", "unpublished"), True),
}
_NOTHING = {"", "~", "null", "none"}


def text_of(head: FrontMatter, field: str, problems: Problems) -> str:
    """A text value on one line, without stray quotes; '' when missing."""
    value = head.values.get(field)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        problems.warn(head.line(field), f"{field} must be a text, not a list")
        value = ", ".join(value[:20])
    if not isinstance(value, str):
        if value is not None:
            problems.warn(head.line(field), f"{field} must be a text")
        return ""
    text = unquoted(one_line(value, max_length=100_000))
    longest = _LENGTHS.get(field, 200)
    if len(text) > longest:
        problems.warn(head.line(field), f"{field} is longer than {longest} characters and is cut")
        text = text[: longest - 1].rstrip() + "…"
    return "" if text.lower() in _NOTHING else text


def date_of(head: FrontMatter, field: str, problems: Problems) -> dt.date | None:
    """A date, None with a warning when it cannot be read."""
    text = text_of(head, field, problems)
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError as error:
        problems.warn(head.line(field), f"{field}: {error}")
        return None
    if re.fullmatch(r"\d{1,2}[-.]\d{1,2}[-.]\d{4}", text):
        problems.warn(head.line(field), f"{field}: {text} is read as {day.isoformat()}; write dd/mm/yyyy or yyyy-mm-dd")
    if field != "next_review_on" and day > timezone.localdate():
        problems.warn(head.line(field), f"{field} is in the future: {day.isoformat()}")
        return None if field == "reviewed_on" else day  # nobody has reviewed it yet
    return day


def list_of(head: FrontMatter, field: str, problems: Problems) -> tuple[str, ...]:
    """Texts from a list or from 'a, b, c', each once, in order."""
    value = head.values.get(field) or []
    if isinstance(value, dict):
        problems.warn(head.line(field), f"{field} must be a list")
        value = list(value)
    parts = value if isinstance(value, list) else re.split(r"[,;]", str(value))
    texts = (unquoted(one_line(part, max_length=200)) for part in parts if isinstance(part, str))
    return tuple(dict.fromkeys(text for text in texts if text.lower() not in _NOTHING))


def slugs_of(head: FrontMatter, field: str, problems: Problems) -> tuple[str, ...]:
    slugs = (slugify(text.strip("/").rsplit("/", 1)[-1].removesuffix(".md")) for text in list_of(head, field, problems))
    return tuple(dict.fromkeys(slug for slug in slugs if slug))


def is_draft(head: FrontMatter, problems: Problems) -> bool:
    status = text_of(head, "status", problems).lower()
    if status not in _STATUS:
        problems.error(head.line("status"), f"status must be published or draft, not {status[:40]!r}")
    return _STATUS.get(status, True) or text_of(head, "draft", problems).lower() in {"true", "yes", "ja", "1"}


def sources_of(head: FrontMatter, problems: Problems) -> tuple[dict[str, Any], ...]:
    """[{title, publisher, url, year, seen}]: number n on the page is the n-th of the list."""
    value = head.values.get("sources") or []
    if not isinstance(value, list):
        problems.warn(head.line("sources"), "sources must be a list")
        value = [value]
    found = (_source(entry, head.line("sources"), problems) for entry in value)
    return tuple(source for source in found if source)


def _source(entry: object, line: int, problems: Problems) -> dict[str, Any] | None:
    if not isinstance(entry, dict):
        text = one_line(entry, max_length=500) if isinstance(entry, str) else ""
        entry = {"url": text} if text.startswith(("http://", "https://")) else {"title": text}
    known = {re.sub(r"[\s_-]+", "", str(name)).lower(): value for name, value in entry.items()}
    source: dict[str, Any] = {
        name: one_line(value, max_length=500) if isinstance(value := known.get(name), str) else ""
        for name in ("title", "publisher", "url")
    }
    if source["url"] and not source["url"].startswith(("http://", "https://")):
        problems.warn(line, f"a source's address must begin with https://: {source['url'][:60]!r}")
        source["title"], source["url"] = source["title"] or source["url"], ""
    if not source["title"]:
        problems.warn(line, "a source needs a title")
    source["title"] = source["title"] or source["url"] or source["publisher"]
    year = str(known.get("year") or "")
    source["year"] = int(year) if re.fullmatch(r"[12]\d{3}", year) else None
    source["seen"] = _seen(known.get("seen"), line, problems)
    return source if source["title"] else None


def _seen(value: object, line: int, problems: Problems) -> str:
    if not isinstance(value, str) or value.lower() in _NOTHING:
        return ""
    try:
        return parse_date(one_line(value, max_length=100)).isoformat()
    except ValueError as error:
        problems.warn(line, f"a source's seen: {error}")
        return ""
