"""Danish inflection by rule: one form for every ending of a word ('knæet', 'knæenes' → knae), on folded words."""

from __future__ import annotations

from functools import lru_cache

SHORTEST_ROOT = 3
_VOWELS = frozenset("aeiouy")
# Definite, plural, genitive and past endings, longest first; what is left must be a root.
_ENDINGS = (
    *("ernes", "edes", "erne", "enes", "ene", "ens", "ers", "ets", "ede"),
    *("en", "er", "es", "et", "um", "us", "e", "s"),
)
# The e of ae and oe is half a letter and no ending, but 'astmaen', 'traumaet' end in a.
_AFTER_A = frozenset({"en", "ens", "et", "ets"})
_LONG_A = 4
# Their last letters only look like an ending.
_WHOLE = ("billede", "hjerne", "stjerne", "hjoerne")
# Words that change inside, also as the last part of a compound: 'haelfoedder', 'tommelfingernegle' keep theirs.
_CHANGED = (
    *(("foed", "fod"), ("haend", "haand"), ("taend", "tand"), ("roed", "rod")),
    *(("boern", "barn"), ("oejn", "oej"), ("maend", "mand"), ("kraeft", "kraft"), ("boeg", "bog"), ("naett", "nat")),
    *(("taeng", "tang"), ("tae", "taa")),
)
_SETTLED = (("igst", "ig"), ("ligt", "lig"), ("tigt", "tig"), ("sigt", "sig"))
# Compounds of 'sene' (tendon), whose own last letters look like two endings: 'achillessenerne'.
_TENDONS = ("ssene", "lsene", "asene")
_LONGEST_TENDON = 9  # 'ssenernes'

# Whole words that would lose an ending and become another word: læge (doctor) is not læg (calf), ryge is not ryg.
_OWN_STEM = {
    **dict.fromkeys(("laege", "laegen", "laegens", "laeger", "laegerne", "laegernes", "laegers", "laeges"), "laege"),
    **dict.fromkeys(("laegge", "laegges", "lagt"), "laegge"),
    **dict.fromkeys(("ryge", "ryger", "rygere", "ryges", "ryget", "rygerne"), "ryge"),
    **dict.fromkeys(("kraeft", "kraeften", "kraeftens", "kraefts"), "kraeft"),  # cancer, not kraft (force)
}


# The same at the end of a compound: 'børnelægen' is no kind of calf.
_DOCTORS = tuple(word for word in _OWN_STEM if word.startswith("laege"))


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The form that all endings of one word share; not always a word itself ('muskler', 'muskel' → muskl)."""
    if len(word) <= SHORTEST_ROOT or not word.isalpha():
        return word
    if word in _OWN_STEM:
        return _OWN_STEM[word]
    if word.endswith(_DOCTORS):
        return word[: word.rindex("laege") + len("laege")]
    for tendon in _TENDONS:
        if tendon in word[-_LONGEST_TENDON:]:
            return word[: word.rindex(tendon) + len(tendon) - 1]
    while True:  # every round but the last is shorter: 'skulderens' → skulder → skuld
        shorter = _settled(_with_own_vowel(_without_ending(word)))
        if len(shorter) >= len(word):
            return shorter
        word = shorter


def _without_ending(word: str) -> str:
    if word.endswith(_WHOLE):
        return word[:-1]
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and _is_root(root, ending):
            return root
    return word


def _is_root(root: str, ending: str) -> bool:
    if len(root) < SHORTEST_ROOT or _VOWELS.isdisjoint(root):
        return False
    if ending[0] == "e" and root[-1] in "ao" and not root.endswith("aa"):
        return ending in _AFTER_A and root[-1] == "a" and len(root) >= _LONG_A
    return True


def _with_own_vowel(word: str) -> str:
    for plural, root in _CHANGED:
        if word.endswith(plural):
            return word.removesuffix(plural) + root
    return word


def _settled(root: str) -> str:
    """'rygg' → ryg, 'skuldr' → skuld, 'muskel' → muskl, 'billigst' → billig."""
    for whole, part in _SETTLED:
        if root.endswith(whole):
            return root.removesuffix(whole) + part
    if len(root) <= SHORTEST_ROOT or root[-1] in _VOWELS:
        return root
    if root[-2] == root[-1] or (root[-1] == "r" and root[-2] not in _VOWELS):
        return root[:-1]
    if root.endswith("el") and root[-3] not in _VOWELS:
        return root[:-3] + "l" if root[-3] == root[-4] else root[:-2] + "l"
    return root
