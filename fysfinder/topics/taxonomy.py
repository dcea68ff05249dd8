"""The taxonomy in memory: topics, the words that lead to them, and the graph between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from fysfinder.base.letters import Spellings
from fysfinder.topics.words import Lexicon, phrase

_SHORTEST_SLIPPED, _LONGEST_SLIPPED, _FEW_STARTS = 4, 14, 5
_PROPER_NAMES = ("Bobath", "Down", "Dupuytren", "Guillain", "McKenzie", "Osgood", "Parkinson", "Scheuermann", "Schroth")


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One topic as every page needs it; name and summary are Danish."""

    id: int
    slug: str
    kind: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    parent: str  # slug, empty at the top
    position: int


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """A topic and the words of ours that the visitor's typing met: 'hold i ryggen' → Lændesmerter."""

    topic: TopicCard
    matched: str


class Taxonomy:
    """Topics, words and links; built once per process."""

    def __init__(
        self, cards: list[TopicCard], synonyms: list[tuple[str, str, str]], links: list[tuple[str, str, str]]
    ) -> None:
        """synonyms: (text, slug, language); links: (from slug, to slug, relation)."""
        self.topics = {card.slug: card for card in cards}
        self.by_id = {card.id: card for card in cards}
        names = [(card.name, card.slug, "da") for card in cards] + [(card.name_en, card.slug, "en") for card in cards]
        slugs = [(card.slug, card.slug, "da") for card in cards]
        texts = [*names, *synonyms, *slugs]
        self.lexicon = Lexicon(texts)
        self.spellings = Spellings(self.lexicon.keys)
        self.children: dict[str, list[str]] = {}
        for card in cards:
            self.children.setdefault(card.parent, []).append(card.slug)
        self._from: dict[tuple[str, str], list[str]] = {}
        self._to: dict[tuple[str, str], list[str]] = {}
        near: dict[str, set[str]] = {}
        for start, end, relation in links:
            self._from.setdefault((start, relation), []).append(end)
            self._to.setdefault((end, relation), []).append(start)
            near.setdefault(start, set()).add(end)
            near.setdefault(end, set()).add(start)
        self._near = {slug: frozenset(others) for slug, others in near.items()}
        # folded text → (as it is written, the languages it is used in)
        self._written: dict[str, tuple[str, set[str]]] = {}
        for text, _slug, language in texts:
            self._written.setdefault(" ".join(phrase(text)), (text, set()))[1].add(language)
        # (folded text from some word on, False when that is its beginning, folded text)
        self._starts = sorted(
            (key[place:], place > 0, key)
            for key in self.lexicon.keys
            for place in (0, *(i + 1 for i, char in enumerate(key) if char == " "))
        )
        self._begun: dict[int, list[str]] = {}  # length → the beginnings of that many letters

    def linked(self, slug: str, relation: str) -> list[str]:
        """Where this topic's links of one relation end."""
        return self._from.get((slug, relation), [])

    def linking(self, slug: str, relation: str) -> list[str]:
        """Where links of one relation to this topic begin."""
        return self._to.get((slug, relation), [])

    def neighbours(self, slug: str) -> frozenset[str]:
        """Every topic linked to or from this one."""
        return self._near.get(slug, frozenset())

    def family(self, slug: str) -> list[str]:
        """The topic and everything below it, each parent before its children."""
        return [slug, *(below for child in self.children.get(slug, ()) for below in self.family(child))]

    def cards(self, slugs: Iterable[str]) -> tuple[TopicCard, ...]:
        """The cards of existing slugs, each once, in the order given."""
        return tuple(self.topics[slug] for slug in dict.fromkeys(slugs) if slug in self.topics)

    def starting_with(self, prefix: str, language: str) -> dict[str, str]:
        """{slug: the text that matched} for a folded prefix of any word.

        Beginnings before inner words, the page's language before the other, names before synonyms, short before long.
        """
        hits: dict[str, tuple[tuple[bool, bool, bool, int], str]] = {}
        for at in range(bisect_left(self._starts, (prefix,)), len(self._starts)):
            start, is_inner, key = self._starts[at]
            if not start.startswith(prefix):
                break
            slug = self.lexicon.keys[key]
            text, languages = self._written[key]
            card = self.topics[slug]
            rank = (is_inner, language not in languages, text not in (card.name, card.name_en), len(text))
            if slug not in hits or rank < hits[slug][0]:
                hits[slug] = (rank, text)
        return {slug: hits[slug][1] for slug in sorted(hits, key=lambda slug: hits[slug][0])}

    def starting_nearly_with(self, prefix: str, language: str) -> dict[str, str]:
        """The same with one slip in what is typed so far ('akipu'); {} for what is too short or too long to tell."""
        if not _SHORTEST_SLIPPED <= len(prefix) <= _LONGEST_SLIPPED:
            return {}
        for length in (len(prefix), len(prefix) + 1, len(prefix) - 1):
            starts = self._begun.get(length)
            if starts is None:
                starts = self._begun[length] = sorted({start[:length] for start, _inner, _key in self._starts})
            near = process.extract(prefix, starts, scorer=OSA.distance, score_cutoff=1, limit=_FEW_STARTS)
            same = [start for start, _slips, _at in near if start[0] == prefix[0]]
            if same:
                return {slug: text for start in same for slug, text in self.starting_with(start, language).items()}
        return {}


def name(topic: TopicCard, language: str = "da") -> str:
    """The topic's name in the page's language."""
    return topic.name_en if language == "en" else topic.name


def name_in_sentence(topic: TopicCard, language: str = "da") -> str:
    """The name as it stands inside a sentence: 'kryoterapi', but 'TENS' and 'Parkinsons sygdom'."""
    text = name(topic, language)
    is_capital_word = text[1:2].isupper() or text.startswith(_PROPER_NAMES)
    return text if is_capital_word else text[:1].lower() + text[1:]


def summary(topic: TopicCard, language: str = "da") -> str:
    """The topic's one sentence in the page's language."""
    return topic.summary_en if language == "en" else topic.summary
