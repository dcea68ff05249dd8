"""Danish for searching: words of a text, what is said in them, and compounds taken apart and put together.

Compounds are learned, not listed: a Vocabulary knows the words of the loaded articles and topics, so 'knæsmerter' is
found by 'smerter i knæet' and the other way round in whatever texts are loaded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fysfinder.base.danish import stem
from fysfinder.base.text import fold_word
from fysfinder.topics.words import split_words

__all__ = [
    "STOP_WORDS",
    "Vocabulary",
    "content",
    "fold_words",
    "inflected",
    "is_telling",
    "keys_of",
    "name_keys",
    "names_in",
    "root",
    "split_words",
    "stem",
]

_WORD = re.compile(r"[^\W_]+")
SHORTEST_PART = 3
SHORTEST_COMPOUND = 7
_LONGEST_COMPOUND = 40
_MOST_PARTS = 3
_SHORTEST_OF_THREE = 11
# What joins the parts of a compound: hofte-leds-smerter, sygdom-s-forløb, bryst-e-…
_LINKS = ("", "s", "e", "er", "n")
# What may stand between the stems of two parts, endings and links: kraveb-ens-brud, endetarm-s-prolaps.
_BETWEEN = frozenset(
    ("", "s", "e", "es", "er", "ers", "en", "ens", "et", "ets", "el", "els", "n", "ns", "r", "d", "ds")
)
_SURE_PART = 5  # letters
_READ = 0.1  # weight of a word read anywhere
_REMEMBERED = 50_000
_NO_PART = frozenset(
    ("ens", "ende", "else", "elser", "lig", "lige", "ning", "ring", "ringer", "hed", "gen", "ter", "ner")
)
# Endings that make a noun of a verb, on stems.
_VERBAL = ("ning", "ing")
_SHORTEST_VERB = 4

_PARENTHESIS = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_DIVIDED = re.compile(r"\s+[–—-]\s+|:\s+")
_SHORTEST_HALF = 8  # letters
_FORMS = ("s", "e", "en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "ene", "enes", "ne", "nes")
_VOWELS = frozenset("aeiouy")

# Words that say nothing about what is wanted. Folded.
_STOP = """
    " a about ad af after al alene all alle allerede alt altid an and andre are as at av bare bedre bedst bedste begge
    best bl blandt blev blevet blive bliver both bruge bruger brugt burde but by can da dag de del dem den denne der
    deres derfor det dette dig din dine disse dit do does dog du e efter ej eks eksempel eller ellers en end endnu ene
    er et ex faa faaet faar fem find finde findes fix flere flest flot foer foerst for fordi forskellig forskellige
    fra from fx gaa gaar gav gennem get giv give giver god gode godt goer goere ha had haft hans har has have hej hele
    heller helst hen hende hendes her hi him his hjaelp hjaelpe hjaelper hos how hun hvad hvem hver hvilke hvilken
    hvilket hvis hvor hvordan hvorfor hvornaar i ifoelge igen ikke in ind indtil ingen it its ja jamen jeg jer jeres
    kan kender kom komme kommer ku kun kunne lade lav lave lidt lige ligesom lille man mange me med meget mellem men
    mens mere mest mig min mindre mine mit mod mon much must my n naar need nej nogen noget nogle nok nu of ofte og
    ogsaa om omkring on op or os over paa part please saa saadan same samme samt se select selv ser si siden sig sige
    siger sin sine sit skal skulle slags som source stadig stor store str synes t tag tage tager tak that the their
    them there these they this til tilbage tit to turn type typer ud uden under up us use used vaere vaeret var vare
    ved vedr vi via vil ville vores was way we were what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP.split())


def fold_words(text: str) -> list[str]:
    """The folded words of a text of any length, in order."""
    return list(filter(None, map(fold_word, _WORD.findall(text))))


def content(words: Sequence[str]) -> list[str]:
    """The words that say something; all of them when none does ('hos mig')."""
    return [word for word in words if word not in STOP_WORDS] or list(words)


def is_telling(phrase: str) -> bool:
    """May a folded phrase be known by its words? 'kan ikke holde mig' is a phrase, never the one word left of it."""
    words = phrase.split()
    return len(content(words)) >= min(len(words), 2)


def name_keys(text: str) -> frozenset[str]:
    """What a name shares with itself inflected, hyphenated or divided: 'Knæ-smerterne', 'knæ smerte' → knaesmert."""
    return keys_of(content(fold_words(text)))


def keys_of(words: Sequence[str]) -> frozenset[str]:
    """The same of the words that say something."""
    if not words:
        return frozenset()
    stems = [stem(word) for word in words]
    turned = (
        {"+".join(sorted(stems))} if len(stems) > 1 else set()
    )  # 'øvelser til hofteartrose', 'hofteartrose øvelser'
    return frozenset({"".join(stems), "".join([*words[:-1], stems[-1]]), *turned})


def names_in(title: str) -> tuple[str, ...]:
    """The title and the names it is made of: 'Hælspore – plantar fasciitis', 'Golfalbue (medial epikondylitis)'.

    What follows a comma or a short second half only says which: 'Rygsmerter, akutte', 'Smerter i knæet – børn'.
    """
    match = _PARENTHESIS.fullmatch(title)
    found = [title, *((match[1], match[2]) if match else ())]
    for name in tuple(found):
        first, *others = _DIVIDED.split(name)
        found += [first.partition(", ")[0], *(other for other in others if len(other) >= _SHORTEST_HALF)]
    return tuple(dict.fromkeys(found))


