"""An article as it is read: with first-mention links and the words that are explained on the page."""

from __future__ import annotations

import copy
import html
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fysfinder.encyclopedia.glossary import Term, glossary, headwords
from fysfinder.encyclopedia.kinds import KINDS
from fysfinder.encyclopedia.links import Name, Names, PageLinks, Target, linked_paths
from fysfinder.encyclopedia.models import Article
from fysfinder.topics.models import Kind, Synonym
from fysfinder.topics.queries import taxonomy

CHECK_EVERY_SECONDS = 1.0
_NOT_NAMED = {"author", "tool_text"}  # kinds whose titles are no words of a text
_OFFERED = (Kind.TREATMENT, Kind.PROGRAMME)
_SHORTEST_SYNONYM = 6
_KEPT = 500  # pages


@dataclass(frozen=True, slots=True)
class Linked:
    """An article whose HTML has its links, and the words it explains, in order. Not to be saved."""

    article: Article
    terms: tuple[Term, ...]


class _Held:
    names: Names | None = None
    version: tuple[object, ...] = ()
    checked_at = 0.0
    pages: dict[tuple[object, ...], tuple[tuple[object, ...], tuple[Term, ...]]] = {}
    reading = threading.Lock()


def forget_names() -> None:
    """Read the titles again on the next page."""
    _Held.names = None


def names(clock: Callable[[], float] = time.monotonic) -> Names:
    """All that can be linked to, as of at most a second ago."""
    with _Held.reading:
        now = clock()
        if _Held.names is None or now - _Held.checked_at >= CHECK_EVERY_SECONDS:
            _Held.checked_at = now
            version = (taxonomy(), *Article.objects.order_by("pk").values_list("pk", "text_hash", "topic_id"))
            if _Held.names is None or version != _Held.version:
                _Held.names, _Held.version, _Held.pages = Names(_read()), version, {}
        return _Held.names


def linked(article: Article, path_of: Callable[[Target], str], language: str) -> Linked:
    """The article with at most one link per target and a few per section; path_of says where a target stands."""
    known = names()
    key = (article.pk, article.text_hash, language)
    made = _Held.pages.get(key)
    if made is None:
        made = _add_links(article, known, path_of)
        if len(_Held.pages) >= _KEPT:
            _Held.pages.clear()
        _Held.pages[key] = made
    page = copy.copy(article)
    page.lead_html, page.sections, page.faq = made[0]  # type: ignore[assignment]
    return Linked(page, made[1])


def _add_links(
    article: Article, known: Names, path_of: Callable[[Target], str]
) -> tuple[tuple[object, ...], tuple[Term, ...]]:
    parts = [article.lead_html, *(part["html"] for part in article.sections), *(item["a_html"] for item in article.faq)]

    def open_link(target: Target) -> tuple[str, str]:
        if target.sort == "term":
            label = html.escape(_("Hvad betyder ordet?"))
            return f'<button class="term" type="button" popovertarget="ord-{target.slug}" title="{label}">', "</button>"
        return f'<a href="{html.escape(path_of(target))}">', "</a>"

    own = Target("article", article.kind, article.slug)
    page = PageLinks(known, open_link, own, path_of, linked_paths(parts))
    lead = page.add_to(article.lead_html)
    sections = [{**part, "html": page.add_to(part["html"])} for part in article.sections]
    faq = [{**item, "a_html": page.add_to(item["a_html"])} for item in article.faq]
    terms = tuple(glossary().terms[target.slug] for target in page.used if target.sort == "term")
    return (lead, sections, faq), terms


def _read() -> Iterator[Name]:
    """Titles before synonyms, articles before topics without one, the glossary last."""
    order = [kind.kind for kind in KINDS]
    fields = ("kind", "slug", "title", "synonyms", "topic__slug")
    rows = [row for row in Article.objects.values_list(*fields) if row[0] not in _NOT_NAMED and row[0] in order]
    rows.sort(key=lambda row: (order.index(row[0]), row[4] not in (None, row[1]), row[2]))
    of_topic: dict[str, Target] = {}
    for kind, slug, _title, _synonyms, topic in rows:
        if topic:
            of_topic.setdefault(topic, Target("article", kind, slug))
    offered = {
        card.slug: Target("topic", "", card.slug)
        for card in taxonomy().topics.values()
        if card.kind in _OFFERED and card.slug not in of_topic and card.slug not in taxonomy().children
    }
    yield from (Name(title, Target("article", kind, slug)) for kind, slug, title, _synonyms, _topic in rows)
    for kind, slug, _title, synonyms, _topic in rows:
        yield from (Name(text, Target("article", kind, slug)) for text in synonyms if _says_enough(text))
    yield from _topic_names(of_topic)
    # A topic without an article goes by its own name only, and a group of topics (training, advice) not at all.
    yield from (Name(taxonomy().topics[slug].name, target) for slug, target in offered.items())
    yield from headwords()


def _says_enough(synonym: str) -> bool:
    """A short word alone ('hold', 'knæk') is mostly something else in running text; an abbreviation is not."""
    return len(synonym) >= _SHORTEST_SYNONYM or " " in synonym or synonym.isupper()


def _topic_names(of_topic: dict[str, Target]) -> Iterator[Name]:
    """Names and synonyms of the topics; an everyday word alone ('tape', 'løber') says too little to be a link."""
    yield from (Name(taxonomy().topics[slug].name, target) for slug, target in of_topic.items())
    synonyms = Synonym.objects.filter(language="da").order_by("pk").values_list("topic__slug", "text", "is_everyday")
    for slug, text, is_everyday in synonyms:
        if slug in of_topic and (" " in text or not is_everyday) and _says_enough(text):
            yield Name(text, of_topic[slug])
