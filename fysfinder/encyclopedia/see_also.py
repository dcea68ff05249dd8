"""'Se også' of every article, written when the files are loaded: similarity.py on the published texts."""

from __future__ import annotations

from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.shelf import Title, shelf
from fysfinder.encyclopedia.similarity import Text, nearest
from fysfinder.topics.queries import taxonomy

_ALONE = {"author", "tool_text"}  # kinds that nobody reads next


def update_see_also() -> int:
    """Write Article.similar where it has changed; how many rows. Call it inside the load's transaction."""
    articles = [article for article in Article.objects.select_related("topic") if article.kind not in _ALONE]
    kinds = {article.kind for article in articles}
    texts = [
        Text(
            (article.kind, article.slug),
            article.title,
            _text(article),
            article.topic.slug if article.topic else "",
            frozenset((kind, slug) for slug in article.related for kind in kinds),
        )
        for article in articles
    ]
    found = nearest(texts, {text.topic: _neighbours(text.topic) for text in texts if text.topic})
    changed = []
    for article in articles:
        similar = [list(key) for key in found[article.kind, article.slug]]
        if article.similar != similar:
            article.similar = similar
            changed.append(article)
    Article.objects.bulk_update(changed, ["similar"], batch_size=100)
    return len(changed)


def see_also(article: Article) -> list[Title]:
    """The nearest articles that still exist."""
    held = shelf().by_slug
    return [line.title for kind, slug in article.similar for line in held.get(slug, ()) if line.title.kind == kind]


def _text(article: Article) -> str:
    parts = [article.description, *article.synonyms]
    parts += [f"{part['title']} {part['text']}" for part in article.sections]
    return " ".join([*parts, *(f"{item['q']} {item['a']}" for item in article.faq)])


def _neighbours(topic: str) -> frozenset[str]:
    held = taxonomy()
    return held.neighbours(topic) | {*held.children.get(topic, ()), held.topics[topic].parent} - {""}
