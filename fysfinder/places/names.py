"""What places are called: names, aliases, short forms and the ways people misspell them, as an index."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from fysfinder.base.text import fold

SHORTHAND = {
    "kbh": "koebenhavn",
    "kbhvn": "koebenhavn",
    "cph": "koebenhavn",
    "copenhagen": "koebenhavn",
    "kgs": "kongens",
    "nr": "noerre",
    "sdr": "soender",
}
# What the post office adds to tell namesakes apart, and people leave out.
QUALIFIERS = frozenset(
    {"j", "f", "m", "l", "sj", "sjaelland", "fyn", "vestj", "midtsj", "by", "st", "djurs"}
    | {"thy", "stevns", "aeroe", "jyll", "sydfyn"}
)
COUNTRY_WORDS = frozenset({"danmark", "denmark", "dk"})
MIN_PREFIX = 4  # letters before an unfinished name is taken for a name
SIMILAR_ENOUGH = 72


def in_full(words: str) -> str:
    """Folded words with short forms written out and a trailing country dropped: 'kbh n denmark' → 'koebenhavn n'."""
    tokens = [SHORTHAND.get(token, token) for token in words.split()]
    while len(tokens) > 1 and tokens[-1] in COUNTRY_WORDS:
        tokens.pop()
    if len(tokens) > 1 and tokens[0] == "dk":
        tokens.pop(0)
    return " ".join(tokens)


def loose(words: str) -> str:
    """One form for those who type ø as o or oe, å as a or aa: 'kobenhavn', 'arhus', 'malov'."""
    return words.replace("aa", "a").replace("oe", "o").replace("ae", "a")


def base_name(words: str) -> str:
    """'nykoebing f' → 'nykoebing'."""
    first, _space, last = words.rpartition(" ")
    return first if last in QUALIFIERS else words


class NameIndex:
    """From words to slugs in tiers of trust: the name, its loose spelling, without its qualifier, its beginning."""

    def __init__(self, names: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]]) -> None:
        """Both are pairs: (slug, name) and (alias, slug). An alias of a slug that is not there is left out."""
        self._exact: dict[str, dict[str, None]] = {}
        self._base: dict[str, dict[str, None]] = {}
        self._loose: dict[str, dict[str, None]] = {}
        slugs = set()
        for slug, name in names:
            slugs.add(slug)
            words = fold(name)
            self._add(self._exact, words, slug)
            self._add(self._exact, slug.replace("-", " "), slug)
            self._add(self._base, base_name(words), slug)
            if words.endswith("s kommune"):  # Københavns Kommune is also asked for as "københavn kommune"
                self._add(self._exact, words.removesuffix("s kommune") + " kommune", slug)
        for alias, slug in aliases:
            if slug in slugs:
                self._add(self._exact, in_full(fold(alias)), slug)
                self._add(self._exact, fold(alias), slug)  # as it is typed so far: 'copen'
        for words, found in self._exact.items():
            for slug in found:
                self._add(self._loose, loose(words), slug)
        self._exact_sorted = sorted(self._exact)
        self._loose_sorted = sorted(self._loose)

    @staticmethod
    def _add(index: dict[str, dict[str, None]], words: str, slug: str) -> None:
        index.setdefault(words, {})[slug] = None

    def exactly(self, words: str) -> tuple[str, ...]:
        """Slugs of what is called just this."""
        return tuple(self._exact.get(words, ()))

    def tiers(self, words: str) -> Iterator[tuple[str, ...]]:
        """Slugs of each tier in turn; the first that is not empty is the answer."""
        yield self.exactly(words)
        yield tuple(self._loose.get(loose(words), ()))
        yield tuple(self._base.get(words, ()))
        if len(words) >= MIN_PREFIX:
            yield tuple(self.starting_with(words))
            yield tuple(self.starting_loosely_with(words))

    def starting_with(self, words: str) -> set[str]:
        """Slugs of every name that begins with these words."""
        return {slug for name in _between(self._exact_sorted, words) for slug in self._exact[name]}

    def starting_loosely_with(self, words: str) -> set[str]:
        """The same when ø may be o and å may be a."""
        return {slug for name in _between(self._loose_sorted, loose(words)) for slug in self._loose[name]}

    def similar(self, words: str, n: int) -> list[str]:
        """Slugs of the names spelt most like these words."""
        hits = process.extract(words, self._exact.keys(), scorer=fuzz.ratio, limit=n, score_cutoff=SIMILAR_ENOUGH)
        return list(dict.fromkeys(slug for name, _score, _at in hits for slug in self._exact[name]))[:n]


def _between(names: list[str], start: str) -> list[str]:
    """The names of a sorted list that begin with start."""
    return names[bisect_left(names, start) : bisect_left(names, start + "\uffff")]
