"""Requests without a server: the site's own WSGI application, called as granian calls it, and questions that differ."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
PLACES = (
    *("aarhus", "koebenhavn", "odense", "aalborg", "esbjerg", "randers", "kolding", "horsens", "vejle", "roskilde"),
    *("herning", "silkeborg", "naestved", "fredericia", "viborg", "holstebro", "slagelse", "hilleroed"),
    *("region-midtjylland", "region-hovedstaden", "danmark"),
)
WISHES = (
    *(("ydernummer", "ja"), ("maks-ventetid", "14"), ("maks-pris", "450"), ("hold", "ja"), ("online", "ja")),
    *(("sorter", "navn"), ("sorter", "ventetid")),
)
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"}


def get(application: Application, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body."""
    path, _, query = path.partition("?")
    said: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **headers,
    }
    answer = application(environ, lambda status, headers, exc=None: said.append(status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return int(said[0][:3]), body


@dataclass(frozen=True)
class Question:
    """A find page: its parts, and its one address."""

    place: str
    topic: str | None
    params: dict[str, str]
    path: str

    @property
    def search(self) -> Any:
        """The same as the view reads from the address, now."""
        from django.utils import timezone

        from fysfinder.search.clinic_search import ClinicSearch
        from fysfinder.web.views.find import read_place

        where = read_place(self.place)
        return ClinicSearch.from_query(place=where, topic_slug=self.topic, params=self.params, now=timezone.localtime())


def questions(count: int, seed: int) -> list[Question]:
    """All different: a place, often a topic, none to two wishes."""
    from fysfinder.search.directory import directory
    from fysfinder.web.find_page import path_of

    chance, topics, found = random.Random(seed), directory().common_topics(), dict[str, Question]()
    while len(found) < count:
        topic = chance.choice(topics) if chance.random() < 0.6 else None
        params = dict(chance.sample(WISHES, chance.choice((0, 0, 1, 1, 2))))
        question = Question(chance.choice(PLACES), topic, params, "")
        path = path_of(question.search.target())
        found[path] = replace(question, path=path)
    return list(found.values())
