"""Opening hours of a whole week as people write them: 'Man-tors 8-18, fre 8-15', 'Weekdays 9am-5pm', OSM syntax.

A text is read rule by rule: some days, and what is said about them. A rule with a word too many is not read at all:
its days stay unknown and its text comes back in rest, for a person. Days nobody mentions are unknown, except in
OpenStreetMap's syntax, which says that what is not stated is closed (hours_osm_text.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fysfinder.base.text import clean, fold, one_line
from fysfinder.clinics.hours_day_words import (
    AS_USUAL_WORDS,
    DAY_SET,
    HOLIDAY,
    WRITTEN,
    days_of,
)
from fysfinder.clinics.hours_heard import Edge, Heard, Rule, edge_of
from fysfinder.clinics.hours_osm_text import looks_like_osm, parse_osm
from fysfinder.clinics.hours_season_text import SEASON, season_of
from fysfinder.clinics.hours_spelling import respelled
from fysfinder.clinics.hours_text import DayText, parse_day
from fysfinder.clinics.opening import AS_USUAL, UNKNOWN, Day, SpecialDays, State

_MAX_LENGTH = 500
_HEADING = {"", "aabningstider", "aabningstid", "aabent", "aaben", "vi har aabent", "har aabent", "opening hours",
            "open", "hours", "klinikkens aabningstider", "vores aabningstider", "klinikken har aabent",
            "klinikken er aaben", "vi holder aabent", "business hours", "open hours"}  # fmt: skip
_LINES = re.compile(r"\s*(?:\r\n|[\r\n|•·]|<br\s*/?>)\s*", re.IGNORECASE)
_STOPS = ("kl", "t", "undt", r"a\.m", r"p\.m", "man", "tir", "tirs", "ons", "tor", "tors", "fre", "lør",
          "søn")  # fmt: skip  # '.' behind these ends nothing
_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in _STOPS)
_SENTENCE = re.compile(rf"\s*;\s*|{_ABBREVIATED}(?<!\s\d)(?<!^\d)\.\s+(?=\D)", re.IGNORECASE)
_EDGE = " ,;:.&/+="
_EDGE_WORDS = re.compile(
    r"^(?:og|and|samt|men|er|is|are|der er|har vi|holder vi)\s+|\s+(?:og|and|samt|men|er|is|på)$", re.IGNORECASE
)
# Words that narrow the day they stand before: with them, its hours are not those of every week.
_NARROWS = re.compile(
    r"(?:(?:i|in|on|hver|every|den|the|kun|only|samt|og|and|men|each)\s+)*(?:\d{1,2}\.|1st|2nd|3rd|4th|ulige|lige|odd|even|første|"
    r"anden|andet|tredje|fjerde|sidste|first|second|third|last|other|dog|undtagen|bortset fra|except)"
    r"(?:\s+(?:uger?|weeks?|og|and|\d{1,2}\.|tredje|fjerde|third))*:?",
    re.IGNORECASE,
)
_EXCEPT = {"undtagen", "bortset fra", "except", "ikke"}
_INSTEAD = {"dog", "men dog", "men"}


@dataclass(frozen=True)
class WeekText:
    """What a text says of each day, of public holidays (None: nothing), and what of it was not understood."""

    days: tuple[Day, ...] = (UNKNOWN,) * 7
    holidays: Day | None = None
    rest: str = ""
    seasons: tuple[SpecialDays, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Something is known of a day."""
        return any(day.state != "unknown" for day in (*self.days, self.holidays or UNKNOWN)) or bool(
            self.seasons or (self.holidays and self.holidays.is_usual)
        )

    @property
    def is_week_stated(self) -> bool:
        """Something is known of a usual weekday or of holidays, not only of seasons."""
        return replace(self, seasons=()).is_stated

    @property
    def with_switches(self) -> tuple[Day, ...]:
        """The seven days; behind them what is said of public holidays and (nothing) of customary days, if anything."""
        return self.days if self.holidays is None else (*self.days, self.holidays, UNKNOWN)

    @property
    def state(self) -> State:
        """Open when any day is; else by appointment, else closed, else unknown."""
        states = {day.state for day in self.days}
        order: tuple[State, ...] = ("open", "by_appointment", "closed")
        return next((state for state in order if state in states), "unknown")


