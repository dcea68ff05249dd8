"""How a visitor's words become topics: longest phrase first, a little Danish inflection, split compounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from fysfinder.base.danish import stem
from fysfinder.base.text import fold_word

MAX_TEXT = 2_000  # characters read from one text
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("erne", "ene", "rne", "en", "et", "er", "ne", "n", "t", "r", "e")
_SHORTEST_ROOT = 3
_SHORTEST_COMPOUND = 6
_QUALITY, _SHORTEST_QUALITY = "hed", 6  # 'knogleskør' for knogleskørhed, 'svimmel' for svimmelhed
_LONGEST_SPLIT = 3  # "knæ skade smerter": a compound written as up to three words
# Ordinary words that would lose an ending and become another word: læge (doctor) is not læg (calf), Ribe is a town.
_NEVER_INFLECTED = frozenset(
    [
        *("laege", "laegen", "laegens", "laeger", "laegerne", "laegge", "laegger", "laegges"),
        *("kraefter", "kraefterne", "ryge", "ryger", "ryget", "rygerne", "ribe", "balle", "kolt", "taars"),
    ]
)
# "ondt i knæet" is written once in the data; people also say it like this.
_PAIN = "ondt i "
# What people put inside a phrase without changing it: 'ondt i mit venstre knæ', 'falder bare hele tiden'.
_FILLER_WORDS = """
    altid bare begge bloody both constantly ene faktisk fandme for fucking helt hans hendes her his hoejre jo just kun
    left lidt lige meget min mine mit my nu ogsaa our really ret rigtig right saa simpelthen sindssygt slet stadig super
    still their the total usually venstre very vildt virkelig vores
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
# 'ondt på hælen', 'revnet under fødslen': which small word says where matters little inside a phrase.
_WHERE = frozenset(("i", "paa", "ved", "under", "af", "ad", "fra", "om", "omkring", "in", "on", "at", "of", "around"))
_ANYWHERE = "i"
# 'falder tit' stands once in the data; these say the same.
_OFTEN = "tit"
_ALSO_OFTEN = ("ofte", "altid", "jaevnligt", "konstant", "let", "nemt", "hele tiden", "igen og igen", "mange gange")
_ALSO_PAIN = ("smerter i ", "smerte i ", "ont i ", "oem i ", "problemer med ", "problemer i ")


class Word(NamedTuple):
    """One word of a text: its place in the text and its folded form."""

    start: int
    end: int
    folded: str


@dataclass(slots=True)
class _Node:
    slug: str = ""
    children: dict[str, _Node] = field(default_factory=dict)


def split_words(text: str) -> list[Word]:
    """The words of the text's first MAX_TEXT characters; what has no letter or digit is left out."""
    found = (Word(match.start(), match.end(), fold_word(match.group())) for match in _WORD.finditer(text[:MAX_TEXT]))
    return [word for word in found if word.folded]


def phrase(text: str) -> tuple[str, ...]:
    """The folded words of a name or a synonym."""
    return tuple(word.folded for word in split_words(text))


@lru_cache(maxsize=8_192)
def base_forms(word: str) -> tuple[str, ...]:
    """The word and what it may be an inflection of: 'ryggens' → ryggens, ryggen, rygg, ryg …"""
    if word in _NEVER_INFLECTED:
        return (word,)
    forms = [word]
    if word.endswith("s") and len(word) > _SHORTEST_ROOT:
        forms.append(word[:-1])
    for whole in tuple(forms):
        for ending in _ENDINGS:
            root = whole.removesuffix(ending)
            if root != whole and len(root) >= _SHORTEST_ROOT:
                forms.extend(_undoubled(root))
    return tuple(dict.fromkeys(forms))


def _undoubled(root: str) -> list[str]:
    """'rygg' → rygg, ryg."""
    is_doubled = len(root) > _SHORTEST_ROOT and root[-1] == root[-2] and root[-1] not in "aeiouy"
    return [root, root[:-1]] if is_doubled else [root]


@lru_cache(maxsize=8_192)
def _ways_in(word: str) -> tuple[str, ...]:
    """What a word may be in a phrase: itself, its stem, any word for where."""
    return tuple(dict.fromkeys((word, stem(word), *((_ANYWHERE,) if word in _WHERE else ()))))


