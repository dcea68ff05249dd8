"""A sentence as written and as read: spaces and letters put right, each word still knowing where it stands."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass

from fysfinder.search.everyday import TRADE_WORDS
from fysfinder.search.spelling import correction, divided, is_joined
from fysfinder.topics.words import Word, split_words

MAX_CORRECTIONS = 6  # of a question; more is no sentence, and each costs half a millisecond
BEFORE_PLACES = frozenset(("i", "paa", "ved", "naer", "omkring", "til", "fra", "in", "near", "around", "at"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` and `read_words` are the same words in number and order: where each was written, and how it is read."""

    written: str
    words: list[Word]
    read: str
    read_words: list[Word]
    corrections: tuple[tuple[str, str], ...]  # (as written, as read)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where words first … end − 1 stand in the written text."""
        return self.words[first].start, self.words[end - 1].end

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """Which words a piece of the read sentence holds."""
        inside = [at for at, word in enumerate(self.read_words) if start <= word.start < end]
        return inside[0], inside[-1] + 1

    def as_written(self, places: Sequence[int]) -> str:
        """Some of the words in their own letters, a space between each two."""
        return " ".join(self.written[self.words[at].start : self.words[at].end].replace(" ", "") for at in places)

    def all_read(self, is_wanted: Callable[[str], bool]) -> list[str]:
        """The words, as read, whose folded form is wanted."""
        return [self.read[word.start : word.end] for word in self.read_words if is_wanted(word.folded)]


def read_sentence(text: str, written: Container[str] = ()) -> Sentence:
    """Slips in the spaces first, then those within words. written: folded words that texts have, so they are none."""
    words, corrections = [], []
    for run, pieces in _spaced(text, split_words(text)):
        words += pieces
        if len(pieces) > 1:
            corrections.append((run, " ".join(text[word.start : word.end] for word in pieces)))
        elif " " in run:
            corrections.append((run, run.replace(" ", "")))
    read, at = "", 0
    known: dict[tuple[str, bool], str] = {}  # a word said twice is looked up once
    for number, word in enumerate(words):
        gap = text[at : word.start]
        read += gap if gap or not at else " "
        asked = (word.folded, _stands_as_a_place(words, number))
        if asked not in known:
            known[asked] = (
                "" if len(corrections) >= MAX_CORRECTIONS else correction(word, may_be_place=asked[1], written=written)
            )
        right = known[asked]
        as_written = text[word.start : word.end]
        read += right or as_written.replace(" ", "")
        if right:
            corrections.append((as_written, right))
        at = word.end
    if not corrections:
        return Sentence(text, words, text, words, ())
    read += text[at:]
    return Sentence(text, words, read, split_words(read), tuple(corrections))


def _spaced(text: str, words: Sequence[Word]) -> Iterator[tuple[str, list[Word]]]:
    """What is written, and the words it is: 'ondti' is two, 'akupunk tur' is one."""
    at = 0
    while at < len(words):
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        run = text[word.start : word.end]
        if after and text[word.end : after.start] == " " and is_joined(word, after):
            yield text[word.start : after.end], [Word(word.start, after.end, word.folded + after.folded)]
            at += 2
            continue
        yield run, _pieces(word, divided(run, word.folded, is_last=after is None))
        at += 1


def _pieces(word: Word, lengths_and_words: Sequence[tuple[int, str]]) -> list[Word]:
    """The parts of a word, each (how many letters as written, folded), as words of their own."""
    found, start = [], word.start
    for length, folded in lengths_and_words:
        found.append(Word(start, start + length, folded))
        start += length
    return found or [word]


def _stands_as_a_place(words: Sequence[Word], at: int) -> bool:
    """First, last, after 'i' or 'på', or after the trade: in 'kan ikke mærke mine ben' nothing is misspelt Mørke."""
    before = words[at - 1].folded if at else ""
    return at in (0, len(words) - 1) or before in BEFORE_PLACES or before in TRADE_WORDS or before.isdigit()
