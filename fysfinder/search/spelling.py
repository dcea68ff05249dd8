"""Misspelt words of a question: which words are known, and what an unknown one was probably meant to be."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from fysfinder.base.danish import stem
from fysfinder.base.text import fold
from fysfinder.places.gazetteer import Gazetteer
from fysfinder.places.names import SHORTHAND, loose
from fysfinder.places.queries import gazetteer
from fysfinder.search.everyday import EVERYDAY_WORDS, TRADE_WORDS
from fysfinder.search.language import Vocabulary
from fysfinder.search.names import clinic_names
from fysfinder.search.typos import LONGEST, ONE_EDIT_FROM, Speller, edits_allowed, letters
from fysfinder.search.wishes import wish_words
from fysfinder.topics.queries import taxonomy
from fysfinder.topics.taxonomy import Taxonomy
from fysfinder.topics.words import Word, base_forms

_TOPIC, _WISH, _PLACE = 1.0, 0.9, 0.7
_SURELY = 0.7  # of a word put together from known words only the likeliest slips are corrected
_LIKELY = 1.9  # two letters that are nothing like those meant are another word: climbing is not clicking
_SHORTEST_PLACE = 4
_SHORT = 5  # letters
_LONGEST_ENDING = 2  # letters, of a form that is not known as a form
_SHORTEST_JOINED = 6
# Small words that fingers glue to their neighbours. Only 'i' before another: the rest begin words of their own.
_BEFORE, _AFTER = "i", ("i", "paa", "til", "med", "naer")
# Words of every question here; not names, so they are in no table.
_TRADE = """
    fys fysio fysioterapeut fysioterapeuten fysioterapeuter fysioterapi fysioterapien fysioterapeutisk klinik klinikken
    klinikker behandler behandlere behandling behandlinger terapeut physio physiotherapist physiotherapy fysiker
    kiropraktor osteopat massoer laege speciallaege sygehus hospital genoptraening traening oevelser smerter smerte ondt
    aarhusianer oem oemt stiv stivhed haevet haevelse skade skader
