"""A worker makes its first pages before anybody is let in, and starts whatever comes of it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from fysfinder.config import warm as warming
from fysfinder.config.warm import PAGES, SEARCH, warm
from fysfinder.search import articles, topic_search
from tests.make import make_topic


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


class Application:
    def __init__(self, status: str = "200 OK", error: Exception | None = None) -> None:
        self.status, self.error, self.asked = status, error, list[str]()

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        query = environ["QUERY_STRING"]
        self.asked.append(environ["PATH_INFO"] + (f"?{query}" if query else ""))
        if self.error:
            raise self.error
        start(self.status, [])
        return [b""]


def test_a_page_of_each_kind_is_made():
    application = Application()
    warm(application)
    assert application.asked == list(PAGES)


@pytest.mark.django_db
def test_its_question_builds_the_indexes_of_articles_and_of_topics(client: Client):
    make_topic("kryoterapi")
    articles.forget_articles()
    topic_search._index.cache_clear()
    assert client.get(SEARCH).status_code == 200
    assert articles._Held.index is not None and topic_search._index.cache_info().currsize


@pytest.mark.parametrize("application", [Application("503 Service Unavailable"), Application(error=OSError("gone"))])
def test_a_worker_without_a_database_starts_cold_and_says_so(
    application: Application, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        warm(application)
    assert len(application.asked) == 1 and "starts cold" in caplog.text


def test_a_database_that_hangs_does_not_keep_the_worker_from_starting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warming, "LONGEST_S", 0.01)
    go, began = threading.Event(), threading.Event()

    def hang(environ: dict[str, Any], start: Any) -> list[bytes]:
        began.set()
        go.wait(5)
        start("503 Service Unavailable", [])
        return []

    warm(hang)
    assert began.is_set() and not go.is_set()
    go.set()
