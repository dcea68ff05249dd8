"""First-mention links: the words of an article that name another page, in every inflection, where they are written.

Made when a page is shown, never stored: a new article is linked from all the others at once, and the reviewed text
stays as it was signed (docs/decisions/014-links-when-shown.md).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from fysfinder.base.danish import stem
from fysfinder.base.text import fold

MOST_IN_A_SECTION = 3
_SHORTEST = 3  # letters of a name that may be linked
_TAG = re.compile(r"(<[^>]+>)")
_TAG_NAME = re.compile(r"</?([a-z0-9]+)")
_HREF = re.compile(r'href="([^"#?]*)')
_WORD = re.compile(r"&#?\w+;|[^\W_]+")
_BETWEEN = re.compile(r"[ \n\u00a0/-]{1,2}")  # what may stand between two words of one name
# Nothing is linked inside these, nor in the care cards, where only the advice counts.
_CLOSED = {"a", "h2", "h3", "h4", "sup", "code", "button", "th"}
_CARD = 'class="care-card '


@dataclass(frozen=True, slots=True)
class Target:
    """What a name leads to: an article (kind and slug), a topic without one, or a word of the glossary."""

    sort: Literal["article", "topic", "term"]
    kind: str  # of the article; '' for the others
    slug: str


@dataclass(frozen=True, slots=True)
class Name:
    """A title, synonym or term as it is written, and what it leads to."""

    text: str
    target: Target


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    written: str
    stem: str


class Names:
    """All names at once; of two targets with one name the first given keeps it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._targets: dict[tuple[str, ...], tuple[Target, str]] = {}
        self._longest = 0
        for name in names:
            words = _words(name.text)
            capitals = name.text if name.text.isupper() else ""  # an abbreviation is only itself: TENS, not tens
            if not any(map(str.isalpha, name.text)) or len(fold(name.text)) < (2 if capitals else _SHORTEST):
                continue
            key = tuple(word.stem for word in words)
            self._targets.setdefault(key, (name.target, capitals))
            self._longest = max(self._longest, len(key))

    def find(self, text: str) -> Iterator[tuple[int, int, Target]]:
        """(start, end, target) of each name in a text, the longest at each place, never overlapping."""
        words = _words(text)
        place = 0
        while place < len(words):
            end, target = self._longest_at(text, words, place)
            if target:
                yield words[place].start, words[end - 1].end, target
            place = end

    def _longest_at(self, text: str, words: list[_Word], place: int) -> tuple[int, Target | None]:
        """Where the longest name at a word ends, and what it leads to; the next word and None when none is there."""
        found: tuple[int, Target | None] = (place + 1, None)
        key: tuple[str, ...] = ()
        for index in range(place, min(place + self._longest, len(words))):
            if index > place and not _BETWEEN.fullmatch(text, words[index - 1].end, words[index].start):
                break
            key = (*key, words[index].stem)
            target, capitals = self._targets.get(key, (None, ""))
            if target and (not capitals or text[words[place].start : words[index].end] == capitals):
                found = index + 1, target
        return found


def _words(text: str) -> list[_Word]:
    found = ((match.start(), match.end(), match.group()) for match in _WORD.finditer(text))
    return [_Word(start, end, word, stem(fold(word))) for start, end, word in found if word[0] != "&"]


@dataclass
class PageLinks:
    """The links of one page as it is gone through, a section at a time.

    open_link answers the tags before and after the words; own is the page itself.
    """

    names: Names
    open_link: Callable[[Target], tuple[str, str]]
    own: Target
    path_of: Callable[[Target], str]
    taken_paths: set[str] = field(default_factory=set)  # already linked by the author
    used: list[Target] = field(default_factory=list)

    def add_to(self, fragment: str) -> str:
        """One section of our own HTML with its links."""
        left = MOST_IN_A_SECTION
        closed: list[str] = []  # the tags we are inside of that take no links
        parts: list[str] = []
        for piece in _TAG.split(fragment):
            if piece.startswith("<"):
                _follow(piece, closed)
            elif piece.strip() and not closed and left:
                piece, made = self._link(piece, left)
                left -= made
            parts.append(piece)
        return "".join(parts)

    def _link(self, text: str, most: int) -> tuple[str, int]:
        parts: list[str] = []
        place = made = 0
        for start, end, target in self.names.find(text):
            if made == most or not self._is_free(target):
                continue
            before, after = self.open_link(target)
            parts += [text[place:start], before, text[start:end], after]
            place, made = end, made + 1
            self.used.append(target)
        return "".join([*parts, text[place:]]), made

    def _is_free(self, target: Target) -> bool:
        return target != self.own and target not in self.used and self.path_of(target) not in self.taken_paths


def _follow(tag: str, closed: list[str]) -> None:
    """Keep count of the closed parts. Our HTML is well formed: sanitise() has made it."""
    match = _TAG_NAME.match(tag)
    name = match[1] if match else ""
    if tag.startswith("</"):
        if closed and closed[-1] == name:
            closed.pop()
    elif name in _CLOSED or (name == "section" and _CARD in tag) or (closed and name == closed[-1]):
        closed.append(name)


def linked_paths(fragments: Iterable[str]) -> set[str]:
    """The paths of our own pages that the author has linked to, without question and fragment."""
    paths = (html.unescape(path) for fragment in fragments for path in _HREF.findall(fragment))
    return {path for path in paths if path.startswith("/")}
