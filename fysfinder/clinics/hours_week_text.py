"""Opening hours of a whole week as people write them: 'Man-tors 8-18, fre 8-15', 'Weekdays 9am-5pm', OSM syntax.

A text is read rule by rule: some days, and what is said about them. A rule with a word too many is not read at all:
its days stay unknown and its text comes back in rest, for a person. Days nobody mentions are unknown, except in
OpenStreetMap's syntax, which says that what is not stated is closed (hours_osm_text.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import clean, fold, one_line
from fysfinder.clinics.hours_osm_text import looks_like_osm, parse_osm
from fysfinder.clinics.hours_text import DASHES, DayText, parse_day
from fysfinder.clinics.opening import UNKNOWN, Day, Interval, State

HOLIDAY = 7  # stands beside the weekdays 0–6
_MAX_LENGTH = 500
_ENGLISH = (
    r"mon(?:days?)?", r"tue(?:s|sdays?)?", r"wed(?:s|nesdays?)?", r"thu(?:r|rs|rsdays?)?", r"fri(?:days?)?",
    r"sat(?:urdays?)?", r"sun(?:days?)?",
)  # fmt: skip
_DANISH = (
    r"ma(?:n|ndag(?:e|en)?)?", r"ti(?:r|rs|rsdag(?:e|en)?)?", r"on(?:s|sdag(?:e|en)?)?", r"to(?:r|rs|rsdag(?:e|en)?)?",
    r"fr(?:e|edag(?:e|en)?)?", r"l(?:ø|oe)(?:r|rdag(?:e|en)?)?", r"s(?:ø|oe)(?:n|ndag(?:e|en)?)?",
)  # fmt: skip
_SHORT = ("mo", "tu", "we", "th", "", "sa", "su")  # as in OpenStreetMap; 'fr' is Danish too
_WEEKDAYS = (0, 1, 2, 3, 4)
_GROUPS: tuple[tuple[str, tuple[int, ...]], ...] = (
    (r"(?:alle |på )?hverdage?|weekdays?", _WEEKDAYS),
    (r"(?:alle )?weekend(?:er|en|s)?", (5, 6)),
    (r"alle (?:ugens )?dage|hver dag|daglige?t?|hele ugen|daily|every ?day|7 dage om ugen", (0, 1, 2, 3, 4, 5, 6)),
    (r"(?:alle |på )?helligdage?|(?:public |bank )?holidays", (HOLIDAY,)),
)
_RULES: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = (
    *((re.compile(pattern, re.IGNORECASE), days) for pattern, days in _GROUPS),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_ENGLISH)),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_DANISH)),
    *((re.compile(pattern, re.IGNORECASE), (day,)) for day, pattern in enumerate(_SHORT) if pattern),
)
_ANY_ENGLISH = "|".join((*_ENGLISH, *filter(None, _SHORT)))
_ANY_DAY = "|".join(pattern for pattern, _ in _GROUPS) + "|" + "|".join((*_ENGLISH, *_DANISH, *filter(None, _SHORT)))
# 'to' is the English range word between English days, else it is Thursday; between two figures it is neither.
_RANGE_WORDS = r"-|til og med|t\.?o\.?m\.?|til|through|thru|until"
_LINK = rf"(?:\s*(?:{_RANGE_WORDS}|,|/|&|\+|\bog\b|\band\b|\bsamt\b)\s*|\s+to\s+(?=(?:{_ANY_ENGLISH})\b))"
_ONE = rf"(?<!\w)(?!(?<=[\dm.] )to \d)(?:(?:hver|om|i|every)\s+)?(?:{_ANY_DAY})(?!\w)\.?"
_DAY_SET = re.compile(rf"{_ONE}(?:{_LINK}{_ONE})*", re.IGNORECASE)
_ELEMENT = re.compile(rf"(?<!\w)(?:(?:hver|om|i|every)\s+)?({_ANY_DAY})(?!\w)\.?", re.IGNORECASE)
_RANGE_WORD = re.compile(rf"\s*(?:{_RANGE_WORDS})\s*", re.IGNORECASE)
_ENGLISH_TO = re.compile(rf"\s+to\s+(?=(?:{_ANY_ENGLISH})\b)", re.IGNORECASE)
_HEADING = {"", "aabningstider", "aabningstid", "aabent", "aaben", "vi har aabent", "har aabent", "opening hours",
            "open", "hours", "klinikkens aabningstider", "vores aabningstider"}  # fmt: skip
_LINES = re.compile(r"\s*(?:\r\n|[\r\n|•·]|<br\s*/?>)\s*", re.IGNORECASE)
_STOPS = ("kl", "t", "man", "tir", "tirs", "ons", "tor", "tors", "fre", "lør", "søn")  # '.' behind these ends nothing
_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in _STOPS)
_SENTENCE = re.compile(rf"\s*;\s*|{_ABBREVIATED}\.\s+(?=\D)", re.IGNORECASE)
_EDGE = " ,;:.&/+="
_EDGE_WORDS = re.compile(r"^(?:og|and|samt|men)\s+|\s+(?:og|and|samt|men|er|is|på)$", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"[\s,(]*(?:(?:og|samt) )?(?:ellers|øvrige tider|andre tider|andre tidspunkter|otherwise)\s+(?:kun )?"
    r"(?:efter aftale|by appointment)\)?[\s.]*$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class WeekText:
    """What a text says of each day, of public holidays (None: nothing), and what of it was not understood."""

    days: tuple[Day, ...] = (UNKNOWN,) * 7
    holidays: Day | None = None
    rest: str = ""

    @property
    def is_stated(self) -> bool:
        """Something is known of a day."""
        return any(day.state != "unknown" for day in (*self.days, self.holidays or UNKNOWN))

    @property
    def state(self) -> State:
        """Open when any day is; else by appointment, else closed, else unknown."""
        states = {day.state for day in self.days}
        order: tuple[State, ...] = ("open", "by_appointment", "closed")
        return next((state for state in order if state in states), "unknown")


@dataclass(frozen=True)
class _Rule:
    """Some days, what is said of them (None: not understood), and the words themselves."""

    days: tuple[int, ...]
    said: DayText | None
    text: str


def parse_week(raw: str) -> WeekText:
    """Never raises; a text without any weekday has every day unknown and stands whole in rest."""
    if looks_like_osm(raw):
        week = parse_osm(raw)
        return WeekText(week.days, week.holidays, "; ".join(week.rest))
    kept = DASHES.sub("-", clean(raw[: _MAX_LENGTH * 4]))
    text = one_line(_LINES.sub("; ", kept), max_length=_MAX_LENGTH + 1).strip("; ")
    if len(text) > _MAX_LENGTH or len(raw) > _MAX_LENGTH * 4:
        return WeekText(rest=text[:_MAX_LENGTH])
    days: dict[int, DayText] = {}
    rest: list[str] = []
    lost: set[int] = set()
    for sentence in _sentences(text):
        for rule in _rules(sentence):
            if rule.said is None or not rule.days:
                rest.append(rule.text)
                lost |= {day for day in rule.days if day in days} if not rule.said else set()
                continue
            joined = {day: _join(days.get(day), rule.said) for day in rule.days}
            if any(value is None for value in joined.values()):  # two rules that disagree: neither is believed
                rest.append(rule.text)
                lost |= {day for day, value in joined.items() if value is None}
            days |= {day: value for day, value in joined.items() if value is not None}
            if rule.said.rest:
                rest.append(rule.said.rest)
    known = {day: Day(said.state, said.intervals) for day, said in days.items() if day not in lost}
    return WeekText(
        tuple(known.get(day, UNKNOWN) for day in range(7)), known.get(HOLIDAY), "; ".join(part for part in rest if part)
    )


def _sentences(text: str) -> list[str]:
    """The text at its full stops, semicolons and lines; hours on the line below their day are joined to it."""
    found: list[str] = []
    for part in (part.strip() for part in _SENTENCE.split(text)):
        ends_with_days = found and (match := _last_days(found[-1])) and not found[-1][match.end() :].strip(_EDGE)
        if ends_with_days and not _DAY_SET.search(part) and parse_day(part).state != "unknown":
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def _last_days(sentence: str) -> re.Match[str] | None:
    return next(reversed(list(_DAY_SET.finditer(sentence))), None)


def _rules(sentence: str) -> Iterator[_Rule]:
    """The sentence as (days, what is said of them), days first or, in 'Lukket lør-søn', last."""
    found = list(_DAY_SET.finditer(sentence))
    if not found:
        yield _Rule((), None, sentence)
        return
    ends = [match.start() for match in found[1:]] + [len(sentence)]
    bodies = [sentence[match.end() : end] for match, end in zip(found, ends, strict=True)]
    before = sentence[: found[0].start()]
    carried = ""
    listed: tuple[int, ...] = ()  # 'man tir ons 8-16': days with nothing but a space between
    if fold(before) not in _HEADING:
        if not _bare(bodies[-1]) and _said(before) and not before.rstrip().endswith((",", ":")):
            carried = before
        else:  # 'Telefontid man-fre 8-9': not what we ask for
            yield _Rule(tuple(day for match in found for day in _days(match[0])), None, sentence)
            return
    for number, (match, body) in enumerate(zip(found, bodies, strict=True)):
        if not carried and not body.strip() and number + 1 < len(bodies):
            listed += _days(match[0]) if fold(match[0]) not in {"to", "on"} else (-1,)
            continue
        is_last_bare = number + 1 < len(bodies) and not _bare(bodies[number + 1])
        own, following = _split_following(body, bool(carried)) if is_last_bare or carried else (body, "")
        said = _said(carried) if carried and not _bare(own) else None if carried else _said(own)
        days = (*listed, *_days(match[0]))
        words = sentence[found[0].start() : match.start()] if listed else carried + " " * bool(carried)
        is_clear = -1 not in days and not (listed and fold(match[0]) in {"to", "on"})
        yield _Rule(tuple(dict.fromkeys(days)) if is_clear else (), said, f"{words}{match[0]}{own}".strip(_EDGE))
        carried, listed = following, ()


def _split_following(body: str, is_spoken: bool) -> tuple[str, str]:
    """'8-16, lukket ' before days of which nothing follows: what belongs here, and what belongs to those days."""
    if body.rstrip().endswith((",", ":", "og", "&", "/")):
        return body, ""
    if is_spoken:
        return "", body
    parts = re.split(r"\s*,\s*|\s+og\s+|\s+men\s+", body)
    own, following = body[: -len(parts[-1])] if parts[-1] else body, parts[-1]
    return (own, following) if _bare(own) and _said(own) and _said(following) else (body, "")


def _bare(body: str) -> str:
    text = body.strip(_EDGE)
    while (shorter := _EDGE_WORDS.sub("", f" {text} ".strip()).strip(_EDGE)) != text:
        text = shorter
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip(_EDGE)
    return "" if fold(text) in {"og", "and", "samt", "men", "er", "is"} else text


def _said(body: str) -> DayText | None:
    """What the words say of a day; an 'ellers efter aftale' is left in rest beside the hours."""
    text = _bare(body)
    if not text:
        return None
    otherwise = _OTHERWISE.search(text)
    hours = text[: otherwise.start()] if otherwise else text
    day = parse_day(hours) if hours else None
    if day is None or day.state == "unknown":
        return None
    return DayText(day.state, day.intervals, otherwise[0].strip(" ,().") if otherwise else "")


def _days(text: str) -> tuple[int, ...]:
    """'man-ons og fre' → 0, 1, 2, 4. Of a range between groups ('weekend-man') nothing."""
    text = _ENGLISH_TO.sub(" - ", text)
    days: list[int] = []
    previous: tuple[int, ...] = ()
    position = 0
    for match in _ELEMENT.finditer(text):
        these = next(found for pattern, found in _RULES if pattern.fullmatch(match[1]))
        if previous and _RANGE_WORD.fullmatch(text[position : match.start()]):
            if len(previous) != 1 or len(these) != 1 or HOLIDAY in (*previous, *these):
                return ()
            day = previous[0]
            while day != these[0]:
                day = (day + 1) % 7
                days.append(day)
        else:
            days += these
        previous, position = these, match.end()
    return tuple(dict.fromkeys(days))


def _join(first: DayText | None, second: DayText) -> DayText | None:
    """Two rules of one day: more hours of it, or a contradiction (None)."""
    if first is None or (first.state, first.intervals) == (second.state, second.intervals):
        return second
    if first.state != second.state or not first.intervals or not second.intervals:
        return None
    both: list[Interval] = sorted((*first.intervals, *second.intervals))
    if any(later.opens < earlier.closes for earlier, later in pairwise(both)):
        return None
    return DayText(first.state, tuple(both))
