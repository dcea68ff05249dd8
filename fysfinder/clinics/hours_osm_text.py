"""Opening hours in OpenStreetMap's syntax: 'Mo-Fr 08:00-12:00,13:00-17:00; Sa off; PH off'.

The part of it that says a usual week and its seasons is read: months and dates, weekdays, times, open, off or closed,
a comment about appointments. A rule with a week number, an open end or a night behind midnight stands in rest. As the
specification (wiki.openstreetmap.org, Key:opening_hours/specification) has it: a rule behind ';' takes the days over,
one behind ', ' adds to them, and when something is said, what is not said is closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import clean, fold, one_line
from fysfinder.clinics.hours_season_text import season
from fysfinder.clinics.opening import CLOSED, MINUTES_A_DAY, UNKNOWN, Day, Interval, SpecialDays

NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOLIDAY = 7
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DATE = rf"(?:(20\d\d) )?({_MONTH})(?: (\d{{1,2}}))?"
_DATES = re.compile(rf"{_DATE}(?: ?- ?(?:{_DATE}|(\d{{1,2}})))?:? (?=\D|\d\d:)")
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
    seasons: tuple[SpecialDays, ...] = ()


def looks_like_osm(raw: str) -> bool:
    """Weekdays of two English letters, times with two figures and a colon: the syntax, not a sentence."""
    text = one_line(raw, max_length=_MAX_LENGTH)
    outside = re.sub(r'"[^"]*"', "", text)
    without_dates = _DATES.sub("", outside)
    if without_dates != outside and _RULE.match(without_dates):
        outside = without_dates if re.search(_DAY, without_dates) else f"Mo {without_dates}"
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
    seasons: list[SpecialDays] = []
    is_fallback = False
    for separator, rule in rules:
        is_fallback = is_fallback or separator == "||"
        if not rule:
            continue
        if not is_fallback and separator != "," and (special := _season(rule)) and _are_narrower(special, seasons):
            seasons += special
            continue
        found = None if is_fallback else _rule(rule)
        if found and seasons and not _leaves(seasons, found[0]):
            found = None
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
    return OsmWeek(
        tuple(said.get(number, unsaid) for number in range(7)), said.get(_HOLIDAY), tuple(rest), tuple(seasons)
    )


def _season(rule: str) -> list[SpecialDays]:
    """'Jul 01-31 Mo-Fr 08:00-13:00' as one entry a weekday, 'Dec 24 off' as one for every day; [] of any other."""
    dates = _DATES.match(rule)
    if dates is None:
        return []
    year, month, day, last_year, last_month, last_day, only_day = dates.groups()
    first = _named(day, month, year)
    is_single = not (last_month or only_day)
    when = season(first, None if is_single else _named(last_day or only_day, last_month or month, last_year or year))
    words = rule[dates.end() :]
    found = _rule(words) or _rule(f"Mo-Su {words}")
    if when is None or found is None or found[1].state not in {"open", "closed"} or _HOLIDAY in found[0]:
        return []
    is_whole = not re.match(_DAY, words)
    weekdays = (None,) if is_whole else found[0]
    first_day, last_day_, is_yearly = when
    return [SpecialDays(first_day, last_day_, found[1], weekday, is_yearly) for weekday in weekdays]


def _leaves(seasons: list[SpecialDays], numbers: tuple[int, ...]) -> bool:
    """A rule behind seasons takes their days over; one of holidays agrees with our order but for open special days."""
    has_open_days = any(each.weekday is None and each.day.state == "open" for each in seasons)
    return numbers == (_HOLIDAY,) and not has_open_days


def _named(day: str | None, month: str, year: str | None) -> tuple[int | None, int, int | None]:
    return int(day) if day else None, MONTHS.index(month) + 1, int(year) if year else None


def _are_narrower(special: list[SpecialDays], before: list[SpecialDays]) -> bool:
    """The last rule counts in OpenStreetMap, the narrowest with us: only where that is the same is it read."""
    return all(new.rank <= old.rank for new in special for old in before)


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
        day = NAMES.index(first)
        numbers.append(day)
        if last and "PH" in (first, last):
            return ()
        while last and day != NAMES.index(last):
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
