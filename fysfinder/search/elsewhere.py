"""Whom people also look for and we do not have: dentists, chiropractors … and what physiotherapists help with nearest.

An honest answer says that they are not here before it shows what is. A plain 'læge' is nobody to look for: it is who
sent you.
"""

from __future__ import annotations

from collections.abc import Iterable

from fysfinder.topics.queries import TopicCard, taxonomy

# Folded beginnings of the words for a profession: topics that come nearest to what it is asked about.
_NEAREST = {
    "tandlaeg dentist tandplej": "kaebesmerter",
    "boernelaeg paediater pediatrician": "boernefysioterapi",
    "oejenlaeg hudlaeg oerelaeg oerenaesehals dyrlaeg optiker optician": "",
    "kiropraktor kiropraktik chiropractor": "manipulation manuel-terapi",
    "osteopat osteopath osteopati naprapat": "manuel-terapi mobilisering",
    "fodterapeut fodplej podiatrist": "indlaegssaaler fodsmerter",
    "psykolog psykiater psychologist psykoterapeut": "psykosomatisk-fysioterapi stress",
    "diaetist dietitian": "kostvejledning",
    "ergoterapeut": "haandterapi hjaelpemidler",
    "jordemoder midwife gynaekolog": "gynaekologisk-fysioterapi smerter-i-graviditeten",
    "reumatolog gigtlaeg": "gigt",
    "ortopaed kirurg surgeon": "genoptraening-efter-operation",
    "neurolog": "neurologisk-genoptraening",
    "logopaed talepaedagog apotek pharmacy frisoer skadestu vaccination": "",
}
_WORDS = {start: tuple(slugs.split()) for starts, slugs in _NEAREST.items() for start in starts.split()}
_ENDINGS = frozenset(("", "e", "en", "ens", "er", "eren", "erne", "ere", "ers", "es", "n", "ne", "r", "s", "st", "sts"))


def is_elsewhere(word: str) -> bool:
    """Does the folded word name somebody we do not have?"""
    return _start_of(word) != ""


def nearest_to(words: Iterable[str]) -> tuple[TopicCard, ...]:
    """What physiotherapists help with that comes nearest to the professions named."""
    return taxonomy().cards(slug for word in words for slug in _WORDS.get(_start_of(word), ()))


def _start_of(word: str) -> str:
    return next((start for start in _WORDS if word.startswith(start) and word[len(start) :] in _ENDINGS), "")
