"""'Din situation' in an address: plain answers as parameters, read and written in one canonical form. Nothing is kept.

henvisning=ja|nej|ved-ikke   danmark=1|2|5|s|ja   vederlagsfri-ret=ja   pensionist=ja   plan=hold|hjemme
sundhedsforsikring=daekker|godkender|ved-ikke   bopael=sjaelland (also read from postnr=4000)   gange=0 … 50
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fysfinder.clinics.course import MOST_VISITS, USUAL_VISITS, Insurance, Plan, PlanKind, Situation
from fysfinder.places.queries import gazetteer
from fysfinder.search.course_prices import Course
from fysfinder.search.results import Pairs
from fysfinder.tariffs.queries import known_tariffs
from fysfinder.tariffs.subsidies import DANMARK_GROUPS, TRIAL_REGION

REFERRAL, DANMARK, FREE, INSURANCE = "henvisning", "danmark", "vederlagsfri-ret", "sundhedsforsikring"
PENSIONER, HOME, PLAN, VISITS, POSTCODE = "pensionist", "bopael", "plan", "gange", "postnr"
KEYS = (REFERRAL, DANMARK, FREE, INSURANCE, PENSIONER, HOME, PLAN, VISITS)
READ_KEYS = (*KEYS, POSTCODE)
SJAELLAND = "sjaelland"
_REFERRALS: Mapping[str, bool | None] = {"ja": True, "nej": False, "ved-ikke": None}
_INSURANCES: Mapping[str, Insurance] = {"daekker": "covered", "godkender": "approval", "ved-ikke": "unknown"}
_PLANS: Mapping[str, PlanKind] = {"hold": "group", "hjemme": "home"}


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers as canonical texts, in the order of KEYS; what was not answered is missing."""

    pairs: Pairs = ()

    @classmethod
    def read(cls, params: Mapping[str, str | Sequence[str]]) -> Answers:
        """What can be read of a query; the rest is left out. Never raises."""
        if not any(key in params for key in READ_KEYS):
            return NO_ANSWERS
        texts = {key: _text(params, key) for key in READ_KEYS}
        allowed: dict[str, tuple[str, ...]] = {
            REFERRAL: tuple(_REFERRALS),
            DANMARK: DANMARK_GROUPS,
            FREE: ("ja",),
            INSURANCE: tuple(_INSURANCES),
            PENSIONER: ("ja",),
            HOME: (SJAELLAND,),
            PLAN: tuple(_PLANS),
        }
        if not texts[HOME] and region_of(texts[POSTCODE]) == TRIAL_REGION:
            texts[HOME] = SJAELLAND
        pairs = [(key, texts[key]) for key, values in allowed.items() if texts[key] in values]
        visits = read_visits(texts[VISITS])
        if visits is not None and visits != USUAL_VISITS:
            pairs.append((VISITS, str(min(visits, MOST_VISITS))))
        return cls(tuple(pairs))

    def __bool__(self) -> bool:
        """Something was answered."""
        return bool(self.pairs)

    def text(self, key: str) -> str:
        return dict(self.pairs).get(key, "")

    @property
    def situation(self) -> Situation:
        return Situation(
            has_referral=_REFERRALS.get(self.text(REFERRAL)),
            danmark=self.text(DANMARK) or None,
            is_free=bool(self.text(FREE)),
            insurance=_INSURANCES.get(self.text(INSURANCE)),
            is_pensioner=bool(self.text(PENSIONER)),
            region=TRIAL_REGION if self.text(HOME) else None,
        )

    @property
    def plan(self) -> Plan:
        visits = read_visits(self.text(VISITS))
        return Plan(_PLANS.get(self.text(PLAN), "course"), USUAL_VISITS if visits is None else visits)

    def course(self, day: dt.date) -> Course | None:
        """What to ask a price for; None when nothing was answered."""
        return Course(self.situation, self.plan, known_tariffs(), day) if self else None


NO_ANSWERS = Answers()


def read_visits(text: str) -> int | None:
    """A number of visits in plain digits, of any size; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def region_of(postcode: str) -> str | None:
    """TRIAL_REGION for a postcode in Region Sjælland, '' for another one, None for no postcode of ours."""
    if len(postcode) != 4 or not (postcode.isascii() and postcode.isdigit()):
        return None
    place = gazetteer().get_place(postcode)
    if place is None:
        return None
    return TRIAL_REGION if place.region == "region-sjaelland" else ""


def _text(params: Mapping[str, str | Sequence[str]], key: str) -> str:
    """The first text of a parameter that is not empty, lower case, trimmed."""
    found = params.getlist(key) if hasattr(params, "getlist") else params.get(key, ())
    texts = [found] if isinstance(found, str) else [text for text in found if isinstance(text, str)]
    return next((text.strip().lower()[:20] for text in texts if text.strip()), "")
