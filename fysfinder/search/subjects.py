"""What a sentence is about: phrases of the taxonomy, compounds said in two words, a pain and where it sits.

A subject is (first word, word after the last, topic) of a sentence's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from fysfinder.base.danish import stem
from fysfinder.search.ages import age_group
from fysfinder.search.body_words import part_at_beginning, part_at_end
from fysfinder.search.elsewhere import is_elsewhere
from fysfinder.search.language import STOP_WORDS
from fysfinder.search.sentence import Sentence
from fysfinder.search.spelling import compounds, is_in_a_clinic_name
from fysfinder.search.topic_search import search_topics
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import (
    TopicCard,
    body_parts_of,
    conditions_for,
    descendants,
    find_in_text,
    get_topic,
    groups_for,
    resolve,
    with_ancestors,
)
from fysfinder.topics.words import Word

Subject = tuple[int, int, TopicCard]

# 'ondt i mit venstre knæ', 'min skulder er øm': where the pain sits may stand anywhere in the sentence.
_PAIN = """
    ondt ont smerte smerter smerten smerterne smertende smertefuld smertefuldt oem oemt oemme oemhed svie svier nas
    vaerker jager dunker pain pains painful hurt hurts hurting ache aches aching sore
"""
_PAIN_WORDS = frozenset(_PAIN.split())
# Ordinary words that tell of trouble where a part of the body is the rest: 'slået mig på skulderen', 'foden sover'.
_TROUBLES = """
    doev doed falder faldet giver haard knaekker laast laaser oemmer ramt slaaet slaar sover stiv stive stoedt svag
    svigter tung tunge tyk vred vrid vrider vredet hurts hit fell stiff swollen weak