def inflected(word: str) -> Iterator[str]:
    """Every form a folded noun may have: more than it has, to recognise misspelt ones by."""
    yield from (word + ending for ending in _FORMS)
    if word.endswith("e"):
        yield from (word + ending for ending in ("n", "ns", "r", "rne", "rnes", "t", "ts"))
    elif word[-1] not in _VOWELS and word[-2] in _VOWELS:
        yield from (word + word[-1] + ending for ending in ("e", "en", "ens", "et", "ets", "er", "erne", "ene"))
    if word.endswith(("er", "el")):  # skulder, skuldre; muskel, muskler
        short = word[:-2] + word[-1]
        yield from (short + ending for ending in ("e", "en", "er", "ene", "erne"))


@dataclass(slots=True)
class Vocabulary:
    """The words of the loaded texts. Words of titles and names weigh 1, words of running text less."""

    words: dict[str, float] = field(default_factory=dict)  # as written, folded → weight
    stems: dict[str, float] = field(default_factory=dict)
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)  # the words of names, sorted, once somebody asked
    _stems_of_names: list[str] = field(default_factory=list)

    def learn(self, words: Iterable[str], weight: float) -> None:
        """Add words; a word keeps its highest weight."""
        for word in words:
            if weight > self.words.get(word, 0.0):
                self.words[word] = weight
                root = stem(word)
                self.stems[root] = max(weight, self.stems.get(root, 0.0))

    def knows(self, word: str) -> bool:
        """Has the word, some form of it, or each part of it been read?"""
        return word in self.words or stem(word) in self.stems or bool(self.parts(word))

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems a compound is made of, whole parts before their own parts; () for what is no compound."""
        if len(word) < SHORTEST_COMPOUND or len(word) > _LONGEST_COMPOUND or not word.isalpha():
            return ()
        known = self._parts.get(word)
        if known is None:
            known = self._parts[word] = tuple(dict.fromkeys(self._split(word, _MOST_PARTS)))
            if len(self._parts) > _REMEMBERED:
                self._parts.clear()
        return known

    def compounds(self, left: str, right: str) -> list[str]:
        """Words of names made of two, in either order: 'brud på kravebenet', 'kraveben brud' → kravebensbrud."""
        if not self._names:
            names = sorted(word for word, weight in self.words.items() if weight >= 1.0 and word.isalpha())
            self._stems_of_names = [stem(word) for word in names]
            self._names = names  # last: another thread asks for these first
        return [*self._made_of(stem(left), stem(right)), *self._made_of(stem(right), stem(left))]

    def _made_of(self, head: str, tail: str) -> Iterator[str]:
        if min(len(head), len(tail)) < SHORTEST_PART:
            return
        first, after = bisect_left(self._names, head), bisect_left(self._names, head + "\uffff")
        for word, whole in zip(self._names[first:after], self._stems_of_names[first:after], strict=True):
            end = len(whole) - len(tail)
            if end >= len(head) and whole.endswith(tail) and whole[len(head) : end] in _BETWEEN:
                yield word

    def _split(self, word: str, most: int) -> list[str]:
        best: tuple[int, str, str] | None = None
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            tail = word[at:]
            if self._is_part(tail) and (head := self._head(word[:at])):
                balance = min(len(head), len(tail))
                if best is None or balance > best[0]:
                    best = (balance, head, tail)
        if best is None:
            return self._split_in_three(word) if most > 2 and len(word) >= _SHORTEST_OF_THREE else []
        parts = [stem(part) for part in best[1:]]
        if most > 2:
            parts += [deeper for part in best[1:] if len(part) >= SHORTEST_COMPOUND for deeper in self._split(part, 2)]
        return parts

    def _split_in_three(self, word: str) -> list[str]:
        """'hofteledsbetaendelse', when nobody has written 'hofteled'."""
        for at in range(len(word) - SHORTEST_PART, SHORTEST_COMPOUND - 2, -1):
            if self._is_part(word[at:]):
                for head in (word[:at], word[:at].removesuffix("s")):
                    if parts := self._split(head, 2):
                        return [stem(head), stem(word[at:]), *parts]
        return []

    def _head(self, text: str) -> str:
        """The first part without what links it: 'hofteleds' → hofteled; '' when it is no word."""
        for link in _LINKS:
            head = text.removesuffix(link) if link else text
            if (not link or head != text) and len(head) >= SHORTEST_PART and self._is_part(head):
                return head
        return ""

    def _is_part(self, text: str) -> bool:
        """A word read on its own; short ones only from names, because running text is full of short words."""
        if text in STOP_WORDS or text in _NO_PART:
            return False
        weight = max(self.words.get(text, 0.0), self.stems.get(stem(text), 0.0))
        return weight >= (1.0 if len(text) < _SURE_PART else _READ)


def root(word: str) -> str:
    """What a noun made of a verb shares with the verb: 'forstuvning' and 'forstuvet' → forstuv; '' for other words."""
    whole = stem(word)
    for ending in _VERBAL:
        if whole.endswith(ending) and len(whole) - len(ending) >= _SHORTEST_VERB:
            return whole.removesuffix(ending)
    return ""
