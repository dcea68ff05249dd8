"""Structured data for machines. It says only what the page shows, in schema.org words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

from django.conf import settings
from markupsafe import Markup

CONTEXT = "https://schema.org"


class Step(Protocol):
    """A breadcrumb step."""

    @property
    def label(self) -> str: ...
    @property
    def path(self) -> str: ...


def as_script(block: dict[str, Any]) -> Markup:
    """JSON that cannot end its script element, whatever a name or a title holds."""
    text = json.dumps({"@context": CONTEXT, **block}, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # every character that could leave the script is escaped above


def breadcrumbs(steps: Iterable[Step]) -> dict[str, Any]:
    items = []
    for position, step in enumerate(steps, start=1):
        item: dict[str, Any] = {"@type": "ListItem", "position": position, "name": step.label}
        if step.path:
            item["item"] = settings.SITE_URL + step.path
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def website(home: str, search: str) -> dict[str, Any]:
    """The site itself and its search box; both paths without the domain."""
    return {
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL + home,
        "inLanguage": ["da", "en"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.SITE_URL}{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
