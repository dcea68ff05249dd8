"""Numbers, times and rounding as the answers say them: half up, Danish comma, carries that are exact."""

from __future__ import annotations

import math
from fractions import Fraction

from fysfinder.base.jinja import language


def half_up(value: Fraction | int) -> int:
    """The nearest whole number, halves away from zero."""
    value = Fraction(value)
    whole = math.floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def rounded(value: Fraction | float, digits: int) -> float:
    """Rounded half up on the exact value, so that 18,45 is never 18,4 by accident of binary."""
    scale = int(10**digits)
    return half_up(Fraction(value) * scale) / scale


def decimal(value: Fraction | float, digits: int) -> str:
    """'1.234,5' (English '1,234.5'), minus as −."""
    text = f"{rounded(value, digits):,.{digits}f}"
    if language() == "da":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−")


def clock(milliseconds: Fraction | int, *, has_tenths: bool = False) -> str:
    """'5:41', '1:59:27', '0:07'. Rounds once, to the second, before it is split: never '5:60'."""
    step = 100 if has_tenths else 1000
    units = half_up(Fraction(milliseconds) / step)
    seconds, tenths = divmod(units, 10) if has_tenths else (units, 0)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"{text}{',' if language() == 'da' else '.'}{tenths}" if has_tenths else text
