"""Words of the body that no list holds: 'svømmeskulder' and 'cykelknæ' end in a part of it, 'fodbuen' begins with one.

The parts are those of the taxonomy, in any form. What the taxonomy names itself ('tennisalbue') never comes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fysfinder.base.danish import stem
from fysfinder.search.everyday import EVERYDAY_WORDS
from fysfinder.topics.models import Kind
from fysfinder.topics.queries import TopicCard, taxonomy
from fysfinder.topics.taxonomy import Taxonomy

_SHORTEST_BEFORE, _SHORTEST_AFTER, _SHORTEST_PART = 3, 3, 3
_PARTICLE_WORDS = "an bag efter for fore frem gennem ind mod ned op over til tilbage under"
# 'tillæg' and 'forhånd' are no parts of the body.
_PARTICLES = tuple(_PARTICLE_WORDS.split())
# Ends of words that begin with a part and speak of it: 'knæspecialist', 'rygbehandler', 'skulderproblemer'.
_ABOUT_WORDS = """
    specialist ekspert fysioterapeut fysioterapi fys terapeut behandl klinik problem oevels traening skad operation
    gener besvaer skavank undersoegels massage bandag stoett
"""
_ABOUT_IT = tuple(_ABOUT_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Parts:
    whole: dict[str, str]  # as written, folded → slug
    stems: dict[str, str]


def part_at_end(word: str) -> TopicCard | None:
    """The part of the body that an unknown folded compound ends in: 'badmintonalbue' → albue."""
    if word in EVERYDAY_WORDS or not word.isalpha():
        return None
    held, whole = taxonomy(), stem(word)
    stems = _parts(held).stems
    for at in range(_SHORTEST_BEFORE, len(whole) - _SHORTEST_PART + 1):
        slug = stems.get(whole[at:])
        if slug and not whole[:at].endswith(_PARTICLES):
            return held.topics[slug]
    return None


def part_at_beginning(word: str, *, is_in_pain: bool) -> TopicCard | None:
    """The part an unknown folded compound begins with; unless a pain is told only before words like 'specialist'."""
    if word in EVERYDAY_WORDS or not word.isalpha():
        return None
    held = taxonomy()
    parts = _parts(held).whole
    for at in range(len(word) - _SHORTEST_AFTER, _SHORTEST_PART - 1, -1):
        slug = parts.get(word[:at])
        if slug and (is_in_pain or word[at:].startswith(_ABOUT_IT)):
            return held.topics[slug]
    return None


@lru_cache(maxsize=1)
def _parts(held: Taxonomy) -> _Parts:
    whole = {
        key: slug
        for key, slug in held.lexicon.keys.items()
        if held.topics[slug].kind == Kind.BODY_PART and len(key) >= _SHORTEST_PART and held.lexicon.is_danish(key)
    }
    return _Parts(whole, {stem(key): slug for key, slug in whole.items()})
