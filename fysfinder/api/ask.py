"""One answer a question, the same rules the pages use. Shapes are documented in docs/ask.md and stay stable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fysfinder.api.ask_price import price as price_answer
from fysfinder.base.http import query_string
from fysfinder.clinics.hours_osm import to_osm
from fysfinder.clinics.hours_text import DayText, parse_day
from fysfinder.clinics.hours_week_text import parse_week
from fysfinder.clinics.opening import UNKNOWN, Day, SpecialDays, Week
from fysfinder.encyclopedia.glossary import explain, glossary
from fysfinder.encyclopedia.queries import article_answer
from fysfinder.imports.identity import identity_of
from fysfinder.imports.scoring import compare
from fysfinder.search import suggest as search_suggest
from fysfinder.search.question import Question as Asked
from fysfinder.search.results import Target
from fysfinder.search.site_search import SiteHit, search_site
from fysfinder.search.suggest import Suggestion
from fysfinder.tools.ask import answer as answer_tool

Question = dict[str, Any]
Answer = dict[str, Any]


class QuestionError(ValueError):
    """The question lacks something or holds the wrong kind of value; the text says which."""


def text_of(question: Question, key: str) -> str:
    """A required text of the question."""
    value = question.get(key)
    if not isinstance(value, str):
        raise QuestionError(f"{key!r} must be a text")
    return value


def clock(minutes: int) -> str:
    """Minutes since midnight as '08:00'; the midnight that ends a day is '24:00'."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


MOST_REPORT_CHARS = 20_000
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def spans(day: Day | DayText) -> list[list[str]]:
    return [[clock(span.opens), clock(span.closes)] for span in day.intervals]


def hours(question: Question) -> Answer:
    """{"raw": "08:00-17:00"} → {"intervals": [["08:00", "17:00"]], "state": "open", "rest": ""}; weeks name the days"""
    raw = text_of(question, "raw")
    day = parse_day(raw)
    week = parse_week(raw)
    if not week.is_stated:
        return {"intervals": spans(day), "state": day.state, "rest": day.rest}
    days = dict(zip(WEEKDAYS, week.days, strict=True))
    answer: Answer = {
        "intervals": [[name, *span] for name, said in days.items() for span in spans(said)],
        "state": week.state,
        "rest": week.rest,
        "days": {name: said.state for name, said in days.items()},
    }
    if week.holidays:
        state = "as_usual" if week.holidays.is_usual else week.holidays.state
        answer["holidays"] = {"state": state, "intervals": spans(week.holidays)}
    if week.seasons:
        answer["seasons"] = [season_answer(special) for special in week.seasons]
    answer["osm"] = to_osm(Week(week.days, week.seasons, week.holidays or UNKNOWN))
    return answer


def season_answer(special: SpecialDays) -> Answer:
    """Dates are --MM-DD when they come every year; day is null for every day of them."""
    first, last = (each.isoformat() for each in (special.first_day, special.last_day))
    return {
        "from": f"-{first[4:]}" if special.is_yearly else first,
        "to": f"-{last[4:]}" if special.is_yearly else last,
        "day": None if special.weekday is None else WEEKDAYS[special.weekday],
        "state": special.day.state,
        "intervals": spans(special.day),
    }


def article(question: Question) -> Answer:
    """{"slug": "kryoterapi"} or {"path": "file.md"} → the article's sections, FAQ and words."""
    kind = question.get("kind", "")
    found = article_answer(text_of(question, "path" if "path" in question else "slug"), str(kind or ""))
    if found is None:
        raise QuestionError("no such article")
    return found


