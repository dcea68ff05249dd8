"""What a sentence in the search box asks for: topics, a place, and the words that were neither. By rules, no guessing.

Order of reading: phrases of the taxonomy first (longest first), then a place in what is left (the longest name, the
last one in the sentence). A word that is both, like 'hals' (neck, and a town), is a place only when another topic is
named and no other place is: 'kryoterapi i hals'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import one_line
from fysfinder.places.gazetteer import Place, Resolution
from fysfinder.places.queries import gazetteer
from fysfinder.topics.queries import TopicCard, find_in_text
from fysfinder.topics.words import Word, split_words

MAX_CHARS = 300
LONGEST_NAME = 4  # words: 'nykøbing f 4800 guldborgsund' is as long as it gets
SHORTEST_NAME = 2
# Words that carry no wish of their own here; what is left is looked for in names of clinics and articles.
_BEFORE_A_PLACE = "i paa ved naer omkring til fra in near around at"
_DANISH = """
    og eller med uden for mod af der som den det de en et jeg du min mit mine har er vil kan skal faa gerne hjaelp
    soeger find finde god bedste naermeste naerheden fys fysioterapeut fysioterapeuter fysioterapeuten fysioterapi
    klinik klinikker klinikken behandling behandler
"""
_ENGLISH = """
    and or with for the a my i have need want physio physiotherapist physiotherapists physiotherapy clinic clinics
    treatment
"""
_BEFORE_PLACES = frozenset(_BEFORE_A_PLACE.split())
_EMPTY = _BEFORE_PLACES | frozenset(_DANISH.split()) | frozenset(_ENGLISH.split())


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence, understood. With a name that several places carry, place is None and place_choices says which."""

    text: str
    place: Place | None
    place_choices: tuple[Place, ...]
    topics: tuple[TopicCard, ...]
    rest: str  # the words that are neither, as written


def understand(text: str) -> Question:
    """The question in a visitor's text, of which the first 300 characters are read. Never raises."""
    text = one_line(text, max_length=MAX_CHARS)
    words = split_words(text)
    found = find_in_text(text)
    free = [word for word in words if not any(start <= word.start < end for start, end, _ in found)]
    run, resolution = _place_in(text, free)
    if not run and len({card.slug for _, _, card in found}) > 1:
        start, end, _ = found[-1]
        run, resolution = _place_in(text, [word for word in words if start <= word.start < end])
        found = found[:-1] if run else found
    rest = [text[w.start : w.end] for w in free if w not in run and w.folded not in _EMPTY]
    return Question(
        text=text,
        place=resolution.place,
        place_choices=resolution.choices,
        topics=tuple(dict.fromkeys(card for _, _, card in found)),
        rest=" ".join(rest),
    )


def _place_in(text: str, words: list[Word]) -> tuple[list[Word], Resolution]:
    """The words of the longest, last place name and what it means; no words when there is none."""
    places = gazetteer()
    for run in _runs(text, words):
        if len(run) == 1 and (run[0].folded in _EMPTY or len(run[0].folded) < SHORTEST_NAME):
            continue
        resolution = places.named(text[run[0].start : run[-1].end])
        if resolution.place or resolution.choices:
            return run, resolution
    return [], Resolution()


def _runs(text: str, words: list[Word]) -> Iterator[list[Word]]:
    """Neighbouring words, longest runs first and the last of a length first; none begins with 'i' or 'på'."""
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            run = words[start : start + length]
            gaps = (text[left.end : right.start] for left, right in pairwise(run))
            if all(len(gap) <= 2 for gap in gaps) and (length == 1 or run[0].folded not in _BEFORE_PLACES):
                yield run
