"""The few words of dosage boxes and equipment, which English pages say in English: the text itself is only Danish."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: dict[str, Promise] = {
    "sæt": _("sæt"),
    "gentagelser": _("gentagelser"),
    "hold": _("hold"),
    "hvile": _("hvile"),
    "varighed": _("varighed"),
    "gange om ugen": _("gange om ugen"),
    "gange om dagen": _("gange om dagen"),
    "på hver side": _("på hver side"),
    "på hvert ben": _("på hvert ben"),
    "i toppen": _("i toppen"),
    "op til": _("op til"),
    "senere": _("senere"),
    "mindst": _("mindst"),
    "gerne hver dag": _("gerne hver dag"),
    "sekunder": _("sekunder"),
    "minutter": _("minutter"),
    "minut": _("minut"),
    "uger": _("uger"),
    "måneder": _("måneder"),
    "måtte": _("måtte"),
    "elastik": _("elastik"),
    "stol": _("stol"),
    "trin": _("trin"),
    "bord": _("bord"),
    "håndvægt": _("håndvægt"),
}
_KNOWN = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)


def in_words(texts: Iterable[str]) -> list[str] | None:
    """The texts in the page's language; None when one holds a word we have not translated."""
    found = [(_KNOWN.sub(_said, text), _KNOWN.sub("", text)) for text in texts]
    return None if any(re.search(r"[^\W\d]", left) for _said_text, left in found) else [said for said, _left in found]


def _said(match: re.Match[str]) -> str:
    said = str(_WORDS[match[0].lower()])
    return said[:1].upper() + said[1:] if match[0][0].isupper() else said
