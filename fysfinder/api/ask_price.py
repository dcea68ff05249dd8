"""`manage.py ask price`: what a course costs one person, by the engine the pages use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from fysfinder.clinics.course import ClinicTerms, Own, Plan, Situation, own_prices
from fysfinder.clinics.queries import compare
from fysfinder.clinics.quotes import Line, Quote, quote
from fysfinder.search.situation import region_of
from fysfinder.tariffs.queries import known_tariffs
from fysfinder.tariffs.subsidies import DANMARK_GROUPS

INSURANCES = (None, "covered", "approval", "unknown")
PLANS = ("course", "group", "home")


def price(question: Mapping[str, Any]) -> dict[str, Any]:
    """The receipt of a question. Raises ValueError in words for the wrong kind of value."""
    day = _day(question.get("date"))
    situation = Situation(
        has_referral=_truth(question, "referral"),
        danmark=_one_of(question, "danmark", (None, *DANMARK_GROUPS)),
        is_free=bool(_truth(question, "free")),
        insurance=_one_of(question, "insurance", INSURANCES),
        is_pensioner=bool(_truth(question, "pensioner")),
        region=region_of(str(question.get("postcode") or "")) or None,
    )
    visits = question.get("visits", Plan().visits)
    if not isinstance(visits, int) or isinstance(visits, bool):
        raise ValueError("'visits' must be a whole number")
    plan = Plan(_one_of(question, "plan", PLANS) if "plan" in question else "course", visits)
    found = quote(_terms(question, day), situation, plan, known_tariffs(), day)
    return {"date": day.isoformat(), **_answer(found)}


def _terms(question: Mapping[str, Any], day: dt.date) -> ClinicTerms:
    """Of a clinic we list, or as the question gives them."""
    slug = question.get("clinic")
    if slug is not None:
        cards = compare([str(slug)], today=day)
        if not cards:
            raise ValueError("no such clinic")
        card = cards[0]
        return ClinicTerms(card.agreement, card.vederlagsfri, card.region, own_prices(card.prices))
    prices = question.get("prices", {})
    if not isinstance(prices, dict):
        raise ValueError("'prices' must be an object of service and øre")
    own = {str(service): _own(value) for service, value in prices.items()}
    region = str(question.get("clinic_region") or "")
    return ClinicTerms(_truth(question, "agreement"), _truth(question, "vederlagsfri"), region, own)


def _own(value: Any) -> Own:
    pair = value if isinstance(value, list) and len(value) == 2 else [value, value]
    low, high = pair
    if any(not isinstance(ore, int) or isinstance(ore, bool) for ore in pair) or not 0 <= low <= high:
        raise ValueError("a price is a whole number of øre, or [low, high]")
    return Own(low, high)


def _truth(question: Mapping[str, Any], key: str) -> bool | None:
    value = question.get(key)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{key!r} must be true, false or null")
    return value


def _one_of(question: Mapping[str, Any], key: str, allowed: tuple[Any, ...]) -> Any:
    value = question.get(key)
    if value not in allowed:
        raise ValueError(f"{key!r} must be one of {', '.join(str(each) for each in allowed)}")
    return value


def _day(text: Any) -> dt.date:
    if text is None:
        return timezone.localdate()
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("'date' must be a day: 2026-11-22") from None


def _answer(found: Quote) -> dict[str, Any]:
    return {
        "low_ore": found.low_ore,
        "high_ore": found.high_ore,
        "per_visit_ore": list(found.per_visit_ore) if found.per_visit_ore else None,
        "visits": found.visits,
        "lines": [_line(line) for line in found.lines],
        "reasons": list(found.reasons),
        "notes": list(found.notes),
        "messages": list(found.messages),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "label": line.label,
        "count": line.count,
        "low_ore": line.low_ore,
        "high_ore": line.high_ore,
        "rule": line.rule,
        "source": line.source,
        "source_url": line.source_url,
        "on": line.on.isoformat() if line.on else None,
        "is_verified": line.is_verified,
    }
