"""Whom an age in a sentence speaks of: 'min mor på 82', 'dreng på 12', 'jeg er 79', '9 måneder', 'a 5 year old'."""

from __future__ import annotations

from collections.abc import Sequence

from fysfinder.topics.words import Word

BABIES, CHILDREN, YOUNG, OLD = "spaedboern", "boern", "unge", "aeldre"
_BABIES_UNTIL, _CHILDREN_UNTIL, _YOUNG_UNTIL, _OLD_FROM, _OLDEST = 2, 13, 18, 65, 110

_YEARS = frozenset(("aar", "aarig", "aarige", "aars", "year", "years", "yr", "yrs", "yo"))
_MONTHS = frozenset(("maaned", "maaneder", "mdr", "md", "uger", "month", "months", "weeks"))
_OLD_WORDS = frozenset(("gammel", "gamle", "gammelt", "old"))
_IS = frozenset(("er", "am", "is", "s", "m", "im", "fylder", "bliver", "turned", "aged", "alder"))
_PERSON_WORDS = """
    baby barn barnet boy child dad dame datter daughter dreng far farfar farmor father girl han he hun hustru i jeg kone
    kvinde mand mom morfar mormor mor mother mum pige she soen son spaedbarn svigerfar svigermor teenager
"""
_PERSONS = frozenset(_PERSON_WORDS.split())
# 'jeg er 100 meter væk', 'jeg er 82 kg': what is counted is no age.
_COUNTED_WORDS = """
    cm dage gange hours kg kilometer kl km kr kroner m meter min minutes minutter pct personer procent stk timer uger
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())


def age_group(words: Sequence[Word]) -> tuple[int, int, str] | None:
    """(first word, word after the last, slug of the patient group) of the first age told; None for adults."""
    for at, word in enumerate(words):
        if not word.folded.isdigit() or len(word.folded) > 3:
            continue
        unit = _at(words, at + 1)
        has_unit = unit in _YEARS or unit in _MONTHS
        if not _is_age(words, at, has_unit=has_unit):
            continue
        if slug := _group(0 if unit in _MONTHS else int(word.folded)):
            end = at + 1 + has_unit
            return at, end + (_at(words, end) in _OLD_WORDS), slug
    return None


def _is_age(words: Sequence[Word], at: int, *, has_unit: bool) -> bool:
    """Is the number said of a person, and not of how long or how far?"""
    before, earlier, after = _at(words, at - 1), _at(words, at - 2), _at(words, at + 1)
    if has_unit:
        is_told = before in _IS or before in _PERSONS or (before == "paa" and earlier in _PERSONS)
        return is_told or after.startswith("aarig") or _at(words, at + 2) in _OLD_WORDS
    return earlier in _PERSONS and (before in _IS or before == "paa") and after not in _COUNTED


def _group(years: int) -> str:
    if years < _BABIES_UNTIL:
        return BABIES
    if years < _CHILDREN_UNTIL:
        return CHILDREN
    if years < _YOUNG_UNTIL:
        return YOUNG
    return OLD if _OLD_FROM <= years <= _OLDEST else ""


def _at(words: Sequence[Word], at: int) -> str:
    return words[at].folded if 0 <= at < len(words) else ""
