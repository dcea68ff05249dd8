"""Reads of the topics app: the whole taxonomy is held in memory, because it is small and every page asks it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from fysfinder.base.text import fold
from fysfinder.topics.models import Kind, Relation, Synonym, Topic, TopicLink
from fysfinder.topics.words import Lexicon

_CLOSE_ENOUGH = 72  # of 100; below this a guess is noise
_LONGEST_GUESS = 80  # characters of a text that is guessed at
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
        self, cards: list[TopicCard], synonyms: list[tuple[str, str]], links: list[tuple[str, str, str]]
    ) -> None:
        """synonyms: (text, slug); links: (from slug, to slug, relation)."""
        self.topics = {card.slug: card for card in cards}
        self.by_id = {card.id: card for card in cards}
        names = [(text, card.slug) for card in cards for text in (card.name, card.name_en, card.slug)]
        self.lexicon = Lexicon([*names, *synonyms])
        self.children: dict[str, list[str]] = {}
        for card in cards:
            self.children.setdefault(card.parent, []).append(card.slug)
        self._from: dict[tuple[str, str], list[str]] = {}
        self._to: dict[tuple[str, str], list[str]] = {}
        for start, end, relation in links:
            self._from.setdefault((start, relation), []).append(end)
            self._to.setdefault((end, relation), []).append(start)
        shown = {fold(text): text for text, _slug in (*synonyms, *names)}
        # (folded text from some word on, 0 when that is its beginning, folded text)
        self._starts = sorted(
            (key[place:], 0 if place == 0 else 1, key)
            for key in self.lexicon.keys
            for place in (0, *(i + 1 for i, char in enumerate(key) if char == " "))
        )
        self._shown = shown

    def linked(self, slug: str, relation: str) -> list[str]:
        """Where this topic's links of one relation end."""
        return self._from.get((slug, relation), [])

    def linking(self, slug: str, relation: str) -> list[str]:
        """Where links of one relation to this topic begin."""
        return self._to.get((slug, relation), [])

    def family(self, slug: str) -> list[str]:
        """The topic and everything below it, each parent before its children."""
        return [slug, *(below for child in self.children.get(slug, ()) for below in self.family(child))]

    def cards(self, slugs: Iterable[str]) -> tuple[TopicCard, ...]:
        """The cards of existing slugs, each once, in the order given."""
        return tuple(self.topics[slug] for slug in dict.fromkeys(slugs) if slug in self.topics)

    def starting_with(self, prefix: str) -> dict[str, str]:
        """{slug: the text that matched} for a folded prefix of any word; beginnings of names first."""
        hits: dict[str, tuple[tuple[int, int, int], str]] = {}
        for start, is_inner, key in self._starts[bisect_left(self._starts, (prefix,)) :]:
            if not start.startswith(prefix):
                break
            slug = self.lexicon.keys[key]
            card = self.topics[slug]
            rank = (is_inner, 0 if key in (fold(card.name), fold(card.name_en)) else 1, len(key))
            if slug not in hits or rank < hits[slug][0]:
                hits[slug] = (rank, self._shown.get(key, card.name))
        ordered = sorted(hits, key=lambda slug: (hits[slug][0][:2], self.topics[slug].position))
        return {slug: hits[slug][1] for slug in ordered}


_held: list[Taxonomy] = []


def taxonomy() -> Taxonomy:
    """The process's taxonomy, read with three queries on first use."""
    if not _held:
        _held.append(_read_taxonomy())
    return _held[0]


def forget_taxonomy() -> None:
    """Read the tables again on next use. load_topics calls it; other processes follow when they restart."""
    _held.clear()
    _related_slugs.cache_clear()


def _read_taxonomy() -> Taxonomy:
    cards = [
        TopicCard(
            id=topic.pk,
            slug=topic.slug,
            kind=topic.kind,
            name=topic.name_da,
            name_en=topic.name_en,
            summary=topic.summary_da,
            summary_en=topic.summary_en,
            parent=topic.parent.slug if topic.parent else "",
            position=topic.position,
        )
        for topic in Topic.objects.select_related("parent")
    ]
    synonyms = list(Synonym.objects.order_by("pk").values_list("text", "topic__slug"))
    links = list(TopicLink.objects.order_by("pk").values_list("from_topic__slug", "to_topic__slug", "relation"))
    return Taxonomy(cards, synonyms, links)


def get_topic(slug: str) -> TopicCard | None:
    """The topic with this slug."""
    return taxonomy().topics.get(slug)


def topics_of_kind(kind: str) -> tuple[TopicCard, ...]:
    """All topics of one kind in the order of the data file."""
    return tuple(card for card in taxonomy().topics.values() if card.kind == kind)


def resolve(text: str) -> TopicCard | None:
    """The topic the whole text names: its slug, a name, a synonym or an everyday phrase, also a little inflected."""
    held = taxonomy()
    return held.topics.get(text) or held.topics.get(held.lexicon.whole(text) or "")


