"""Every URL of the site with a path to try it by, as the resolver knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

# What stands in a path where the pattern has a variable; anything else is 'kryoterapi', the article of the test world.
VALUES = {
    "find": {"place": "aarhus-c"},
    "find_topic": {"place": "aarhus-c"},
    "clinic": {"slug": "klinik-frost"},
    "clinic_report": {"slug": "klinik-frost"},
    "tool": {"slug": "bmi"},
    "feedback": {"kind": "ordbog"},
    "body_part": {"slug": "knae"},
    "sitemap_part": {"part": "sider"},
    "app_list": {"app_label": "clinics"},
}
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\(\[\^/\]\+\)")


def all_urls() -> list[tuple[str, str]]:
    """(name, path) in the resolver's order; what has no name is called by its pattern."""
    return [(name, "/" + path) for name, path in _walk(get_resolver().url_patterns, "", "")]


def _walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, pattern.namespace or namespace)
            continue
        name = pattern.name or route
        yield f"{namespace}:{name}" if namespace else name, _path(name, route)


def _path(name: str, route: str) -> str:
    def value(match: re.Match[str]) -> str:
        variable = match[1] or match[2] or "object_id"
        if variable == "object_id":
            return _first_key(route)
        return VALUES.get(name, {}).get(variable, "kryoterapi")

    return _VARIABLE.sub(value, route.replace("^", "").replace("$", "").replace(".*", ""))


def _first_key(route: str) -> str:
    """The key of a row of the admin page's table, '1' when it has none."""
    _, app, model, *_rest = route.split("/")
    row = apps.get_model(app, model).objects.order_by("pk").first() if app in apps.app_configs else None
    return str(row.pk) if row else "1"
