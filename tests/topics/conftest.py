"""The real data file, read once into memory without a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from fysfinder.topics import queries
from fysfinder.topics.files import LinkRow, TopicRow, read_topics
from fysfinder.topics.taxonomy import Taxonomy, TopicCard

DATA: Path = settings.DATA_DIR / "topics"


@pytest.fixture(scope="session")
def files() -> tuple[list[TopicRow], list[LinkRow]]:
    return read_topics(DATA)


@pytest.fixture(scope="session")
def real_taxonomy(files: tuple[list[TopicRow], list[LinkRow]]) -> Taxonomy:
    rows, links = files
    cards = [
        TopicCard(i, r.slug, r.kind, r.name_da, r.name_en, r.summary_da, r.summary_en, r.parent, i)
        for i, r in enumerate(rows, start=1)
    ]
    synonyms = [(s.text, r.slug, s.language) for r in rows for s in r.synonyms]
    return Taxonomy(cards, synonyms, [(link.from_topic, link.to_topic, link.relation) for link in links])


@pytest.fixture
def held(real_taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Taxonomy]:
    """queries answer from the real data, no table is read."""
    monkeypatch.setattr(queries, "_held", [real_taxonomy])
    queries._related_slugs.cache_clear()
    yield real_taxonomy
    queries._related_slugs.cache_clear()


@pytest.fixture
def empty_memory() -> Iterator[None]:
    """The process's taxonomy is read from this test's tables and forgotten after it."""
    queries.forget_taxonomy()
    yield
    queries.forget_taxonomy()
