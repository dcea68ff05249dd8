"""Properties of the price engine: whatever the clinic charges and whoever asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.clinics.course import MOST_VISITS, ClinicTerms, Own, Plan, Situation
from fysfinder.clinics.quotes import Quote, quote
from fysfinder.tariffs.periods import TariffRow
from fysfinder.tariffs.subsidies import DANMARK_GROUPS

DAY = dt.date(2026, 11, 18)
ORE = st.integers(0, 500_000)


def row(service: str, patient: int, full: int | None = None, start: dt.date = dt.date(2024, 1, 1)) -> TariffRow:
    public = None if full is None else full - patient
    return TariffRow(51, service, full, public, patient, start, "en kilde", DAY, False)


TARIFFS = tuple(row(*each) for each in (("first", 29929), ("follow_up", 19030), ("group", 12462), ("distance", 7163)))
owns = st.dictionaries(
    st.sampled_from(["first", "follow_up", "group", "home_visit"]),
    st.tuples(ORE, ORE).map(lambda pair: Own(min(pair), max(pair))),
)
yes_no_unknown = st.sampled_from([True, False, None])
clinics = st.builds(
    ClinicTerms,
    agreement=yes_no_unknown,
    vederlagsfri=yes_no_unknown,
    region=st.sampled_from(["1085", "1082"]),
    own=owns,
)
situations = st.builds(
    Situation,
    has_referral=yes_no_unknown,
    danmark=st.sampled_from([None, *DANMARK_GROUPS]),
    is_free=st.booleans(),
    insurance=st.sampled_from([None, "covered", "approval", "unknown"]),
    is_pensioner=st.booleans(),
    region=st.sampled_from([None, "1085", "1082"]),
)
plans = st.builds(Plan, kind=st.sampled_from(["course", "group", "home"]), visits=st.integers(-3, 600))
tables = st.lists(
    st.builds(
        lambda service, public, patient, start, is_full: row(
            service, patient, patient + public if is_full else None, start
        ),
        st.sampled_from(["first", "follow_up", "group", "distance"]),
        ORE,
        st.integers(1, 100_000),
        st.dates(dt.date(2018, 1, 1), dt.date(2027, 1, 1)),
        st.booleans(),
    ),
    max_size=8,
).map(tuple)


def known(found: Quote) -> tuple[int, int]:
    assert found.low_ore is not None and found.high_ore is not None
    return found.low_ore, found.high_ore


@settings(max_examples=100)
@given(clinics, situations, plans, tables)
def test_a_total_is_never_negative_and_no_subsidy_exceeds_the_fee(
    terms: ClinicTerms, situation: Situation, plan: Plan, tariffs: tuple[TariffRow, ...]
) -> None:
    found = quote(terms, situation, plan, tariffs, DAY)
    assert (found.low_ore is None) == (found.high_ore is None)
    if found.low_ore is not None:
        low, high = known(found)
        assert 0 <= low <= high
        for end in ("low_ore", "high_ore"):
            fees = sum(getattr(line, end) for line in found.lines if line.kind == "fee")
            off = -sum(getattr(line, end) for line in found.lines if line.kind != "fee")
            assert 0 <= off <= fees
        assert (low, high) == (
            sum(each.low_ore or 0 for each in found.lines),
            sum(each.high_ore or 0 for each in found.lines),
        )
    else:
        assert found.reasons


@settings(max_examples=100)
@given(clinics, situations, plans, tables)
def test_a_range_or_an_unknown_total_always_has_a_reason_or_a_mark(
    terms: ClinicTerms, situation: Situation, plan: Plan, tariffs: tuple[TariffRow, ...]
) -> None:
    found = quote(terms, situation, plan, tariffs, DAY)
    if found.low_ore != found.high_ore and situation.danmark != "ja":
        assert found.reasons
    assert all(isinstance(ore, int) for line in found.lines for ore in (line.low_ore, line.high_ore) if ore is not None)


@settings(max_examples=80)
@given(clinics, situations, plans, tables)
def test_more_visits_never_cost_less_and_the_answer_is_always_the_same(
    terms: ClinicTerms, situation: Situation, plan: Plan, tariffs: tuple[TariffRow, ...]
) -> None:
    plan = replace(plan, visits=min(abs(plan.visits), MOST_VISITS - 1))
    one, more = (quote(terms, situation, each, tariffs, DAY) for each in (plan, replace(plan, visits=plan.visits + 1)))
    if one.low_ore is not None and more.low_ore is not None:
        assert known(one)[0] <= known(more)[0] and known(one)[1] <= known(more)[1]
    assert quote(terms, situation, plan, tariffs, DAY) == one


@given(situations, st.integers(1, 100))
def test_knowing_more_of_oneself_stays_within_the_range(situation: Situation, visits: int) -> None:
    terms = ClinicTerms(True, None, "1082", {"first": Own(60000, 70000), "follow_up": Own(40000, 40000)})
    plan = Plan("course", visits)
    wide = known(quote(terms, replace(situation, has_referral=None, is_free=False), plan, TARIFFS, DAY))
    for answer in (True, False):
        low, high = known(quote(terms, replace(situation, has_referral=answer, is_free=False), plan, TARIFFS, DAY))
        assert wide[0] <= low <= high <= wide[1]


def test_no_visit_and_too_many_visits_are_bounded_with_a_message() -> None:
    terms = ClinicTerms(agreement=True)
    none = quote(terms, Situation(True), Plan("course", 0), TARIFFS, DAY)
    assert (known(none), none.visits, none.messages) == ((29929, 29929), 1, ())
    many = quote(terms, Situation(True), Plan("course", 500), TARIFFS, DAY)
    assert many.messages == ("Vi regner højst 50 gange.",) and known(many)[0] == 29929 + 50 * 19030
    group = quote(terms, Situation(True), Plan("group", 0), TARIFFS, DAY)
    assert group.messages == ("Et hold er mindst én gang.",) and known(group) == (12462, 12462)


def test_free_treatment_without_a_referral_is_a_contradiction_that_is_said() -> None:
    terms = ClinicTerms(True, True, "1082", {"first": Own(50000, 50000)})
    found = quote(terms, Situation(False, is_free=True), Plan("course", 0), TARIFFS, DAY)
    assert known(found) == (50000, 50000) and "kræver en henvisning" in found.messages[0]


def test_a_hole_and_a_day_before_the_first_period_give_words_and_no_figure() -> None:
    early = replace(TARIFFS[0], valid_from=dt.date(2021, 4, 1), valid_to=dt.date(2021, 9, 30))
    rows = (early, *TARIFFS)
    for day, words in ((dt.date(2022, 6, 1), "hul"), (dt.date(2020, 1, 1), "før 1. april 2021")):
        found = quote(ClinicTerms(agreement=True), Situation(True), Plan("course", 0), rows, day)
        assert found.low_ore is None and words in found.reasons[0]
    past = quote(ClinicTerms(agreement=True), Situation(True), Plan("course", 0), rows, dt.date(2021, 5, 1))
    assert known(past) == (29929, 29929) and past.lines[0].on == dt.date(2021, 4, 1)


def test_a_price_of_nothing_is_shown_and_questioned() -> None:
    found = quote(ClinicTerms(own={"first": Own(0, 0)}), Situation(False), Plan("course", 0), TARIFFS, DAY)
    assert known(found) == (0, 0) and "0 kr." in found.reasons[0]


def test_the_average_of_a_visit_is_nearest_for_one_amount_and_rounded_outwards_for_a_range() -> None:
    exact = quote(ClinicTerms(True), Situation(True), Plan("course", 2), TARIFFS, DAY)
    assert exact.per_visit_ore == (22663, 22663)  # 67989 / 3
    terms = ClinicTerms(own={"first": Own(100, 101), "follow_up": Own(100, 101)})
    assert quote(terms, Situation(False), Plan("course", 2), TARIFFS, DAY).per_visit_ore == (100, 101)


def test_what_danmark_pays_is_one_line() -> None:
    found = quote(ClinicTerms(True), Situation(True, "1"), Plan("course", 2), TARIFFS, DAY)
    assert [(line.kind, line.low_ore) for line in found.lines][-1] == ("danmark", -13300 - 2 * 8800)
    assert [line.kind for line in found.lines].count("danmark") == 1