def search(question: Question) -> Answer:
    """{"query": "ondt i knæet i Aarhus", "sted"?: …, "kind"?: …} → what was understood, hits, clinics."""
    query = text_of(question, "query")
    place_text = text_of(question, "sted") if "sted" in question else ""
    kind = text_of(question, "kind") if "kind" in question else ""
    found = search_site(query, now=timezone.now(), place_text=place_text, kind=kind)
    target = found.clinics.search.target()
    return {
        "understood": understood(found.question, found.corrections),
        "hits": [
            {"kind": hit.kind, "title": hit.title, "url": path(hit), "score": hit.score, "why": hit.why}
            for hit in found.hits
        ],
        "clinics": {
            "total": found.clinics.total,
            "url": path(target) + query_string(target.pairs),
            "first": [{"title": title, "url": reverse("clinic", args=[slug])} for slug, title in found.first],
        },
    }


def path(target: SiteHit | Target | Suggestion) -> str:
    """The page a hit, a target or a suggestion leads to."""
    return reverse(target.url_name, args=target.url_args)


def understood(asked: Asked, corrections: Iterable[tuple[str, str]]) -> Answer:
    """A question as it was read: each part with the words it came from."""
    return {
        "place": asked.place.slug if asked.place else None,
        "place_choices": [place.slug for place in asked.place_choices],
        "topics": [topic.slug for topic in asked.topics],
        "filters": dict(asked.pairs),
        "near_me": asked.is_near_me,
        "parts": [
            {
                "kind": part.kind,
                "key": part.key,
                "value": part.value,
                "label": part.label,
                "from": [part.start, part.end],
            }
            for part in asked.understood
        ],
        "corrections": [list(pair) for pair in corrections],
        "rest": asked.rest,
        "elsewhere": list(asked.elsewhere),
    }


def suggest(question: Question) -> Answer:
    """{"query": "kry", "language"?: "en"} → up to eight places, topics and clinics."""
    language = "en" if question.get("language") == "en" else "da"
    found = search_suggest.suggest(text_of(question, "query"), language=language)
    return {"suggestions": [{"kind": s.kind, "label": s.label, "hint": s.hint, "url": path(s)} for s in found]}


def report(question: Question) -> Answer:
    """{"text": "MR: L4/L5 discusprolaps"} → the words of a scan report explained; CPR numbers are covered."""
    found = explain(text_of(question, "text")[:MOST_REPORT_CHARS])
    terms = [
        {
            "term": term.term,
            "found": list(dict.fromkeys(piece.text for piece in found.pieces if piece.term == term)),
            "explanation": term.explanation,
            "common_without_pain": bool(term.common),
            "sources": [
                source.url for source in glossary().sources_of([term]) if source.key in (*term.sources, term.common)
            ],
        }
        for term in found.terms
    ]
    return {"terms": terms, "masked": found.masked}


def tool(question: Question) -> Answer:
    """{"tool": "bmi", "input": {…}} → {"output": {…}}; an error names its field."""
    return answer_tool(question, today=timezone.localdate())


def match(question: Question) -> Answer:
    """{"a": {record}, "b": {record}} → {"decision": "same" | "ask" | "different", "score": 0–1, "reasons": […]}"""
    sides = [question.get(side) for side in ("a", "b")]
    if not all(isinstance(side, dict) for side in sides):
        raise QuestionError("'a' and 'b' must be objects")
    verdict = compare(*(identity_of(side) for side in sides if side is not None))
    return {"decision": verdict.decision, "score": verdict.score, "reasons": list(verdict.reasons)}


def price(question: Question) -> Answer:
    """{"referral": true, "visits": 5, "agreement": true} → the receipt of a course."""
    try:
        return price_answer(question)
    except ValueError as error:
        raise QuestionError(str(error)) from None


SUBJECTS: dict[str, Callable[[Question], Answer]] = {
    "price": price,
    "report": report,
    "article": article,
    "hours": hours,
    "match": match,
    "search": search,
    "suggest": suggest,
    "tool": tool,
}


def answer(subject: str, line: bytes) -> Answer:
    """The answer to one JSON line; {"error": …} when it is no question. Never raises for what a caller may send."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not JSON"}
    if not isinstance(question, dict):
        return {"error": "a question is a JSON object"}
    try:
        return SUBJECTS[subject](question)
    except (QuestionError, OSError) as error:
        return {"error": str(error)}
