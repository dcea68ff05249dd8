"""Reads of the topics app: the whole taxonomy is held in memory, because it is small and every page asks it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from fysfinder.base.text import fold
from fysfinder.topics.models import Kind, Relation, Synonym, Topic, TopicLink
from fysfinder.topics.taxonomy import Taxonomy, TopicCard, TopicSuggestion, name, name_in_sentence, summary

__all__ = [
    "Taxonomy",
    "TopicCard",
    "TopicSuggestion",
    "body_parts_of",
    "conditions_for",
    "counted_as",
    "descendants",
    "find_in_text",
    "forget_taxonomy",
    "get_topic",
    "groups_for",
    "name",
    "name_in_sentence",
    "nearest_slugs",
    "related",
    "resolve",
    "suggest",
    "summary",
    "taxonomy",
    "topics_of_kind",
    "treatments_for",
]

_OFFERED = (Kind.TREATMENT, Kind.PROGRAMME)  # what a clinic does; the other kinds are what a visitor has or is
_CLOSE_ENOUGH = 72  # of 100; below this a guess is noise
_NEARLY_AS_CLOSE = 10  # points behind the best guess that are still worth showing
_LONGEST_GUESS = 80  # characters of a text that is guessed at

_held: list[Taxonomy] = []


def taxonomy() -> Taxonomy:
    """The process's taxonomy, read with three queries on first use."""
    if not _held:
        _held.append(_read_taxonomy())
    return _held[0]


def forget_taxonomy() -> None:
    """Read the tables again on next use. load_topics calls it; other processes follow the change."""
    _held.clear()
    _related_slugs.cache_clear()
    counted_as.cache_clear()


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
    synonyms = list(Synonym.objects.order_by("pk").values_list("text", "topic__slug", "language"))
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


@lru_cache(maxsize=1000)
def counted_as(slug: str) -> tuple[TopicCard, ...]:
    """The topics that count as this one where a clinic offers them: those below it, and what sits in a body part."""
    held = taxonomy()
    card = held.topics.get(slug)
    here = conditions_for(slug) if card and card.kind == Kind.BODY_PART else ()
    return tuple(dict.fromkeys([*descendants(slug), *here, *(each for at in here for each in descendants(at.slug))]))


def with_ancestors(slug: str) -> tuple[str, ...]:
    """The topic's slug and those of everything it is a kind or a part of, nearest first."""
    found = [slug]
    while (card := taxonomy().topics.get(found[-1])) and card.parent and card.parent not in found:
        found.append(card.parent)
    return tuple(found)


def treatments_for(slug: str) -> tuple[TopicCard, ...]:
    """Treatments and programmes commonly offered for a condition, a body part or a patient group.

    For a condition in the order of the data file; for the other two the most often linked first.
    """
    held = taxonomy()
    card = held.topics.get(slug)
    if card is None or card.kind in _OFFERED:
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
    if card.kind in _OFFERED:
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
    """Topics of the same kind that stand nearest in the graph, nearest first (treatments and programmes are one)."""
    return taxonomy().cards(_related_slugs(slug)[:limit])


@lru_cache(maxsize=1_024)
def _related_slugs(slug: str) -> tuple[str, ...]:
    held = taxonomy()
    card = held.topics.get(slug)
    if card is None:
        return ()
    own = held.neighbours(slug)
    family = {card.parent, *held.children.get(slug, ()), *(held.children.get(card.parent, ()) if card.parent else ())}
    scores: dict[str, float] = {}
    for other in held.topics.values():
        is_same = other.kind == card.kind or (other.kind in _OFFERED and card.kind in _OFFERED)
        theirs = held.neighbours(other.slug)
        # Cosine of the two sets of linked topics, and a whole point for parent, children and siblings.
        score = len(own & theirs) / (len(own) * len(theirs)) ** 0.5 if own & theirs else 0.0
        score += other.slug in family
        if is_same and score and other.slug != slug:
            scores[other.slug] = score
    return tuple(sorted(scores, key=lambda each: (-scores[each], held.topics[each].position)))


def nearest_slugs(text: str, n: int = 5) -> list[str]:
    """The slugs whose names or synonyms are spelled most like the text, best first; empty when nothing is close."""
    keys = taxonomy().lexicon.keys
    wanted = fold(text[:_LONGEST_GUESS])
    if len(wanted) < 2:
        return []
    hits = taxonomy().spellings.nearest(wanted, limit=n * 6, at_least=_CLOSE_ENOUGH)
    near = [keys[key] for key, score in hits if score > hits[0][1] - _NEARLY_AS_CLOSE]
    return list(dict.fromkeys(near))[:n]


def suggest(prefix: str, limit: int = 6, language: str = "da") -> list[TopicSuggestion]:
    """Topics for what has been typed so far: words that begin so, else the nearest spellings."""
    held = taxonomy()
    wanted = fold(prefix[:_LONGEST_GUESS])
    if not wanted:
        return []
    found = held.starting_with(wanted, language)
    if not found and (topic := resolve(prefix)):
        found = {topic.slug: name(topic, language)}
    if not found:
        found = held.starting_nearly_with(wanted, language)
    if not found and len(wanted) >= 4:
        found = {slug: name(held.topics[slug], language) for slug in nearest_slugs(prefix, limit)}
    return [TopicSuggestion(held.topics[slug], text) for slug, text in list(found.items())[:limit]]
