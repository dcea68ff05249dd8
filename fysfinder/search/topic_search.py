"""Topics by names and summaries, for what no phrase of the taxonomy says: 'benbrud efter fald', 'lidt stift ben'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from fysfinder.search.article_index import ArticleIndex
from fysfinder.search.article_text import ArticleText
from fysfinder.search.language import is_telling
from fysfinder.search.spelling import is_known
from fysfinder.topics.queries import TopicCard, find_in_text, taxonomy
from fysfinder.topics.taxonomy import Taxonomy

MAX_CHARS = 300
_CLEARLY = 0.75  # how much of a name must be said, and of the words be the name, before we say it was understood


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic that answers the words; a clear one may be taken for what was meant."""

    topic: TopicCard
    score: float
    is_clear: bool
    match: float = 1.0  # as of an article


def search_topics(text: str, limit: int = 6) -> tuple[TopicHit, ...]:
    """Topics whose phrases are in the text, in its order, then those whose names and summaries answer its words."""
    text = text[:MAX_CHARS]
    found = {card.slug: TopicHit(card, 100.0, True) for _start, _end, card in find_in_text(text)}
    held = taxonomy()
    answer = _index(held).search(text, limit=limit, has_snippets=False)
    for hit in answer.hits:
        is_clear = hit.is_named or hit.match >= _CLEARLY
        found.setdefault(hit.article.slug, TopicHit(held.topics[hit.article.slug], hit.score, is_clear, hit.match))
    return tuple(found.values())[:limit]


@lru_cache(maxsize=1)
def _index(held: Taxonomy) -> ArticleIndex:
    words_of: dict[str, list[str]] = defaultdict(list)
    for key, slug in held.lexicon.keys.items():
        if is_telling(key):
            words_of[slug].append(key)
    texts = (
        ArticleText(card.kind, card.slug, card.name, card.summary, tuple(words_of[card.slug]), (), ())
        for card in held.topics.values()
    )
    return ArticleIndex(texts, is_known)
