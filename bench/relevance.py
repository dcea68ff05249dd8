"""Relevance: our own questions against the hits that should come first, and how each should be read."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fysfinder.search.question import Question

GOLDEN = Path(__file__).resolve().parent.parent / "tests/search/golden.csv"
DEPTH = 5
ARTICLES = 500


@dataclass(frozen=True)
class Row:
    """One question: the hits any of which may come first, and the place and filters it must be read as."""

    query: str
    expected: frozenset[str]
    place: str
    filters: str


@dataclass
class Figures:
    """What came out of the questions; `misses` says which were not right at once."""

    questions: int = 0
    first: int = 0
    within: int = 0
    reciprocal: float = 0.0
    read: int = 0
    read_right: int = 0
    milliseconds: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def recall_at_1(self) -> float:
        return self.first / self.questions

    @property
    def recall_at_5(self) -> float:
        return self.within / self.questions

    @property
    def mrr(self) -> float:
        return self.reciprocal / self.questions

    @property
    def read_share(self) -> float:
        return self.read_right / self.read


def rows() -> list[Row]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [
            Row(row["query"], frozenset(filter(None, row["expected"].split("|"))), row["place"], row["filters"])
            for row in csv.DictReader(file)
        ]


def measure(questions: Iterable[Row]) -> Figures:
    """Ask every question."""
    from fysfinder.search.question import understand

    figures = Figures()
    for row in questions:
        asked = understand(row.query)
        figures.milliseconds.append(call_ms(understand, row.query))
        filters = "&".join(f"{key}={value}" for key, value in asked.pairs)
        figures.read += 1
        if (asked.place.slug if asked.place else "", filters) == (row.place, row.filters):
            figures.read_right += 1
        else:
            figures.misses.append(f"{row.query}: read as {asked.place and asked.place.slug} {filters}")
        if not row.expected:
            continue
        ranked = _ranked(asked, row)
        figures.questions += 1
        rank = next((at for at, hit in enumerate(ranked, 1) if hit in row.expected), 0)
        figures.first += rank == 1
        figures.within += 0 < rank <= DEPTH
        figures.reciprocal += 1 / rank if rank else 0.0
        if rank != 1:
            figures.misses.append(f"{row.query}: {', '.join(ranked[:3])}")
    return figures


def _ranked(asked: Question, row: Row) -> list[str]:
    """The group the row is about, as the results page shows it: topics, articles, or tools."""
    from fysfinder.search.articles import search_articles
    from fysfinder.search.tool_search import search_tools
    from fysfinder.search.topic_search import search_topics

    if any(each.startswith("tool:") for each in row.expected):
        return [f"tool:{hit.tool.slug}" for hit in search_tools(row.query)]
    if any(each.startswith("article:") for each in row.expected):
        return [f"article:{hit.article.slug}" for hit in search_articles(row.query).hits]
    found = [*asked.topics, *(hit.topic for hit in search_topics(row.query))]
    return list(dict.fromkeys(f"topic:{card.slug}" for card in found))


def load() -> None:
    """Topics, places and articles as they are in the project."""
    from django.conf import settings

    from fysfinder.encyclopedia.actions import load_content
    from fysfinder.places.actions import load_places
    from fysfinder.places.queries import reset_gazetteer
    from fysfinder.search.articles import forget_articles
    from fysfinder.topics.actions import load_topics
    from fysfinder.topics.queries import forget_taxonomy

    load_places(directory=settings.DATA_DIR / "places")
    load_topics(directory=settings.DATA_DIR / "topics")
    load_content(directory=settings.BASE_DIR / "content")
    forget_taxonomy()
    reset_gazetteer()
    forget_articles()


def main() -> None:
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
        Path(folder, "assets").mkdir()
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        load()
        figures = measure(rows())
        speeds = speeds_ms()
        unseen = measure_unseen(Path(folder, "unseen"))
    print("\n## Relevance: our own questions, right hit first\n")
    print("| questions | recall@1 | recall@5 | MRR | place and filters right |\n|---|---|---|---|---|")
    recall = f"{figures.recall_at_1:.3f} | {figures.recall_at_5:.3f} | {figures.mrr:.3f}"
    print(f"| {figures.read} | {recall} | {figures.read_share:.3f} |")
    print(f"\nMilliseconds a question, on one core, over {ARTICLES} articles\n\n| what | median | p95 |\n|---|---|---|")
    for what, times in {"understand": figures.milliseconds, **speeds}.items():
        ranked = sorted(times)
        print(f"| {what} | {ranked[len(ranked) // 2]:.3f} | {ranked[len(ranked) * 95 // 100]:.3f} |")
    print("\nArticles nobody tuned for, loaded beside ours: the named one first of all hits of `ask search`\n")
    print("| asked | titles in any form | with one slip anywhere |\n|---|---|---|")
    print(f"| {unseen.questions} | {unseen.recall_at_1:.3f} | {unseen.within / unseen.questions:.3f} |")
    if "--misses" in sys.argv:
        print("\n".join([*figures.misses, *unseen.misses]))


def measure_unseen(folder: Path) -> Figures:
    """`first` counts the forms of titles that lead to their article, `within` the misspelt ones."""
    import random

    from django.utils import timezone

    from fysfinder.encyclopedia.actions import load_content
    from fysfinder.search.articles import forget_articles
    from fysfinder.search.site_search import search_site
    from tests.search import corpus

    corpus.write_unseen(folder)
    load_content(directory=folder)
    forget_articles()
    figures, chance, now = Figures(), random.Random(5), timezone.now()

    def is_first(text: str, slug: str) -> bool:
        found = [hit.slug for hit in search_site(text, now=now).hits]
        if found[:1] != [slug]:
            figures.misses.append(f"{text}: {', '.join(found[:3])}")
        return found[:1] == [slug]

    for text, slug in corpus.unseen_questions():
        figures.questions += 1
        figures.first += is_first(text, slug)
        figures.within += is_first(corpus.misspelt(text, chance), slug)
    return figures


def speeds_ms() -> dict[str, list[float]]:
    """Every question once more, after a first round, to an index of ARTICLES made articles."""
    from fysfinder.search.article_index import ArticleIndex
    from fysfinder.search.spelling import is_known
    from fysfinder.search.suggest import suggest
    from tests.search.corpus import articles

    made = articles()
    copies = [replace(text, slug=f"{text.slug}-{copy}") for copy in range(2) for text in made]
    index = ArticleIndex(copies[:ARTICLES], is_known)
    asks: dict[str, Callable[[str], object]] = {
        "articles": lambda text: index.search(text, has_snippets=False),
        "articles with snippets": index.search,
        "suggest, first four letters": lambda text: suggest(text[:4], language="da"),
        "suggest, whole question": lambda text: suggest(text, language="da"),
    }
    return {what: [call_ms(ask, row.query) for row in rows()] for what, ask in asks.items()}


def call_ms(ask: Callable[[str], object], text: str) -> float:
    ask(text)
    began = time.perf_counter()
    for _again in range(3):
        ask(text)
    return (time.perf_counter() - began) / 3 * 1000


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
