"""Text rules shared by everyone: slugs, folding for comparison, cleaning of what comes from outside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ß": "ss"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Zero-width characters, the BOM and bidi controls: invisible, and they break comparison.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")


def ascii_danish(text: str) -> str:
    """Spell with a-z: æ→ae ø→oe å→aa, other accents dropped."""
    plain = unicodedata.normalize("NFC", text).translate(_DANISH)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def slugify(text: str, *, max_length: int = 80) -> str:
    """'Ærøskøbing Ø' → 'aeroeskoebing-oe'. Empty when nothing of the text can stand in a slug."""
    slug = _NOT_SLUG.sub("-", ascii_danish(text).lower()).strip("-")
    return slug[:max_length].strip("-")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """One form for comparing: lower-case ASCII words with single spaces ('Århus  C.' → 'aarhus c')."""
    return _NOT_SLUG.sub(" ", ascii_danish(clean(text)).lower()).strip()


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """The same for one word of a text, without any space."""
    return fold(word).replace(" ", "")


def clean(text: str) -> str:
    """The text without NULs, control and invisible characters or broken surrogates; line breaks stay."""
    if text.isascii() and text.isprintable():  # most cells of a file
        return text
    text = text.encode("utf-8", "ignore").decode("utf-8")
    return _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def one_line(text: str, *, max_length: int) -> str:
    """Cleaned, white space folded to single spaces, cut to max_length characters."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most cells of a file
        return text[: max_length * 8].strip()[:max_length]
    return _SPACES.sub(" ", clean(text[: max_length * 8])).strip()[:max_length]


_AFTER_Z = str.maketrans("æøå", "{|}")


def danish_key(text: str) -> tuple[str, ...]:
    """Sort key for A–Å: æ, ø, å after z, aa as å ('Aalborg' after 'Ørsted')."""
    return tuple(danish_order(text))


def danish_order(text: str) -> str:
    """The same as one text, for sorting a million."""
    return text.lower().replace("aa", "å").translate(_AFTER_Z)