def find_in_text(text: str) -> list[tuple[int, int, TopicCard]]:
    """(start, end, topic) for each phrase of ours in the text, longest first, in order, never overlapping."""
    held = taxonomy()
    return [(start, end, held.topics[slug]) for start, end, slug in held.lexicon.find(text)]


def descendants(slug: str) -> tuple[TopicCard, ...]:
    """The topics below this one, not itself."""
    held = taxonomy()
    return held.cards(held.family(slug)[1:])


def treatments_for(slug: str) -> tuple[TopicCard, ...]:
    """Treatments and programmes commonly offered for a condition, a body part or a patient group.

    For a condition in the order of the data file; for the other two the most often linked first.
    """
    held = taxonomy()
    card = held.topics.get(slug)
    if card is None:
        return ()
    if card.kind == Kind.CONDITION:
        return held.cards(held.linking(slug, Relation.TREATS))
    own = [each for each in held.linking(slug, Relation.FOR_GROUP) if held.topics[each].kind != Kind.CONDITION]
    conditions = conditions_for(slug)
    counts = Counter(each for condition in conditions for each in held.linking(condition.slug, Relation.TREATS))
    return held.cards([*own, *(each for each, _count in counts.most_common())])


def conditions_for(slug: str) -> tuple[TopicCard, ...]:
    """Conditions a treatment is commonly offered for, that sit in a body part, or that a patient group has.

    Topics below the given one count too.
    """
    held = taxonomy()
    card = held.topics.get(slug)
    if card is None:
        return ()
    family = held.family(slug)
    if card.kind in (Kind.TREATMENT, Kind.PROGRAMME):
        return held.cards(end for each in family for end in held.linked(each, Relation.TREATS))
    relation = Relation.LOCATED_IN if card.kind == Kind.BODY_PART else Relation.FOR_GROUP
    found = held.cards(start for each in family for start in held.linking(each, relation))
    return tuple(each for each in found if each.kind == Kind.CONDITION)


def body_parts_of(slug: str) -> tuple[TopicCard, ...]:
    """Where a condition sits."""
    held = taxonomy()
    return held.cards(held.linked(slug, Relation.LOCATED_IN))


def groups_for(slug: str) -> tuple[TopicCard, ...]:
    """The patient groups a condition, treatment or programme concerns most."""
    held = taxonomy()
    return held.cards(held.linked(slug, Relation.FOR_GROUP))


def related(slug: str, limit: int = 6) -> tuple[TopicCard, ...]:
    """Topics of the same kind that stand nearest in the graph, nearest first."""
    return taxonomy().cards(_related_slugs(slug)[:limit])


@lru_cache(maxsize=1_024)
def _related_slugs(slug: str) -> tuple[str, ...]:
    held = taxonomy()
    card = held.topics.get(slug)
    if card is None:
        return ()
    scores: Counter[str] = Counter()
    # Parent, children and siblings weigh as much as two shared links.
    for near in (
        card.parent,
        *held.children.get(slug, ()),
        *(held.children.get(card.parent, ()) if card.parent else ()),
    ):
        scores[near] += 2
    for relation in Relation.values:
        for end in held.linked(slug, relation):
            scores.update(held.linking(end, relation))
        for start in held.linking(slug, relation):
            scores.update(held.linked(start, relation))
    same = [each for each in scores if each != slug and each in held.topics and held.topics[each].kind == card.kind]
    return tuple(sorted(same, key=lambda each: (-scores[each], held.topics[each].position)))


def nearest_slugs(text: str, n: int = 5) -> list[str]:
    """The slugs whose names or synonyms are spelled most like the text, best first; empty when nothing is close."""
    keys = taxonomy().lexicon.keys
    wanted = fold(text[:_LONGEST_GUESS])
    if len(wanted) < 2:
        return []
    hits = process.extract(
        wanted, list(keys), scorer=fuzz.ratio, processor=None, limit=n * 6, score_cutoff=_CLOSE_ENOUGH
    )
    return list(dict.fromkeys(keys[key] for key, _score, _place in hits))[:n]


def suggest(prefix: str, limit: int = 6) -> list[TopicSuggestion]:
    """Topics for what has been typed so far: words that begin so, else the nearest spellings."""
    held = taxonomy()
    wanted = fold(prefix[:_LONGEST_GUESS])
    if not wanted:
        return []
    found = held.starting_with(wanted)
    if not found and (topic := resolve(prefix)):
        found = {topic.slug: topic.name}
    if not found and len(wanted) >= 4:
        found = {slug: held.topics[slug].name for slug in nearest_slugs(prefix, limit)}
    return [TopicSuggestion(held.topics[slug], text) for slug, text in list(found.items())[:limit]]


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
