"""A handful of topics in memory, and nothing that one test's process remembers for the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fysfinder.places.queries import reset_gazetteer
from fysfinder.search.articles import forget_articles
from fysfinder.search.directory import forget_directory
from fysfinder.topics import queries
from fysfinder.topics.models import Relation
from fysfinder.topics.queries import TopicCard, forget_taxonomy
from fysfinder.topics.taxonomy import Taxonomy

TREE = {  # slug → parent
    "manuel-behandling": "",
    "manuel-terapi": "manuel-behandling",
    "mobilisering": "manuel-behandling",
    "kryoterapi": "",
    "loeberknae": "",
}


def forget() -> None:
    forget_directory()
    forget_taxonomy()
    forget_articles()
    reset_gazetteer()


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def topics(forgotten: None) -> None:
    """The topics of TREE without a database."""
    cards = [
        TopicCard(
            id=number,
            slug=slug,
            kind="condition" if slug == "loeberknae" else "treatment",
            name=slug.replace("-", " ").capitalize(),
            name_en=slug.upper(),
            summary="",
            summary_en="",
            parent=parent,
            position=number,
        )
        for number, (slug, parent) in enumerate(TREE.items())
    ]
    queries._held.append(Taxonomy(cards, [], [("kryoterapi", "loeberknae", str(Relation.TREATS))]))
