"""The rules of a week's text, one after the other, joined to what is known of each day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from fysfinder.clinics.hours_day_words import OTHER_DAYS, OTHER_WEEKDAYS
from fysfinder.clinics.hours_text import DayText, parse_clock
from fysfinder.clinics.opening import Interval

_ELSEWHERE = re.compile(r"\b(?:telefon\w*|tlf|phone|telephone|ring)\b", re.IGNORECASE)  # hours of something else
_EDGE = re.compile(r"(?:(?:har vi |er der )?åbent? )?(?:kun |først |helt )?(?P<word>til|fra|until|from) (?P<clock>.+)")


@dataclass(frozen=True)
class Edge:
    """One end of a day's hours, in minutes: 'dog onsdag til kl. 18' moves the end it had."""

    closes: int = 0
    opens: int | None = None  # when this is the end that is named

    def moved(self, day: DayText | None) -> DayText | None:
        """The day with its first opening or last closing moved; None when there is none to move."""
        if day is None or not day.intervals:
            return None
        first, last = day.intervals[0], day.intervals[-1]
        if self.opens is not None:
            is_sound = self.opens < first.closes and self.opens != first.opens
            spans = (Interval(self.opens, first.closes), *day.intervals[1:]) if is_sound else ()
        else:
            is_sound = last.opens < self.closes != last.closes
            spans = (*day.intervals[:-1], Interval(last.opens, self.closes)) if is_sound else ()
        return DayText(day.state, spans) if spans else None


@dataclass(frozen=True)
class Rule:
    """Some days, what is said of them (None: not understood), and the words themselves."""

    days: tuple[int, ...]
    said: DayText | Edge | None
    text: str
    is_instead: bool = False  # 'dog onsdag 8-18': takes the day over
    is_except: bool = False  # 'undtagen onsdag': the day is not what was said of it


class Heard:
    """What the rules taken so far say of each day."""

    def __init__(self) -> None:
        self.days: dict[int, DayText] = {}
        self.lost: set[int] = set()  # spoken of in a way that was not understood
        self.rest: list[str] = []

    def take(self, rule: Rule) -> None:
        """Join one more rule: what disagrees with an earlier one makes the day lost, and stands in rest."""
        numbers = self._spelled_out(rule.days)
        if rule.is_except and rule.said is None and numbers and set(numbers) <= set(self.days):
            self.lost |= set(numbers)
            return
        joined = {day: self._joined(day, rule) for day in numbers} if rule.said else {}
        if not joined:
            self.rest.append(rule.text)
            if rule.said is None and not _ELSEWHERE.search(rule.text):
                self.lost |= {day for day in numbers if day in self.days}
            return
        if any(value is None for value in joined.values()):  # two rules that disagree: neither is believed
            self.rest.append(rule.text)
            self.lost |= {day for day, value in joined.items() if value is None}
        self.days |= {day: value for day, value in joined.items() if value is not None}
        if isinstance(rule.said, DayText) and rule.said.rest:
            self.rest.append(rule.said.rest)

    def _joined(self, day: int, rule: Rule) -> DayText | None:
        before = self.days.get(day)
        if isinstance(rule.said, Edge):
            return rule.said.moved(before)
        if rule.said is None:
            return None
        if rule.is_except:  # 'undtagen ons 12-13' may be the hours or the pause: only what reaches outside is hours
            return rule.said if before and not _lies_within(rule.said, before) else None
        return rule.said if rule.is_instead else _join(before, rule.said)

    def _spelled_out(self, days: tuple[int, ...]) -> tuple[int, ...]:
        """Days by number, with 'the others' as those nothing has been said of."""
        groups = {OTHER_WEEKDAYS: range(5), OTHER_DAYS: range(7)}
        found: list[int] = []
        for day in days:
            found += [other for other in groups[day] if other not in self.days] if day in groups else [day]
        return tuple(dict.fromkeys(found))


def edge_of(words: str) -> Edge | None:
    """'til kl. 18', 'først fra 10': the end of the day that is named, and nothing else."""
    match = _EDGE.fullmatch(words.strip().lower())
    minutes = parse_clock(match["clock"]) if match else None
    if match is None or minutes is None:
        return None
    return Edge(opens=minutes) if match["word"] in {"fra", "from"} else Edge(closes=minutes)


def _lies_within(inner: DayText, outer: DayText) -> bool:
    return bool(outer.intervals) and all(
        any(around.opens <= span.opens and span.closes <= around.closes for around in outer.intervals)
        for span in inner.intervals
    )


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
