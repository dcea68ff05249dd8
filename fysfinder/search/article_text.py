"""What is read of an article for searching it, and what each place in it is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from fysfinder.encyclopedia.kinds import get_kind
from fysfinder.search.language import Vocabulary, content, fold_words, inflected

_TITLE, _SYNONYM, _HEADING, _LEAD, _BODY = 6.0, 5.0, 2.5, 2.0, 1.0
# Weights in the vocabulary; a word of a title or a name weighs 1.
IN_HEADING = 0.6
_SEEN_IN_BODY = 0.2
_SHORTEST_INFLECTED = 5  # letters

Part = Literal["title", "synonym", "heading", "text"]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is read of one article. `passages` are (anchor, text) in the order of the page."""

    kind: str
    slug: str
    title: str
    description: str
    names: tuple[str, ...]  # synonyms
    headings: tuple[tuple[str, str], ...]  # (anchor, text), questions of the FAQ among them
    passages: tuple[tuple[str, str], ...]
    is_overdue: bool = False  # its review is due

    @property
    def url_name(self) -> str:
        """Of an article's page."""
        return get_kind(self.kind).url_name


def vocabulary_of(articles: Iterable[ArticleText]) -> Vocabulary:
    vocabulary = Vocabulary()
    for article in articles:
        for name in (article.title, *article.names):
            vocabulary.learn(fold_words(name), 1.0)
        for _anchor, heading in article.headings:
            vocabulary.learn(fold_words(heading), IN_HEADING)
        for text in (article.description, *(text for _anchor, text in article.passages)):
            vocabulary.learn(fold_words(text), _SEEN_IN_BODY)
    return vocabulary


def name_forms(names: Iterable[str], known: Container[str]) -> dict[str, str]:
    """Forms of the words of names that nobody wrote, and names of two words written as one, each with its word.

    So a slip in 'kontorstolene' or 'slingtræningen' is one slip, not an odd ending too.
    """
    words = set()
    for name in names:
        said = content(fold_words(name))
        words.update(said if len(said) != 2 else [*said, "".join(said)])
    words = {word for word in words if word.isalpha() and len(word) >= _SHORTEST_INFLECTED}
    return {form: word for word in sorted(words) for form in (word, *inflected(word)) if form not in known}


def weighted_words(article: ArticleText) -> dict[str, float]:
    """The words of an article, each as often as it is written times what its place is worth."""
    counts: dict[str, float] = defaultdict(float)
    texts = [(article.title, _TITLE), (article.description, _LEAD)]
    texts += [(name, _SYNONYM / max(len(article.names) ** 0.5, 1.0)) for name in article.names]
    texts += [(heading, _HEADING) for _anchor, heading in article.headings]
    texts += [(text, _BODY) for _anchor, text in article.passages]
    for text, weight in texts:
        for word in content(fold_words(text)):
            counts[word] += weight
    return counts