"""
_TROUBLE = frozenset(_TROUBLES.split())
_AND = frozenset(("og", "samt", "eller", "and", "or"))
_BETWEEN = frozenset(("i", "paa", "af", "om", "ved", "med", "til"))  # 'brud på håndleddet', 'mus i armen'
_TOWARDS = frozenset(("over", "bag", "above", "behind"))
_OWN = frozenset(("mit", "min", "mine", "my", "sit", "sin", "sine", "the"))
_WHERE_OR_WHO = frozenset((Kind.BODY_PART.value, Kind.PATIENT_GROUP.value))
_EVERYWHERE = "hele-kroppen"
_YOUNG = frozenset(("boern", "spaedboern"))  # what they have in a place is seldom what their parents have there
_LONGEST_DESCRIPTION = 8  # words; more never are clearly one thing
_LONGEST_CHIP = 6  # words: a pain further from its place is not shown as one phrase with it


def subjects_of(sentence: Sentence) -> list[Subject]:
    """In the order of the text, never overlapping."""
    said = [(*sentence.word_range(start, end), card) for start, end, card in find_in_text(sentence.read)]
    for first, end, card in _compounds(sentence):
        if all(end <= start or after <= first or after - start == 1 for start, after, _card in said):
            said = [each for each in said if end <= each[0] or each[1] <= first]
            said.append((first, end, card))
    said += _unlisted_parts(sentence, {at for first, end, _card in said for at in range(first, end)})
    found = _with_pain(sentence, _without_directions(sentence, sorted(said, key=lambda subject: subject[0])))
    return _of_the_group(sentence, _of_the_part(found))


def _without_directions(sentence: Sentence, subjects: list[Subject]) -> list[Subject]:
    """'løfte armen over hovedet', 'nå bag ryggen': where a part of the body goes to is not where the trouble is."""
    words = [word.folded for word in sentence.read_words]

    def is_direction(subject: Subject) -> bool:
        first, _end, card = subject
        before = first - 2 if first and words[first - 1] in _OWN else first - 1
        return card.kind == Kind.BODY_PART and before >= 0 and words[before] in _TOWARDS

    return [each for each in subjects if not is_direction(each)] or subjects


def described(sentence: Sentence, left: Sequence[int], subjects: Sequence[Subject]) -> TopicCard | None:
    """The topic that the words left clearly describe without any of its phrases; never for a clinic's name.

    Beside a body part or a group of people only a condition: 'det knaser i knæet'.
    """
    words = [sentence.read_words[at].folded for at in left]
    if not 0 < len(words) <= _LONGEST_DESCRIPTION or not all(
        card.kind in _WHERE_OR_WHO for _first, _end, card in subjects
    ):
        return None
    if all(is_in_a_clinic_name(word) or is_elsewhere(word) for word in words):
        return None
    if not subjects and len(words) == 1 and (done := _done_in(words[0])):
        return done
    where = {at for first, end, _card in subjects for at in range(first, end)}
    asked = " ".join(sentence.read_words[at].folded for at in sorted({*left, *where}))
    named = {card.slug for _first, _end, card in subjects}
    hits = [hit for hit in search_topics(asked, len(named) + 1) if hit.topic.slug not in named]
    if not hits or not hits[0].is_clear:
        return None
    return hits[0].topic if not subjects or hits[0].topic.kind == Kind.CONDITION else None


def _done_in(verb: str) -> TopicCard | None:
    """'træne' is what is done in træning, 'strække' in strækning."""
    return next((card for ending in ("ing", "ning") if (card := resolve(stem(verb) + ending))), None)


def complained_of(sentence: Sentence, left: Sequence[int], subjects: list[Subject]) -> list[Subject]:
    """Where something is told of a part of the body that no rule reads ('mit knæ er smadret'), the trouble with it."""
    is_told = bool(left) or any(word.folded in _TROUBLE for word in sentence.read_words)
    if not is_told or any(card.kind not in _WHERE_OR_WHO for _first, _end, card in subjects):
        return subjects
    return [
        (first, end, (_pain_in(card.name) if card.kind == Kind.BODY_PART else None) or card)
        for first, end, card in subjects
    ]


def _unlisted_parts(sentence: Sentence, taken: set[int]) -> list[Subject]:
    """Compounds of the body that no list holds: 'svømmeskulder', 'fodbuen gør ondt', 'knæspecialist'."""
    words = sentence.read_words
    is_in_pain = any(word.folded in _PAIN_WORDS for word in words)
    found: list[Subject] = []
    for at, word in enumerate(words):
        if at in taken or word.folded in STOP_WORDS or is_elsewhere(word.folded) or is_in_a_clinic_name(word.folded):
            continue
        if ends := part_at_end(word.folded):
            found.append((at, at + 1, _pain_in(ends.name) or ends))
        elif begins := part_at_beginning(word.folded, is_in_pain=is_in_pain):
            found.append((at, at + 1, begins))
    return found


def _of_the_part(subjects: list[Subject]) -> list[Subject]:
    """'gigt i fingrene', 'brud på håndleddet': an illness of the whole body, and the kind of it that sits there."""
    for part in subjects:
        for whole in subjects:
            if part[2].kind != Kind.BODY_PART or whole[2].kind != Kind.CONDITION:
                continue
            near = {*with_ancestors(part[2].slug)}
            kinds = [
                card
                for card in descendants(whole[2].slug)
                if near.intersection(place.slug for place in body_parts_of(card.slug))
            ]
            if kinds and all(place.slug == _EVERYWHERE for place in body_parts_of(whole[2].slug)):
                kinds.sort(key=lambda card: part[2] not in body_parts_of(card.slug))
                rest = [each for each in subjects if each is not part and each is not whole]
                return sorted(
                    [*rest, (min(part[0], whole[0]), max(part[1], whole[1]), kinds[0])], key=lambda each: each[0]
                )
    return subjects


def _of_the_group(sentence: Sentence, subjects: list[Subject]) -> list[Subject]:
    """A child's heel that hurts is the child's illness of the heel; an age alone says whose body it is."""
    group = next((each for each in subjects if each[2].kind == Kind.PATIENT_GROUP), None)
    aged = age_group(sentence.read_words) if group is None else None
    slug = group[2].slug if group else aged[2] if aged else ""
    if not slug:
        return subjects
    words = sentence.read_words
    found = [
        (first, end, _the_groups_own(card, slug, words[first:end]) if _is_pain(words[first:end]) else card)
        for first, end, card in subjects
    ]
    card = get_topic(slug)
    if aged and card and not any(each.kind not in _WHERE_OR_WHO for _first, _end, each in found):
        found = sorted([*found, (aged[0], aged[1], card)], key=lambda each: each[0])
    return found


def _is_pain(words: Sequence[Word]) -> bool:
    return any(word.folded in _PAIN_WORDS for word in words)


def _the_groups_own(card: TopicCard, group: str, words: Sequence[Word]) -> TopicCard:
    """The one condition of the group in the same place as this one, which has no kinds of its own."""
    if card.kind != Kind.CONDITION or group not in _YOUNG or descendants(card.slug):
        return card
    if any(each.slug == group for each in groups_for(card.slug)):
        return card
    said = [part for word in words if (part := resolve(word.folded)) and part.kind == Kind.BODY_PART]
    own = {
        each.slug: each
        for place in said or body_parts_of(card.slug)
        for each in conditions_for(place.slug)
        if place in body_parts_of(each.slug) and any(of.slug == group for of in groups_for(each.slug))
    }
    return next(iter(own.values())) if len(own) == 1 else card


def _compounds(sentence: Sentence) -> Iterator[Subject]:
    """Two words, a small one between them or none, that make a word of the taxonomy in either order."""
    words = [
        (at, word.folded)
        for at, word in enumerate(sentence.read_words)
        if word.folded not in STOP_WORDS and word.folded not in _BETWEEN
    ]
    for (first, left), (last, right) in pairwise(words):
        if all(word.folded in _BETWEEN for word in sentence.read_words[first + 1 : last]):
            for whole in compounds(left, right):
                if card := resolve(whole):
                    yield first, last + 1, card
                    break


def _with_pain(sentence: Sentence, subjects: list[Subject]) -> list[Subject]:
    """A body part becomes the pain in it, when a pain is told that belongs to nothing else."""
    words = sentence.read_words
    taken = {at for first, end, _card in subjects for at in range(first, end)}
    pain = next((at for at, word in enumerate(words) if word.folded in _PAIN_WORDS and at not in taken), None)
    found: list[Subject] = []
    for first, end, card in subjects:
        hurts = pain is not None or _goes_on(sentence, first, found)
        said = " ".join(word.folded for word in words[first:end])
        told = (_pain_in(said) or _pain_in(card.name)) if hurts else None
        if card.kind != Kind.BODY_PART or told is None:
            found.append((first, end, card))
            continue
        start, after = (min(first, pain), max(end, pain + 1)) if pain is not None else (first, end)
        is_near = after - start <= _LONGEST_CHIP and not taken & ({*range(start, after)} - {*range(first, end)})
        found.append((start, after, told) if is_near else (first, end, told))
        taken |= {*range(start, after)} if is_near else set()
    return found


def _goes_on(sentence: Sentence, first: int, before: Sequence[Subject]) -> bool:
    """'ondt i knæet og hoften': joined by 'og' to a pain."""
    if first < 2 or sentence.read_words[first - 1].folded not in _AND or not before or before[-1][1] != first - 1:
        return False
    start, end, _card = before[-1]
    return any(word.folded in _PAIN_WORDS for word in sentence.read_words[start:end])


def _pain_in(part: str) -> TopicCard | None:
    found = resolve(f"ondt i {part}")
    return found if found and found.kind == Kind.CONDITION else None
