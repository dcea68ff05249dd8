"""Opening hours as people write them in a cell: one day's text to its state and intervals. Weeks: hours_week_text.py.

Only what is written is read. A text that holds anything else ('Kun træning', '9-17 ved fremmøde') is unknown as a
whole and comes back in rest, for the one who reads the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.base.text import fold, one_line
from fysfinder.clinics.hours_aside import AGREED, parted_from_aside
from fysfinder.clinics.hours_spelling import respelled
from fysfinder.clinics.opening import MINUTES_A_DAY, Interval, State

_UNKNOWN = {"", "ukendt", "ikke oplyst", "uoplyst", "n a", "na"}
_CLOSED = {
    "lukket",
    "closed",
    "off",
    "holder lukket",
    "lukket hele dagen",
    "closed all day",
    "vi holder lukket",
    "vi har lukket",
    "har lukket",
    "er lukket",
    "der er lukket",
    "klinikken er lukket",
    "klinikken holder lukket",
    "ikke aabent",
    "not open",
}
_BY_APPOINTMENT = re.compile(
    rf"(?:(?:kun|only|tid(?:er)?|åbent?|alle tider|behandling(?:er)?|konsultation(?:er)?)\s+)*(?:{AGREED})(?: only)?"
    r"|aftale|tidsbestilling|appointments? only"
)
_ALL_DAY = {
    "doegnaabent",
    "doegnaaben",
    "doegnet rundt",
    "aabent doegnet rundt",
    "hele doegnet",
    "24 timer",
    "24 timer i doegnet",
    "altid aabent",
    "always open",
    "24 7",
    "24 hours",
    "open 24 hours",
    "24h",
    "24 h",
}
_CLOCK = r"(?:kl(?:okken)?[.:]?\s*)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?(?:\s*([ap])\.?m\.?(?![a-z]))?"
_RANGE = re.compile(rf"(?:(?:fra|from)\s+)?{_CLOCK}\s*(?:-|til|to|until)\s*{_CLOCK}(?![0-9:.]*[0-9])")
_ONE_CLOCK = re.compile(_CLOCK)
_NO_HOURS = re.compile(
    r"(?:19|20)\d\d\b.*|[1-4]-\d\d?"  # years; '1-6' of something else
    r"|\d\d?\.(?:\d[1-46-9] ?- ?\d\d?\.\d\d|\d\d ?- ?\d\d?\.(?!59)\d[1-46-9])"  # dates: '12.05-14.06'
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|\+|&|\bog igen\b|\bog\b|\bsamt\b|\band\b)\s*|\s+")
_BREAK = re.compile(
    r"[\s,(;]*\b(?:og |and )?(?:med |with )?(?:frokost ?(?:lukket|pause)|middagspause|frokost|pause|lunch(?: break)?"
    rf"|break|lukket|closed)\b(?:\s+(?:for )?frokost)?:?\s*(?:fra |from |mellem )?({_RANGE.pattern})\s*\)?\s*$"
)
_ELSE = r"(?:ellers|otherwise|evt\.?|(?:øvrige|andre) (?:tider|tidspunkter))\s+"
_ASKED = rf"(?:kun )?(?:{AGREED})"
_OTHERWISE = re.compile(
    rf"[\s,(]*(?:(?:og|samt|eller|el\.?|or|and|&|\+|/)\s*(?P<also>(?:{_ELSE})?{_ASKED})|(?P<else>{_ELSE}{_ASKED}))\)?[\s.]*$"
)
_ASKED_LAST = re.compile(rf"[\s,(]*\b(?:kun )?(?:{AGREED})(?: only)?\)?$")
# Other words for one range: 'mellem 8 og 16', 'åbner 8, lukker 16', '9am-noon'.
_WORDED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile("-{2,}"), "-"),
    (re.compile(r"\b(\d{1,2}:\d{2}):00\b"), r"\1"),
    (re.compile(rf"\b(?:mellem|between)\s+({_CLOCK})\s+(?:og|and)\s+(?=kl|\d)"), r"\1-"),
    (re.compile(rf"^åbner\s+({_CLOCK}),?\s+(?:og )?lukker\s+(?=kl|\d)"), r"\1-"),
    (re.compile(r"(?<=[ -])noon\b"), "12pm"),
    (re.compile(r"^noon\b"), "12pm"),
    (re.compile(r"(?<=[ -])(?:midnat|midnight)\b"), "24"),
    (re.compile(r"^(\d{1,2}),(\d{2})(\s*-\s*)(\d{1,2}),(\d{2})$"), r"\1.\2\3\4.\5"),
    (re.compile(r"\bhalv (\d{1,2})\b"), lambda half: f"{(int(half[1]) - 1) % 24}:30"),
)
_OPEN_BEFORE = re.compile(r"^(?:(?:vi har |har )?(?:åbent|åben|aabent)|open|opening hours|åbningstid(?:er)?)\b:?\s*")
_MAX_LENGTH = 200


@dataclass(frozen=True)
class DayText:
    """What the text says. rest is the whole text when it was not understood, an 'ellers efter aftale', or empty."""

    state: State
    intervals: tuple[Interval, ...] = ()
    rest: str = ""


def parse_day(raw: str) -> DayText:
    """'08:00-17:00', 'kl. 9 til 12 og 13-16', '8-16 (frokost 12-12.30)', 'Lukket', 'Efter aftale', 'Døgnåbent' …"""
    text = one_line(respelled(raw[: _MAX_LENGTH * 4]), max_length=_MAX_LENGTH)
    words = fold(text)
    if words in _UNKNOWN:
        return DayText("unknown", rest="" if set(text) <= set("-?./ ") or words else text)
    lowered = _plain(text)
    words = fold(lowered)
    if words in _CLOSED:
        return DayText("closed")
    if _BY_APPOINTMENT.fullmatch(lowered.strip(" ,;:.()")):
        return DayText("by_appointment")
    if words in _ALL_DAY:
        return DayText("open", (Interval(0, MINUTES_A_DAY),))
    if day := _open_day(lowered):
        return day
    hours, aside = parted_from_aside(text)
    if aside and (day := _open_day(_plain(hours))):
        return DayText(day.state, day.intervals, "; ".join(filter(None, (day.rest, aside))))
    return DayText("unknown", rest=text)


def _open_day(lowered: str) -> DayText | None:
    """Hours, alone or with 'efter aftale' behind or before them; None when a word of it is not understood."""
    state: State = "open"
    otherwise = _OTHERWISE.search(lowered)
    if otherwise:
        lowered = lowered[: otherwise.start()]
    if asked := _ASKED_LAST.search(lowered):
        lowered, state = lowered[: asked.start()], "by_appointment"
    if lowered.startswith("efter aftale ") and state == "open":
        lowered, state = lowered.removeprefix("efter aftale "), "by_appointment"
    intervals = _with_break(lowered)
    if not intervals:
        return None
    return DayText(state, intervals, otherwise["also"] or otherwise["else"] if otherwise else "")


def parse_clock(text: str) -> int | None:
    """Minutes since midnight of one 'kl. 18', '17.30' or '4 pm'; None of anything else."""
    match = _ONE_CLOCK.fullmatch(text.strip())
    return _minutes(match[1], match[2], match[3]) if match else None


def _plain(text: str) -> str:
    """Lower case, without a full stop behind it or 'åbent' before it; worded ranges with a dash."""
    lowered = text.lower().rstrip(" .")
    if lowered.endswith((" a.m", " p.m")) or re.search(r"[0-9][ap]\.m$", lowered):
        lowered += "."
    lowered = _OPEN_BEFORE.sub("", lowered, count=1) or lowered
    for pattern, plain in _WORDED:
        lowered = pattern.sub(plain, lowered)
    return lowered


def _with_break(text: str) -> tuple[Interval, ...]:
    """The intervals less a break at the end of the text, which must lie inside one of them."""
    found = _BREAK.search(text)
    if found is None:
        return _intervals(text)
    spans, pauses = _intervals(text[: found.start()].rstrip(" ,")), _intervals(found[1])
    for around in spans:
        for pause in pauses:
            if around.opens < pause.opens and pause.closes < around.closes:
                cut = Interval(around.opens, pause.opens), Interval(pause.closes, around.closes)
                return tuple(sorted((*(span for span in spans if span != around), *cut)))
    return ()


def _intervals(text: str) -> tuple[Interval, ...]:
    """Every interval of the text in order; none when a single character stands outside of them."""
    found: list[Interval] = []
    position = 0
    while match := _RANGE.match(text, position):
        if _NO_HOURS.fullmatch(match[0]):
            return ()
        half = match[3] or (_first_half(int(match[1]), int(match[4])) if match[6] == "p" else "")
        if bool(half) != bool(match[6]):  # '8-10pm': of the morning or the evening?
            return ()
        opens, closes = _minutes(match[1], match[2], half), _minutes(match[4], match[5], match[6])
        closes = MINUTES_A_DAY if closes == 0 and opens else closes  # '0-0' is more often an empty form than a day
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


def _first_half(opens: int, closes: int) -> str:
    """Of '9-5 pm' the 9 is of the morning, of '1-5 pm' nobody opens at 1 at night; of '8-10 pm', who knows."""
    if not (1 <= opens <= 12 and 1 <= closes <= 12):
        return ""
    if closes != 12 and opens != 12 and opens > closes:
        return "a"
    return "p" if opens in {12, 1, 2, 3, 4, 5} and opens != closes else ""


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes since midnight; half is 'a' or 'p' on a clock of twelve hours."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_A_DAY else None
