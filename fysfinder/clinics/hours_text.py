"""Opening hours as people write them in a cell: one day's text to its state and intervals. Weeks: hours_week_text.py.

Only what is written is read. A text that holds anything else ('Kun træning', '9-17 ved fremmøde') is unknown as a
whole and comes back in rest, for the one who reads the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import fold, one_line
from fysfinder.clinics.opening import MINUTES_A_DAY, Interval, State

_UNKNOWN = {"", "ukendt", "ikke oplyst", "uoplyst", "n a", "na"}
_CLOSED = {"lukket", "closed", "off", "holder lukket", "lukket hele dagen", "closed all day", "vi holder lukket"}
_BY_APPOINTMENT = {
    "efter aftale",
    "kun efter aftale",
    "aftale",
    "efter naermere aftale",
    "ved aftale",
    "efter tidsbestilling",
    "tidsbestilling",
    "by appointment",
}
_ALL_DAY = {
    "doegnaabent",
    "doegnaaben",
    "doegnet rundt",
    "aabent doegnet rundt",
    "hele doegnet",
    "24 timer",
    "24 7",
    "24 hours",
    "open 24 hours",
}
_CLOCK = r"(?:kl(?:okken)?\.?\s*)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?(?:\s*([ap])\.?m\.?(?![a-z]))?"
_RANGE = re.compile(rf"(?:(?:fra|from)\s+)?{_CLOCK}\s*(?:-|til|to|until)\s*{_CLOCK}(?![0-9:.]*[0-9])")
_BETWEEN = re.compile(r"\s*(?:,|;|/|\+|&|\bog igen\b|\bog\b|\bsamt\b|\band\b)\s*|\s+")
_OPEN_BEFORE = re.compile(r"(?:(?:vi har |har )?(?:åbent|åben|aabent)|open|opening hours|åbningstid(?:er)?)\b:?\s*")
DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_MAX_LENGTH = 200


@dataclass(frozen=True)
class DayText:
    """What the text says. rest is the whole text when it was not understood, else empty."""

    state: State
    intervals: tuple[Interval, ...] = ()
    rest: str = ""


def parse_day(raw: str) -> DayText:
    """'08:00-17:00', 'kl. 9 til 12 og 13-16', 'Lukket', 'Efter aftale', 'Døgnåbent', '-' …"""
    text = one_line(DASHES.sub("-", raw), max_length=_MAX_LENGTH)
    words = fold(text)
    if words in _UNKNOWN:
        return DayText("unknown", rest="" if set(text) <= set("-?./ ") or words else text)
    if words in _CLOSED:
        return DayText("closed")
    if words in _BY_APPOINTMENT:
        return DayText("by_appointment")
    if words in _ALL_DAY:
        return DayText("open", (Interval(0, MINUTES_A_DAY),))
    lowered = text.lower().rstrip(" .")
    if lowered.endswith((" a.m", " p.m")) or re.search(r"[0-9][ap]\.m$", lowered):
        lowered += "."
    lowered = _OPEN_BEFORE.sub("", lowered, count=1) if _OPEN_BEFORE.match(lowered) else lowered
    state: State = "open"
    for ending in (" kun efter aftale", " efter aftale", " (efter aftale)", ", efter aftale", " by appointment"):
        if lowered.endswith(ending):
            lowered, state = lowered.removesuffix(ending).rstrip(" ,"), "by_appointment"
    if lowered.startswith("efter aftale ") and state == "open":
        lowered, state = lowered.removeprefix("efter aftale "), "by_appointment"
    intervals = _intervals(lowered)
    return DayText(state, intervals) if intervals else DayText("unknown", rest=text)


def _intervals(text: str) -> tuple[Interval, ...]:
    """Every interval of the text in order; none when a single character stands outside of them."""
    found: list[Interval] = []
    position = 0
    while match := _RANGE.match(text, position):
        if bool(match[3]) != bool(match[6]):  # '9-5pm': of the morning or the evening?
            return ()
        opens, closes = _minutes(match[1], match[2], match[3]), _minutes(match[4], match[5], match[6])
        closes = MINUTES_A_DAY if closes == 0 else closes
        if opens is None or closes is None or not opens < closes:
            return ()
        found.append(Interval(opens, closes))
        position = match.end()
        if position == len(text):
            break
        gap = _BETWEEN.match(text, position)
        if gap is None:
            return ()
        position = gap.end()
    if position != len(text):
        return ()
    found.sort()
    return () if any(second.opens < first.closes for first, second in pairwise(found)) else tuple(found)


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes since midnight; half is 'a' or 'p' on a clock of twelve hours."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_A_DAY else None