def parse_week(raw: str) -> WeekText:
    """Never raises; a text without any weekday has every day unknown and stands whole in rest."""
    raw = respelled(raw[: _MAX_LENGTH * 4 + 1])
    if looks_like_osm(raw):
        osm = parse_osm(raw)
        week = WeekText(osm.days, osm.holidays, "; ".join(osm.rest), osm.seasons)
        if week.is_stated or not week.rest:  # else 'Mo - Fr 08:00 - 17:00': written by a person
            return week
    text = one_line(_LINES.sub("; ", clean(raw)), max_length=_MAX_LENGTH + 1).strip("; ")
    for pattern, plain in WRITTEN:
        text = pattern.sub(plain, text)
    if len(text) > _MAX_LENGTH or len(raw) > _MAX_LENGTH * 4:
        return WeekText(rest=text[:_MAX_LENGTH])
    usual, seasons = _parted_by_season(text)
    as_usual = AS_USUAL_WORDS.search(usual)
    if as_usual:
        usual = usual[: as_usual.start()] + usual[as_usual.end() :]
    heard = Heard()
    for sentence in _sentences(usual):
        for rule in _rules(sentence):
            heard.take(rule)
    known = {day: Day(said.state, said.intervals) for day, said in heard.days.items() if day not in heard.lost}
    rest = "; ".join(part for part in heard.rest if part)
    if as_usual and HOLIDAY not in heard.days:
        known[HOLIDAY] = AS_USUAL
    return WeekText(tuple(known.get(day, UNKNOWN) for day in range(7)), known.get(HOLIDAY), rest, tuple(seasons))


def _parted_by_season(text: str) -> tuple[str, list[SpecialDays]]:
    """The text without its seasons, and these. A season of which a word is not understood stays in the text."""
    found = list(SEASON.finditer(text))
    usual, seasons = text[: found[0].start()] if found else text, list[SpecialDays]()
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        special = _season(match, text[match.end() : end].strip(" :;,."))
        seasons += special
        usual += "" if special else text[match.start() : end]
    return usual, seasons


def _season(match: re.Match[str], body: str) -> list[SpecialDays]:
    when, words = season_of(match), fold(match["body"] or body)
    note = match["note"].strip()
    says_closed = fold(note).endswith("lukket")
    if when is None or (bool(match["body"]) and body) or (match["yearly"] and not when[2]):
        return []
    first, last, is_yearly = when
    if words in {"lukket", "closed", "holder vi lukket", "er lukket"} or (says_closed and not words):
        return [SpecialDays(first, last, Day("closed", note="" if says_closed else note), None, is_yearly)]
    if says_closed:
        return []
    week = parse_week(body)
    days = [(weekday, day) for weekday, day in enumerate(week.days) if day.state != "unknown"]
    if week.rest or week.holidays or week.seasons or any(day.state == "by_appointment" for _, day in days):
        return []
    return [SpecialDays(first, last, Day(day.state, day.intervals, note), at, is_yearly) for at, day in days]


def _sentences(text: str) -> list[str]:
    """The text at its full stops, semicolons and lines; hours on the line below their day are joined to it."""
    found: list[str] = []
    for part in (part.strip() for part in _SENTENCE.split(text)):
        ends_with_days = found and (match := _last_days(found[-1])) and not found[-1][match.end() :].strip(_EDGE)
        if ends_with_days and not DAY_SET.search(part) and parse_day(part).state != "unknown":
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def _last_days(sentence: str) -> re.Match[str] | None:
    return next(reversed(list(DAY_SET.finditer(sentence))), None)


