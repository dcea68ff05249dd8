"""Money is an integer number of øre; text is made here and nowhere else."""

from __future__ import annotations

from functools import lru_cache

from babel.numbers import format_decimal


@lru_cache(maxsize=4096)  # a page of clinics says the same few amounts
def format_ore(ore: int, language: str = "da") -> str:
    """130312 → '1.303,12 kr.' in Danish, 'DKK 1,303.12' in English; whole kroner drop the øre."""
    pattern = "#,##0" if ore % 100 == 0 else "#,##0.00"
    number = format_decimal(ore / 100, format=pattern, locale="da_DK" if language == "da" else "en_GB")
    return f"{number} kr." if language == "da" else f"DKK {number}"


def format_ore_range(low_ore: int, high_ore: int, language: str = "da") -> str:
    """'330–675 kr.'; a range of one amount is that amount."""
    if low_ore == high_ore:
        return format_ore(low_ore, language)
    low, high = format_ore(low_ore, language), format_ore(high_ore, language)
    if language == "da":
        return f"{low.removesuffix(' kr.')}–{high}"
    return f"{low}–{high.removeprefix('DKK ')}"
