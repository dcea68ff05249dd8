"""Opening hours in OpenStreetMap's syntax: 'Mo-Fr 08:00-12:00,13:00-17:00; Sa off; PH off'.

The part of it that says a usual week is read: weekdays, times, open, off or closed, a comment about appointments.
A rule with a season, a week number, an open end or a night behind midnight stands in rest. As the specification
(wiki.openstreetmap.org, Key:opening_hours/specification) has it: a rule behind ';' takes the days over, one behind
', ' adds to them, and when something is said, what is not said is closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import clean, fold, one_line
from fysfinder.clinics.opening import CLOSED, MINUTES_A_DAY, UNKNOWN, Day, Interval

_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
_HOLIDAY = 7
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?: ?, ?{_DAY}(?:-{_DAY})?)*"
_SPAN = r"\d{1,2}:\d{2} ?- ?\d{1,2}:\d{2}"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAYS}|24/7):?)?\s*(?P<spans>{_SPAN}(?: ?, ?{_SPAN})*)?\s*"
    r"(?P<word>open|off|closed|unknown)?\s*(?P<comment>\"[^\"]*\")?"
)
_STARTS = re.compile(rf"(?:{_DAY}(?![A-Za-zæøå.])[-, :]|24/7|\d{{2}}:\d{{2}}-\d{{2}}:\d{{2}})")
_FOREIGN = re.compile(r"\d\.\d|\bkl\b|[æøåÆØÅ]|\b\d{1,2}-\d{1,2}\b(?!:)", re.IGNORECASE)
_SEPARATOR = re.compile(rf"\s*(;|\|\||(?<=[0-9\"dfn]),(?= ?{_DAY}))\s*")  # a comma behind hours begins a rule
_APPOINTMENT = ("appointment", "aftale", "tidsbestilling")
_MAX_LENGTH = 500


@dataclass(frozen=True)
class OsmWeek:
    """The seven days, public holidays when a rule names them, and the rules that were not read."""

    days: tuple[Day, ...]
    holidays: Day | None
    rest: tuple[str, ...]


def looks_like_osm(raw: str) -> bool:
    """Weekdays of two English letters, times with two figures and a colon: the syntax, not a sentence."""
    text = one_line(raw, max_length=_MAX_LENGTH)
    outside = re.sub(r'"[^"]*"', "", text)
    if not _STARTS.match(outside) or _FOREIGN.search(outside):
        return False
    return bool(re.search(rf"{_DAY}|24/7", outside))


def parse_osm(raw: str) -> OsmWeek:
    """Never raises. Rules in order; each one read whole or kept in rest."""
    text = one_line(clean(raw), max_length=_MAX_LENGTH)
    parts = _SEPARATOR.split(text)
    rules = list(zip(["", *parts[1::2]], parts[::2], strict=True))
    said: dict[int, Day] = {}
    rest: list[str] = []
    is_fallback = False
    for separator, rule in rules:
        is_fallback = is_fallback or separator == "||"
        if not rule:
            continue
        found = None if is_fallback else _rule(rule)
        if found is None:
            rest.append(rule)
            continue
        days, day = found
        added = {number: _added(said.get(number), day) if separator == "," else day for number in days}
        if any(value is None for value in added.values()):
            rest.append(rule)
        said |= {number: value for number, value in added.items() if value is not None}
    weekdays = {number: day for number, day in said.items() if number != _HOLIDAY}
    is_whole = not rest and any(day.state != "closed" for day in weekdays.values())
    unsaid = CLOSED if is_whole else UNKNOWN
    return OsmWeek(tuple(said.get(number, unsaid) for number in range(7)), said.get(_HOLIDAY), tuple(rest))


def _rule(text: str) -> tuple[tuple[int, ...], Day] | None:
    match = _RULE.fullmatch(text)
    if match is None:
        return None
    days, spans = match["days"] or "", match["spans"] or ""
    comment = fold(match["comment"] or "")
    numbers = tuple(range(7)) if days in {"", "24/7"} else _numbers(days)
    if not numbers or (days == "24/7" and spans) or (not days and not spans):
        return None
    intervals = _intervals(spans) if spans else ()
    if intervals is None:
        return None
    if match["word"] in {"off", "closed"}:
        return (numbers, CLOSED) if not spans and not comment else None
    if comment:
        is_asked = any(word in comment for word in _APPOINTMENT)
        return (numbers, Day("by_appointment", intervals)) if is_asked else None
    if match["word"] == "unknown":
        return numbers, UNKNOWN
    if not intervals and days != "24/7" and not match["word"]:
        return None  # 'Mo' alone is open all day by the letter; nobody means it
    return numbers, Day("open", intervals or (Interval(0, MINUTES_A_DAY),))


def _numbers(days: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in re.split(r" ?, ?", days):
        first, _, last = part.partition("-")
        day = _NAMES.index(first)
        numbers.append(day)
        if last and "PH" in (first, last):
            return ()
        while last and day != _NAMES.index(last):
            day = (day + 1) % 7
            numbers.append(day)
    return tuple(dict.fromkeys(numbers))


def _intervals(spans: str) -> tuple[Interval, ...] | None:
    found = []
    for span in spans.split(","):
        opens, closes = (_minutes(clock) for clock in span.split("-"))
        closes = MINUTES_A_DAY if closes == 0 else closes
        if opens is None or closes is None or not opens < closes <= MINUTES_A_DAY:
            return None
        found.append(Interval(opens, closes))
    found.sort()
    return None if any(later.opens < earlier.closes for earlier, later in pairwise(found)) else tuple(found)


def _minutes(clock: str) -> int | None:
    hours, minutes = (int(part) for part in clock.strip().split(":"))
    return hours * 60 + minutes if minutes < 60 and hours <= 24 else None


def _added(first: Day | None, second: Day) -> Day | None:
    if first is None or first.state in {"closed", "unknown"}:
        return second
    both = sorted((*first.intervals, *second.intervals))
    is_clear = first.state == second.state == "open" and all(a.closes <= b.opens for a, b in pairwise(both))
    return Day("open", tuple(both)) if is_clear else None
