"""Danish CPR numbers in text from outside: what must never be kept or shown again."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Six digits that can be a date, then four; with a hyphen, a space or nothing between. Not inside a longer number.
_CPR = re.compile(
    r"(?<![\d+])(?:0[1-9]|[12]\d|3[01])[ .-]?(?:0[1-9]|1[0-2])[ .-]?\d{2}(?:\s?[-–]\s?|\s)?(?:\d{4}|[xX]{4})(?!\d)"
)
_MASK = "XXXXXX-XXXX"


def has_cpr(text: str) -> bool:
    """Does anything in the text look like a CPR number? An eight-digit telephone number does not."""
    return bool(_CPR.search(text))


def mask(text: str) -> tuple[str, int]:
    """The text with each CPR number covered, and how many there were."""
    return _CPR.subn(_MASK, text)


def refuse_cpr(*texts: str) -> None:
    """For all that a person writes and we keep. Raises ValidationError; the text stays with whoever wrote it."""
    if any(map(has_cpr, texts)):
        raise ValidationError(_("Det ligner et CPR-nummer. Slet det, før du sender. Vi må ikke modtage det."))
