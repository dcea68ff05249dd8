"""A small world for page tests: a town, a topic with its article, two clinics; what processes hold is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fysfinder.encyclopedia.actions import publish_article
from fysfinder.encyclopedia.files import read_text
from fysfinder.encyclopedia.models import Article
from fysfinder.places.queries import reset_gazetteer
from fysfinder.search.articles import forget_articles
from fysfinder.search.directory import forget_directory
from fysfinder.topics.queries import forget_taxonomy
from tests.make import make_clinic, make_postcode, make_topic

ARTICLE = """---
title: Kryoterapi
description: Behandling med kulde.
summary_en: Treatment with cold.
lastUpdated: 18/11/2026
author: Redaktionen
topic: kryoterapi
sources:
  - title: En kilde
    publisher: Et forlag
    url: https://example.org/kilde
    seen: "2026-11-18"
---
Kulde dæmper smerte i kort tid.

:::kort-fortalt
Virker det?: Måske lidt.
:::

## Hvad er det?

Kulde på huden [1].

## Hvornår skal du søge hjælp?

:::selv
- Køl kort.
:::

:::laege
- smerten ikke går over
:::

:::akut
- du ikke kan få vejret
:::

## Ofte stillede spørgsmål om kryoterapi

### Gør det ondt?

Nej, det føles koldt.
"""


def forget_all() -> None:
    reset_gazetteer()
    forget_taxonomy()
    forget_directory()
    forget_articles()


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def make_article(text: str = ARTICLE, slug: str = "kryoterapi") -> Article:
    draft, problems = read_text(text, slug)
    assert draft, problems
    return publish_article(draft=draft)


@pytest.fixture
def world(db: None) -> Article:
    """Aarhus C, kryoterapi and its article, one clinic with everything and one with nothing."""
    topic = make_topic("kryoterapi", summary_da="Behandling med kulde.", summary_en="Treatment with cold.")
    make_postcode()
    make_clinic("Klinik Frost", topics=[topic], prices={"first": 55000}, waiting=3)
    make_clinic("Klinik Uvis")
    return make_article()