def _rules(sentence: str) -> Iterator[Rule]:
    """The sentence as (days, what is said of them), days first or, in 'Lukket lør-søn', last."""
    found = list(DAY_SET.finditer(sentence))
    if not found:
        if not fold(sentence) or fold(sentence) not in _HEADING:
            yield Rule((), None, sentence)
        return
    ends = [match.start() for match in found[1:]] + [len(sentence)]
    bodies = [sentence[match.end() : end] for match, end in zip(found, ends, strict=True)]
    before = sentence[: found[0].start()]
    carried = ""
    if fold(before) in _INSTEAD:
        carried = ""
    elif fold(before) not in _HEADING:
        if not _bare(bodies[-1]) and _said(before) and not before.rstrip().endswith((",", ":")):
            carried = before
        else:  # 'Telefontid man-fre 8-9': not what we ask for
            yield Rule(tuple(day for match in found for day in days_of(match[0])), None, sentence)
            return
    yield from _days_with_hours(sentence, found, bodies, carried)


def _days_with_hours(sentence: str, found: list[re.Match[str]], bodies: list[str], carried: str) -> Iterator[Rule]:
    """carried: hours that stand before their days."""
    before = sentence[: found[0].start()].strip()
    listed: tuple[int, ...] = ()  # 'man tir ons 8-16': days with nothing but a space between
    narrowed = (
        before if fold(before) in _INSTEAD else ""
    )  # words before the days that narrow them, or were not understood
    for number, (match, body) in enumerate(zip(found, bodies, strict=True)):
        is_last = number + 1 == len(bodies)
        if not carried and not narrowed and not body.strip() and not is_last:
            listed += days_of(match[0]) if fold(match[0]) not in {"to", "on"} else (-1,)
            continue
        days = (*listed, *days_of(match[0]))
        is_clear = -1 not in days and not (listed and fold(match[0]) in {"to", "on"})
        days = tuple(dict.fromkeys(days)) if is_clear else ()
        words = sentence[found[0].start() : match.start()] if listed else (carried or narrowed) + " "
        is_instead, is_except = fold(narrowed) in _INSTEAD, fold(narrowed) in _EXCEPT
        own, following, narrowing = _parted(body, carried, "" if is_last else bodies[number + 1], is_last)
        said: DayText | Edge | None = _said(carried) if carried and not _bare(own) else None if carried else _said(own)
        if narrowed and not (is_instead or is_except):
            said = None
        elif said is None and not carried and not is_except:
            said = edge_of(_bare(own))
        text = f"{words}{match[0]}{own}".strip(_EDGE.replace("+", ""))
        yield Rule(days, said, text, is_instead, is_except and (said is not None or not _bare(own)))
        carried, listed, narrowed = following, (), narrowing


def _parted(body: str, carried: str, next_body: str, is_last: bool) -> tuple[str, str, str]:
    """What of the words behind some days is theirs, what is the hours of the next days, and what narrows those."""
    if carried or (not is_last and not _bare(next_body)):
        own, following = _split_following(body, bool(carried))
        if following or carried:
            return own, following, ""
    if is_last or _said(body) or not re.search(r"\w", body) or body.rstrip().endswith((",", ";")):
        return body, "", ""
    pieces = list(re.finditer(r"\s*,\s*|\s+(?:og|and|men|samt)\s+|\s+", body.rstrip()))
    for piece in reversed(pieces):  # 'man-fre 8-16, ulige uger lør 10-13', 'man-fre 8-16 1. lørdag'
        own, narrowing = body[: piece.start()], body[piece.end() :].strip()
        if _said(own) and narrowing and (_NARROWS.fullmatch(narrowing) or piece[0].strip()):
            return own, "", narrowing
    return body, "", body.strip()


def _split_following(body: str, is_spoken: bool) -> tuple[str, str]:
    """'8-16, lukket ' before days of which nothing follows: what belongs here, and what belongs to those days."""
    if body.rstrip().endswith((",", ":", "og", "&", "/")):
        return body, ""
    if is_spoken:
        return "", body
    parts = re.split(r"\s*,\s*|\s+og\s+|\s+men\s+|\s+(?=(?:lukket|closed)\s*$)", body)
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
    day = parse_day(text)
    return None if day.state == "unknown" else day
