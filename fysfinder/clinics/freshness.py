"""How fresh what we say is: which facts ought to be confirmed, a score per clinic and per municipality, the stalest.

The score is 0–100: every known fact counts its weight, whole within its interval (attributes.confirm_days), half up to
two intervals, not at all after; the sum is divided by the weight of the known facts. What nobody has said is not old:
it is counted apart, as known of all. Facts people act on weigh 3, others 1.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, FloatField, Q, Sum, Value, When
from django.db.models.functions import Cast

from fysfinder.clinics.attributes import ATTRIBUTES, ROW_FACTS, confirm_days
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.clinics.models.clinic import Status

HEAVY = frozenset({"hours", "prices", "waiting", "phone", "street", "agreement", "booking_url", "step_free"})
WEIGHT = 3
COUNTED = (*ROW_FACTS, *(attribute.name for attribute in ATTRIBUTES if attribute.is_public))


def weight(fact: str) -> int:
    return WEIGHT if fact in HEAVY else 1


def is_due(fact: str, confirmed_on: dt.date, today: dt.date) -> bool:
    """Nobody has said it again within its interval: 'bør bekræftes'."""
    return (today - confirmed_on).days > confirm_days(fact)


def _freshness(intervals: int, today: dt.date) -> Q:
    """Facts within so many of their intervals."""
    by_days: dict[int, list[str]] = defaultdict(list)
    for fact in COUNTED:
        by_days[confirm_days(fact)].append(fact)
    within = Q()
    for days, names in by_days.items():
        within |= Q(name__in=names, confirmed_on__gte=today - dt.timedelta(days=days * intervals))
    return within


def _summed(key: str, today: dt.date, **only: Any) -> Any:
    """The public facts of published clinics, by key: weight, what of it is fresh, how many. One query."""
    weights = Case(When(name__in=HEAVY, then=Value(float(WEIGHT))), default=Value(1.0), output_field=FloatField())
    share = Case(
        When(_freshness(1, today), then=Value(1.0)),
        When(_freshness(2, today), then=Value(0.5)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    facts: Any = Fact.objects.filter(name__in=COUNTED, clinic__status=Status.ACTIVE, **only).order_by()
    return (
        facts.annotate(weight=weights, fresh=F("weight") * share)
        .values(key)
        .annotate(all=Sum("weight"), good=Sum("fresh"), known=Count("pk"))
        .annotate(fresh_ones=Count("pk", filter=_freshness(1, today)))
    )


@dataclass(frozen=True, slots=True)
class Score:
    """of: a clinic's id or a municipality's name. known: facts somebody has said (of all its clinics together)."""

    of: int | str
    score: int  # 0–100
    due: int  # facts that ought to be confirmed
    known: int


def by_municipality(today: dt.date) -> list[Score]:
    """Every municipality with clinics, the stalest first. One query."""
    name = "clinic__postcode__municipality__name"
    scores = (_score(row[name], row) for row in _summed(name, today))
    return sorted(scores, key=lambda score: (score.score, -score.due))


def stalest(today: dt.date, *, limit: int = 100) -> list[Score]:
    """The clinics whose facts ought to be confirmed first: the lowest score, then the most facts. One query."""
    rows = _summed("clinic_id", today).annotate(ratio=Cast(F("good"), FloatField()) / F("all"))
    return [_score(row["clinic_id"], row) for row in rows.order_by("ratio", "-known", "clinic_id")[:limit]]


def of_clinics(ids: Iterable[int], today: dt.date) -> dict[int, Score]:
    """The scores of these clinics; one of which nothing is known has none. One query."""
    rows = _summed("clinic_id", today, clinic_id__in=list(ids))
    return {row["clinic_id"]: _score(row["clinic_id"], row) for row in rows}


def _score(of: int | str, row: Mapping[str, float]) -> Score:
    return Score(of, round(100 * row["good"] / row["all"]), int(row["known"] - row["fresh_ones"]), int(row["known"]))


def due_facts(clinic: Clinic, today: dt.date) -> list[Fact]:
    """What to ask the clinic about, the heaviest and then the oldest first."""
    facts = Fact.objects.filter(clinic=clinic, name__in=COUNTED)
    found = [fact for fact in facts if is_due(fact.name, fact.confirmed_on, today)]
    return sorted(found, key=lambda fact: (-weight(fact.name), fact.confirmed_on, fact.name))