"""


@dataclass(frozen=True, slots=True)
class _Known:
    taxonomy: Taxonomy
    places: Gazetteer
    words: frozenset[str]
    loose_places: frozenset[str]
    asked: frozenset[str]  # the words of topics, wishes, the trade and places
    vocabulary: Vocabulary
    speller: Speller
    written: dict[str, str]  # names of places as they are spelt


_held: list[_Known] = []


def correction(word: Word, *, may_be_place: bool = True, written: Container[str] = ()) -> str:
    """What this word is most likely a slip of, spelt in Danish; '' when it is right or nothing is near.

    may_be_place: it stands where the name of a place stands. written: folded words of texts, right as they stand.
    """
    folded = word.folded
    known = _known()
    if not edits_allowed(folded) or not folded.isalpha() or folded in written or _is_right(folded, known):
        return ""
    split = known.vocabulary.parts(folded)
    for each in known.speller.corrections(folded, 1):
        if each.word in known.written and not may_be_place:
            continue
        most = _SURELY if split or _is_exchanged(folded, each.word) else _LIKELY
        is_sure_enough = each.cost <= most or stem(each.word) == folded  # 'tennisalbu'
        if is_sure_enough:
            return known.written.get(each.word) or letters(each.word)
    return ""


def _is_exchanged(typed: str, meant: str) -> bool:
    """Has a short word another letter in the place of one of its own? Then it is seldom a slip: 'helt' is not heat."""
    return len(letters(typed)) == len(letters(meant)) <= _SHORT


def is_joined(left: Word, right: Word) -> bool:
    """Are two words one that a slip parted: 'akupunk tur'? One of them is no word, and together they are."""
    known, whole = _known(), left.folded + right.folded
    if len(whole) < _SHORTEST_JOINED or not whole.isalpha() or not _is_asked(whole, known):
        return False
    return not (_is_right(left.folded, known) and _is_right(right.folded, known))


def divided(written: str, folded: str, *, is_last: bool) -> list[tuple[int, str]]:
    """The words that a slip wrote as one, each as (letters, folded): 'ondtiryggen', 'fysioterapeutaarhus'; else none.

    is_last: nothing follows it, so that no 'i' at its end waits for a place.
    """
    known = _known()
    if not folded.isalpha() or not edits_allowed(folded) or len(written) > LONGEST or _is_right(folded, known):
        return []
    cuts = [(cut, fold(written[:cut]), fold(written[cut:])) for cut in range(1, len(written))]
    for cut, left, right in cuts:
        is_small = left == _BEFORE or (right in _AFTER and not is_last)
        if is_small and _is_asked(right if left == _BEFORE else left, known):
            return [(cut, left), (len(written) - cut, right)]
        if TRADE_WORDS & {left, right} and _is_asked(left, known) and _is_asked(right, known):
            return [(cut, left), (len(written) - cut, right)]
    for cut, left, _right in cuts:
        if not _is_asked(left, known):
            continue
        for small in _AFTER:
            end = next((end for end, start, _ in cuts if end > cut and fold(written[cut:end]) == small), 0)
            if end and _is_asked(last := fold(written[end:]), known):
                return [(cut, left), (end - cut, small), (len(written) - end, last)]
    return []


def _is_asked(word: str, known: _Known) -> bool:
    return len(word) >= ONE_EDIT_FROM - 1 and any(form in known.asked for form in base_forms(word))


def compounds(left: str, right: str) -> list[str]:
    """The words of topics that two folded words make, in either order: 'mus', 'armen' → musearm."""
    return _known().vocabulary.compounds(left, right)


def is_known(word: str) -> bool:
    """Is the folded word right as it stands: a word of ours, an ordinary one, or in the name of a place or clinic?"""
    return _is_right(word, _known())


def _is_right(word: str, known: _Known) -> bool:
    if word in known.words or loose(word) in known.loose_places:
        return True
    if any(form in known.words for form in base_forms(word)):
        return True
    root = stem(word)
    if 0 < len(word) - len(root) <= _LONGEST_ENDING and root in known.vocabulary.stems:  # 'migrene' is no form of mig
        return True
    return is_in_a_clinic_name(word)


def is_in_a_clinic_name(word: str) -> bool:
    """Has some clinic this folded word in its name?"""
    return word in clinic_names().words


def _known() -> _Known:
    held = _held[0] if _held else None
    if held is None or held.taxonomy is not taxonomy() or held.places is not gazetteer():
        held = _learn(taxonomy(), gazetteer())
        _held[:] = [held]
    return held


@cache
def _ordinary_words() -> frozenset[str]:
    """Words that are no slips of ours, though they look it; folded."""
    lines = (settings.DATA_DIR / "words/ordinary.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def _learn(topics: Taxonomy, places: Gazetteer) -> _Known:
    weights: dict[str, float] = {}
    for word in _TRADE.split():
        weights[word] = _TOPIC
    for key in topics.lexicon.keys:
        for word in key.split():
            weights.setdefault(word, _TOPIC)
    vocabulary = Vocabulary()
    vocabulary.learn(list(weights), 1.0)
    for word in wish_words():
        weights.setdefault(word, _WISH)
    written = {fold(word): word for place in places.places.values() for word in place.name.split()}
    place_words = {part for word in written for part in word.split()}
    for word in place_words:
        if len(word) >= _SHORTEST_PLACE:
            weights.setdefault(word, _PLACE)
    words = frozenset(weights) | EVERYDAY_WORDS | _ordinary_words() | place_words | SHORTHAND.keys()
    loose_places = frozenset(loose(word) for word in place_words)
    asked = frozenset(weights)
    return _Known(topics, places, words, loose_places, asked, vocabulary, Speller(weights), written)
