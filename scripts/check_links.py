"""Every internal link of every article page as it is shown: it must lead to a page, and a fragment to a place there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from django.conf import settings
from django.test import Client
from django.urls import reverse

from fysfinder.encyclopedia.kinds import BY_NAME
from fysfinder.encyclopedia.models import Article
from fysfinder.places.queries import gazetteer
from fysfinder.topics.queries import get_topic

HREF = re.compile(r'href="([^"]+)"')
FIND = re.compile(r"(?:/en)?/find/fysioterapeut/([^/]+)/(?:([^/]+)/)?")
ID = re.compile(r'\sid="([^"]+)"')
SITE = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


def dead_links() -> list[str]:
    """'file: link' for each that leads nowhere."""
    pages: dict[str, set[str] | None] = {}  # path → the ids on it; None when it is no page
    found = []
    for path, file in article_paths():
        html = SITE.get(path).content.decode()
        pages[path] = set(ID.findall(html))
        for link in dict.fromkeys(HREF.findall(main_of(html))):
            target, fragment = urldefrag(link.replace("&amp;", "&").removeprefix(settings.SITE_URL))
            if (target and not target.startswith("/")) or target.startswith(("/static/", "//")):
                continue
            target = target.partition("?")[0] or path
            if target not in pages:
                pages[target] = ids_of(target)
            ids = pages[target]
            if ids is None or (fragment and unquote(fragment) not in ids):
                found.append(f"{file}: dead link: {link}")
    return found


def article_paths() -> Iterator[tuple[str, str]]:
    for kind, slug, file in Article.objects.order_by("pk").values_list("kind", "slug", "file"):
        entry = BY_NAME[kind]
        if entry.is_own_page:
            yield reverse(entry.url_name, args=[slug]), file


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def ids_of(path: str) -> set[str] | None:
    """The ids on the page. Lists of clinics are not made: their place and topic need only exist."""
    if match := FIND.fullmatch(path):
        place, topic = match.groups()
        return set() if gazetteer().get_place(place) and (not topic or get_topic(topic)) else None
    response = SITE.get(path, follow=True)
    return set(ID.findall(response.content.decode())) if response.status_code == 200 else None
