"""What stands in the head of a page: one value, made by the view, printed by components/head.html."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup

from fysfinder.base.http import in_language, query_string
from fysfinder.web import jsonld

MAX_DESCRIPTION = 160


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb; the last one has no path."""

    label: str
    path: str = ""


@dataclass(frozen=True)
class Head:
    title: str
    description: str
    canonical: str  # absolute; '' on error pages
    robots: str
    alternates: tuple[tuple[str, str], ...]  # (hreflang, absolute address)
    crumbs: tuple[Crumb, ...]
    json_ld: tuple[Markup, ...]
    nav: str  # the masthead link this page belongs under: 'find', 'articles', 'prices' or ''
    og_type: str
    feeds: tuple[tuple[str, str], ...] = ()  # (title, path)


def make_head(
    request: HttpRequest,
    *,
    title: str,
    description: str = "",
    path: str | None = None,
    query: Iterable[tuple[str, str]] = (),
    is_indexed: bool = True,
    is_error: bool = False,
    crumbs: Iterable[Crumb] = (),
    json_ld: Iterable[dict[str, Any]] = (),
    nav: str = "",
    og_type: str = "website",
    feeds: Iterable[tuple[str, str]] = (),
) -> Head:
    """The head of a page. path is the canonical path in the page's own language (the request's when not given)."""
    trail = tuple(crumbs)
    blocks = [*([jsonld.breadcrumbs(trail)] if len(trail) > 1 else []), *json_ld]
    canonical_path = (path or request.path) + query_string(query)
    return Head(
        title=f"{title} · {settings.SITE_NAME}",
        description=shorten(description),
        canonical="" if is_error else absolute(canonical_path),
        robots="index, follow, max-image-preview:large" if is_indexed and not is_error else "noindex, follow",
        alternates=() if is_error else alternates(canonical_path),
        crumbs=trail,
        json_ld=tuple(jsonld.as_script(block) for block in blocks),
        nav=nav,
        og_type=og_type,
        feeds=tuple(feeds),
    )


def absolute(path: str) -> str:
    """The path as a full address on the site's own name."""
    return f"{settings.SITE_URL}{path}"


def alternates(path: str) -> tuple[tuple[str, str], ...]:
    """The page in Danish, in English, and for everybody else (Danish)."""
    danish, english = (absolute(in_language(path, language)) for language in ("da", "en"))
    return (("da", danish), ("en", english), ("x-default", danish))


def shorten(text: str) -> str:
    """One line of at most 160 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= MAX_DESCRIPTION:
        return line
    return line[: MAX_DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(",;:–") + "…"
