"""The columns and the engine give the same total for every clinic, and answers are read into one canonical form."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.clinics.course import ClinicTerms, Own, Plan, Situation
from fysfinder.clinics.quotes import quote
from fysfinder.search.bits import unpack
from fysfinder.search.columns import Columns
from fysfinder.search.course_prices import Course, price_all
from fysfinder.search.filters.base import Asked
from fysfinder.search.filters.price import COURSE, PRICE
from fysfinder.search.price_columns import UNKNOWN, PriceColumns
from fysfinder.search.situation import Answers
from fysfinder.search.sorting import LAST, Candidates, price
from fysfinder.tariffs.periods import TariffRow
from fysfinder.tariffs.subsidies import TRIAL_REGION
from tests.clinics.test_course import DAY, clinics, plans, situations, tables
from tests.make import make_clinic, make_municipality, make_postcode, make_region
from tests.search.world import NOW, Known
from tests.search.world import columns_of as directory_columns

SERVICES = ("first", "follow_up", "group", "home_visit")


def columns_of(terms: list[ClinicTerms]) -> PriceColumns:
    def three(values: list[bool | None]) -> np.ndarray:
        return np.array([UNKNOWN if value is None else int(value) for value in values], dtype=np.int8)

    def own(service: str, end: int) -> np.ndarray:
        return np.array([each.own[service][end] if service in each.own else UNKNOWN for each in terms], dtype=np.int32)

    return PriceColumns(
        agreement=three([each.agreement for each in terms]),
        vederlagsfri=three([each.vederlagsfri for each in terms]),
        is_trial_region=np.array([each.region == TRIAL_REGION for each in terms], dtype=np.bool_),
        municipality=np.zeros(len(terms), dtype=np.int32),
        low={service: own(service, 0) for service in SERVICES},
        high={service: own(service, 1) for service in SERVICES},
    )


def directory_of(terms: list[ClinicTerms]) -> Columns:
    clinics = [Known(id=row) for row in range(len(terms))]
    return replace(directory_columns(clinics), prices=columns_of(terms))


@settings(max_examples=150, deadline=None)
@given(st.lists(clinics, min_size=1, max_size=6), situations, plans, tables, st.dates(dt.date(2017, 1, 1), DAY))
def test_the_columns_give_the_engine_s_totals_to_the_ore(
    terms: list[ClinicTerms], situation: Situation, plan: Plan, tariffs: tuple[TariffRow, ...], day: dt.date
) -> None:
    found = price_all(columns_of(terms), Course(situation, plan, tariffs, day))
    receipts = [quote(each, situation, plan, tariffs, day) for each in terms]
    for ends, name in ((found.low, "low_ore"), (found.high, "high_ore")):
        expected = [getattr(each, name) for each in receipts]
        assert [None if ore == UNKNOWN else ore for ore in ends.tolist()] == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("topics")
@given(st.lists(clinics, min_size=1, max_size=6), situations, plans, tables, st.integers(1, 3_000))
def test_a_price_filter_keeps_only_who_surely_costs_no_more(
    terms: list[ClinicTerms], situation: Situation, plan: Plan, tariffs: tuple[TariffRow, ...], limit_kr: int
) -> None:
    course = Course(situation, plan, tariffs, DAY)
    columns = directory_of(terms)
    mask = COURSE.mask(columns, limit_kr, Asked(NOW, None, course))
    keys = price(Candidates(columns, np.arange(len(terms)), None, (), Asked(NOW, None, course)))
    for row, each in enumerate(terms):
        cheapest = replace(each, own={name: own._replace(high_ore=own.low_ore) for name, own in each.own.items()})
        receipt = quote(cheapest, replace(situation, insurance=None), plan, tariffs, DAY)
        low, high = receipt.low_ore, receipt.high_ore
        is_within = high is not None and high <= limit_kr * 100
        is_beyond = low is not None and low > limit_kr * 100
        assert unpack(mask.yes, len(terms))[row] == is_within
        assert unpack(mask.known, len(terms))[row] == (is_within or is_beyond)
        assert keys[row] == (LAST if high is None else high)


@pytest.mark.usefixtures("topics")
def test_who_may_have_no_agreement_is_unknown_and_an_insurance_makes_nobody_free() -> None:
    terms = [ClinicTerms(agreement, None, "1082", {"first": Own(50_000, 50_000)}) for agreement in (True, None, False)]
    tariffs = (TariffRow(51, "first", None, None, 29929, dt.date(2024, 1, 1), "en kilde", DAY, False),)

    def rows(situation: Situation) -> tuple[list[bool], list[bool]]:
        asked = Asked(NOW, None, Course(situation, Plan("course", 0), tariffs, DAY))
        yes, known = PRICE.mask(directory_of(terms), 300, asked)
        return unpack(yes, 3).tolist(), unpack(known, 3).tolist()

    assert rows(Situation(True)) == ([True, False, False], [True, False, True])
    assert rows(Situation(False, insurance="approval")) == ([False, False, False], [True, True, True])


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ({"henvisning": "ja"}, (("henvisning", "ja"),)),
        ({"gange": "8", "henvisning": ["", "Nej"]}, (("henvisning", "nej"), ("gange", "8"))),
        ({"gange": "5"}, ()),  # what we reckon with anyway
        ({"gange": "500"}, (("gange", "50"),)),
        ({"gange": "-1"}, ()),
        ({"gange": "٣"}, ()),
        ({"gange": "0"}, (("gange", "0"),)),
        ({"danmark": "S", "plan": "hold"}, (("danmark", "s"), ("plan", "hold"))),
        ({"danmark": "9", "henvisning": "måske", "plan": "x", "vederlagsfri-ret": "nej"}, ()),
        (
            {"sundhedsforsikring": "daekker", "pensionist": "ja"},
            (("sundhedsforsikring", "daekker"), ("pensionist", "ja")),
        ),
    ],
)
@pytest.mark.django_db
def test_answers_are_read_into_one_form(query: dict[str, str | list[str]], pairs: tuple[tuple[str, str], ...]) -> None:
    answers = Answers.read(query)
    assert answers.pairs == pairs and bool(answers) == bool(pairs)
    assert Answers.read(dict(pairs)).pairs == pairs


@given(
    st.dictionaries(
        st.sampled_from(["henvisning", "danmark", "gange", "plan", "postnr", "bopael"]), st.text(max_size=8)
    )
)
@pytest.mark.django_db
def test_no_answer_breaks_the_reading(query: dict[str, str]) -> None:
    answers = Answers.read(query)
    assert Answers.read(dict(answers.pairs)) == answers
    assert answers.plan.settled()[1] == ()


@pytest.mark.django_db
def test_the_directory_s_columns_price_a_clinic_like_its_page() -> None:
    from fysfinder.search.course_prices import yardstick
    from fysfinder.search.reading import read_columns

    sjaelland = make_municipality("0265", "Roskilde", make_region("1085", "Region Sjælland"))
    make_clinic("A", prices={"first": (50000, 60000), "follow_up": 30000}, agreement=False)
    make_clinic("B", postcode=make_postcode("4000", "Roskilde", 55.64, 12.08, sjaelland), agreement=True)
    columns = read_columns()
    tariffs = (TariffRow(51, "first", None, None, 29929, dt.date(2024, 1, 1), "en kilde", DAY, False),)
    day = dt.date(2025, 6, 1)
    found = price_all(columns.prices, Course(Situation(False, region="1085"), Plan("course", 0), tariffs, day))
    assert sorted(zip(found.low.tolist(), found.high.tolist(), strict=True)) == [(29929, 29929), (50000, 60000)]
    assert yardstick(columns, "first") is None  # one clinic says nothing


@pytest.mark.parametrize(("size", "most_ms"), [(3_000, 5), (100_000, 50)])
def test_pricing_everybody_takes_milliseconds(size: int, most_ms: float) -> None:
    """The goal is 1 and 10 ms; a busy machine gets five times that before this fails."""

    random = np.random.default_rng(1)
    low = {service: random.integers(-1, 90_000, size).astype(np.int32) for service in SERVICES}
    answers = [random.integers(-1, 2, size).astype(np.int8) for _ in range(2)]
    prices = PriceColumns(*answers, random.random(size) < 0.2, np.zeros(size, np.int32), low, low)
    tariffs = tuple(
        TariffRow(51, service, None, None, ore, dt.date(2024, 1, 1), "en kilde", DAY, False)
        for service, ore in (("first", 29929), ("follow_up", 19030))
    )
    course = Course(Situation(None, "5", region="1085"), Plan(), tariffs, DAY)
    spent = []
    for _ in range(7):
        start = time.thread_time()
        price_all(prices, course)
        spent.append((time.thread_time() - start) * 1000)
    assert min(spent) < most_ms, f"{min(spent):.2f} ms"
