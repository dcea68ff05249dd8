"""Searching the encyclopedia: the index of every published article, built again when the articles have changed."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.utils import timezone

from fysfinder.base.text import one_line
from fysfinder.encyclopedia.kinds import PAGE_KINDS, get_kind
from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article
from fysfinder.search.article_index import Answer, ArticleIndex
from fysfinder.search.article_text import ArticleText
from fysfinder.search.language import fold_words, is_telling
from fysfinder.search.spelling import is_known
from fysfinder.topics.queries import TopicCard, find_in_text, taxonomy

MAX_CHARS = 300
CHECK_EVERY_SECONDS = 1.0


class _Held:
    index: ArticleIndex | None = None
    version: tuple[object, ...] = ()  # holds the taxonomy itself, so that no later one can pass for it
    checked_at = 0.0
    building = threading.Lock()


def search_articles(
    text: str, limit: int = 10, *, topics: Iterable[TopicCard] = (), has_snippets: bool = True
) -> Answer:
    """The articles that answer a text, the one about it first. Topics named in it in other words count too, and those
    that it was understood to mean. Never raises.
    """
    text = one_line(text, max_length=MAX_CHARS)
    named = (card for _start, _end, card in find_in_text(text))
    also = list(dict.fromkeys(card.name for card in (*named, *topics)))
    return article_index().search(text, limit=limit, also=also, has_snippets=has_snippets)


def forget_articles() -> None:
    """Read the articles again on the next question."""
    _Held.index = None


def article_index(clock: Callable[[], float] = time.monotonic) -> ArticleIndex:
    """The articles as of at most a second ago. Whoever sees a change builds; the others go on with the old index."""
    now = clock()
    held = _Held.index
    if held is not None and now - _Held.checked_at < CHECK_EVERY_SECONDS:
        return held
    _Held.checked_at = now
    texts = Article.objects.order_by("pk").values_list("pk", "text_hash", "next_review_on")
    version = (taxonomy(), timezone.localdate(), *texts)
    if held is not None and version == _Held.version:
        return held
    if not _Held.building.acquire(blocking=held is None):
        assert held is not None  # only a process without an index waits
        return held
    try:
        if _Held.index is None or version != _Held.version:  # another may have built it while this one waited
            _Held.index, _Held.version = ArticleIndex(_read(), is_known), version
        return _Held.index
    finally:
        _Held.building.release()


def _read() -> Iterator[ArticleText]:
    words_of: dict[str, list[str]] = defaultdict(list)
    for key, slug in taxonomy().lexicon.keys.items():
        if is_telling(key):
            words_of[slug].append(key)
    today = timezone.localdate()
    fields = ("kind", "slug", "title", "description", "synonyms", "lead_html", "key_points", "sections", "faq")
    more = ("next_review_on", "topic__slug", "summary_en", "details__title_en")
    rows = Article.objects.filter(kind__in=[kind.kind for kind in PAGE_KINDS]).order_by("pk")
    for row in rows.values(*fields, *more):
        of_topic = words_of[row["topic__slug"] or ""]
        is_about = get_kind(row["kind"]).explains_topics  # else its topic is what it is good for: an exercise, a guide
        english = [row["details__title_en"]] if row["details__title_en"] else []
        own = (*row["synonyms"], *english, *(of_topic if is_about else ()))
        names = {" ".join(fold_words(name)): name for name in own}
        names.pop(" ".join(fold_words(row["title"])), None)
        headings = [(section["id"], section["title"]) for section in row["sections"]]
        headings += [("", name) for name in (() if is_about else of_topic)]
        passages = [("", plain_text(row["lead_html"]))]
        passages += [("", answer) for _question, answer in row["key_points"]]
        passages += [(section["id"], section.get("text", "")) for section in row["sections"]]
        english_text = [("", row["summary_en"])] if row["summary_en"] else []
        yield ArticleText(
            kind=row["kind"],
            slug=row["slug"],
            title=row["title"],
            description=row["description"],
            names=tuple(names.values()),
            headings=(*headings, *((item["id"], item["q"]) for item in row["faq"])),
            passages=(*passages, *((item["id"], item["a"]) for item in row["faq"]), *english_text),
            is_overdue=row["next_review_on"] is not None and row["next_review_on"] < today,
        )