class Lexicon:
    """All names, synonyms and everyday phrases, and the slug each belongs to."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """entries: (text, slug, language), a slug's most important text first; the first owner of a text keeps it."""
        self._singles: dict[str, str] = {}
        self._danish: set[str] = set()  # only these take Danish endings: skulle (should) is not an English skull
        self._root = _Node()
        self.keys: dict[str, str] = {}  # folded text → slug, in the order given
        pairs: list[tuple[tuple[str, ...], str]] = []
        for text, slug, language in entries:
            words = phrase(text)
            if not words or "".join(words).isdigit():
                continue
            pairs.append((words, slug))
            if language == "da":
                self._danish.add("".join(words))
            self.keys.setdefault(" ".join(words), slug)
            self._singles.setdefault("".join(words), slug)
            self._add(words, slug)
            quality = words[0].removesuffix(_QUALITY) if language == "da" and len(words) == 1 else ""
            if quality != words[0] and len(quality) >= _SHORTEST_QUALITY:
                self._singles.setdefault(quality, slug)
                self._danish.add(quality)
        for words, slug in pairs:
            for variant in self._variants(words):
                self._add(variant, slug)
        self._sorted_singles = sorted(self._singles)

    def is_danish(self, word: str) -> bool:
        """Is the folded word a Danish name or synonym, written as one?"""
        return word in self._danish

    def _add(self, words: tuple[str, ...], slug: str) -> None:
        if len(words) < 2:
            return
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.slug = node.slug or slug

    @staticmethod
    def _variants(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        stems = tuple(stem(word) for word in words)
        yield stems
        yield tuple(_ANYWHERE if word in _WHERE else stem(word) for word in words if word not in _FILLERS)
        text = " ".join(words)
        if text.startswith(_PAIN):
            for start in _ALSO_PAIN:
                yield tuple(stem(word) for word in (*start.split(), *words[2:]))
        if _OFTEN in words:
            at = words.index(_OFTEN)
            for often in _ALSO_OFTEN:
                yield tuple(stem(word) for word in (*words[:at], *often.split(), *words[at + 1 :]))

    def whole(self, text: str) -> str | None:
        """The slug the whole text names, or None."""
        words = split_words(text)
        if not words:
            return None
        folded = " ".join(word.folded for word in words)
        if folded in self.keys:
            return self.keys[folded]
        return dict(self._matches_at(words, 0)).get(len(words))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, slug) of each phrase in the text, longest first at each place, never overlapping."""
        words = split_words(text)
        place = 0
        while place < len(words):
            longest = max(self._matches_at(words, place), default=None, key=lambda match: match[0])
            if longest is None:
                place += 1
                continue
            end, slug = longest
            yield words[place].start, words[end - 1].end, slug
            place = end

    def _matches_at(self, words: list[Word], place: int) -> list[tuple[int, str]]:
        """(index after the last word, slug) of every phrase that begins at this word; phrases before compounds."""
        found: list[tuple[int, str]] = []
        nodes = [self._root]
        for index in range(place, len(words)):
            variants = _ways_in(words[index].folded)
            further = [node.children[form] for node in nodes for form in variants if form in node.children]
            if not further and index > place and words[index].folded in _FILLERS:
                continue
            nodes = further
            if not nodes:
                break
            found.extend((index + 1, node.slug) for node in nodes if node.slug)
        head = ""
        for index in range(place, min(place + _LONGEST_SPLIT, len(words))):
            if index > place and words[index].start - words[index - 1].end > 1:
                break  # more than a space or a hyphen between them: not one compound
            if not self._begins(head + words[index].folded[:_SHORTEST_ROOT]):
                break
            forms = [head + form for form in base_forms(words[index].folded)]
            head = forms[0]
            if index == place or len(head) >= _SHORTEST_COMPOUND:
                # The word as written and its plural in s, in both languages; the rest are Danish endings.
                known = [form for form in forms if form in self._danish or form in (head, head.removesuffix("s"))]
                found.extend((index + 1, self._singles[form]) for form in known if form in self._singles)
        # The first found of each length wins: the exact word before its inflections.
        return list(dict(reversed(found)).items())

    def _begins(self, letters: str) -> bool:
        """Does any name or compound begin with these letters?"""
        at = bisect_left(self._sorted_singles, letters)
        return at < len(self._sorted_singles) and self._sorted_singles[at].startswith(letters)
