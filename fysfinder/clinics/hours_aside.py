"""What people say beside the hours, and no part of them: 'sidste tid kl. 14', 'telefontid 8-10', 'lukket uge 29'.

Only words that leave the hours before them as they are stand here. 'Kun træning', 'telefonisk', 'ulige uger' do not.
"""

from __future__ import annotations

import re

AGREED = (
    r"(?:efter|ved|med|m/)\s*(?:(?:forudg\w+|nærmere|telefonisk|individuel|personlig)\s+)?"
    r"(?:aftale|(?:tids)?bestilling)|(?:by|on) appointment"
)
_FEAST = r"(?:sommer|jule|påske|vinter|efterårs|pinse|skole)"
_WHEN = (
    rf"(?:i |hele )?(?:uge\b|{_FEAST}?ferie|juli?\b|julen|påske|pinse|industriferie|sommer)|mellem jul",
    r"(?:d\.|den|fra d)(?= )|(?:på )?(?:fra )?\d{1,2}[./-]\d{1,2}|(?:fra )?\d{1,2}\. ?[a-z]",
)
_BEGINNINGS = (
    r"(?:sidste|seneste) (?:tid|patient|behandling|konsultation|aftale|booking)\b",
    r"last (?:appointment|patient|booking)|phone hours|telefon(?:tid|en)?\b[^\d(]*\d|tlf\b",
    r"(?:ring|book|bestil|kontakt)\b|online ?booking|(?:se|læs) |www\.|https?:|e-?mail\b",
    rf"(?:{_FEAST}(?:ferie)?|ferie)-?luk\w*|lukket (?:{'|'.join(_WHEN)})|closed (?:week|for)\b",
    rf"(?:(?:og|samt) )?(?:aften|morgen|tidlig|sen|weekend)\w* (?:kun )?(?:{AGREED})",
)
_ASIDE = re.compile(rf"\s*(?:[,;.(]|-(?= ))\s*\(?(?P<note>(?:{'|'.join(_BEGINNINGS)})[^()]*)\)?$", re.IGNORECASE)


def parted_from_aside(text: str) -> tuple[str, str]:
    """'8-15 (sidste tid kl. 14)' → '8-15', 'sidste tid kl. 14'; a text without such words → itself and ''."""
    match = _ASIDE.search(text)
    return (text[: match.start()].rstrip(" ,;.-("), match["note"]) if match else (text, "")
