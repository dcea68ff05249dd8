"""The questionnaires, rule engines and print-outs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.tools import first_visit, pain_diary, referral, start_back, vederlagsfri
from fysfinder.tools.base import Tool, ToolError
from fysfinder.tools.reading import read

TODAY = dt.date(2026, 11, 22)


def run(tool: Tool, today: dt.date = TODAY, **raw: Any) -> Any:
    return tool.compute(read(tool, raw, today))


# STarT Back


@given(st.lists(st.booleans(), min_size=9, max_size=9))
def test_start_back_follows_keeles_rule(agreed: list[bool]):
    names = [name for name, _param, _label in start_back.ITEMS]
    answers = {name: "ja" if yes else "nej" for name, yes in zip(names, agreed[:8], strict=True)}
    answers["bothersomeness"] = "ekstremt" if agreed[8] else "moderat"
    found = run(start_back.TOOL, urgent_signs="nej", doctor_signs="nej", **answers)
    assert (found.total, found.subscale) == (sum(agreed), sum(agreed[4:]))
    expected = "low" if sum(agreed) <= 3 else "high" if sum(agreed[4:]) >= 4 else "medium"
    assert found.risk == expected


@pytest.mark.parametrize(
    ("answer", "points"), [("slet-ikke", 0), ("lidt", 0), ("moderat", 0), ("meget", 1), ("ekstremt", 1)]
)
def test_only_very_and_extremely_bothered_counts(answer: str, points: int):
    answers = {name: "nej" for name, _param, _label in start_back.ITEMS}
    found = run(start_back.TOOL, urgent_signs="nej", doctor_signs="nej", bothersomeness=answer, **answers)
    assert found.total == found.subscale == points


@pytest.mark.parametrize(
    ("urgent", "doctor", "stopped_by"), [("ja", "nej", "urgent"), ("ja", "ja", "urgent"), ("nej", "ja", "doctor")]
)
def test_danger_signs_stop_the_questionnaire_before_any_score(urgent: str, doctor: str, stopped_by: str):
    answers = {name: "ja" for name, _param, _label in start_back.ITEMS}
    found = run(start_back.TOOL, urgent_signs=urgent, doctor_signs=doctor, bothersomeness="meget", **answers)
    assert (found.stopped_by, found.total, found.risk) == (stopped_by, None, None)


def test_start_back_asks_for_every_item_once_there_are_no_danger_signs():
    with pytest.raises(ToolError) as error:
        run(start_back.TOOL, urgent_signs="nej", doctor_signs="nej", leg_pain="ja")
    assert len(error.value.errors) == 8


def test_danger_signs_are_asked_before_anything_else():
    assert [field.name for field in start_back.TOOL.fields][:2] == ["urgent_signs", "doctor_signs"]


# Referral

VISIT = {"kind": "almindelig", "has_agreement": "ja", "region": "sjaelland", "has_referral": "nej"}


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        (dt.date(2025, 3, 30), "useful"),
        (dt.date(2025, 3, 31), "not_needed"),
        (dt.date(2027, 3, 30), "not_needed"),
        (dt.date(2027, 3, 31), "useful"),
    ],
)
def test_trial_of_region_sjaelland_holds_from_its_first_to_its_last_day(today: dt.date, verdict: str):
    assert run(referral.TOOL, today, **VISIT).verdict == verdict


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"region": "hovedstaden"}, "useful"),
        ({"kind": "hjemme"}, "required"),
        ({"kind": "ride"}, "required"),
        ({"kind": "vederlagsfri"}, "required"),
        ({"kind": "vederlagsfri", "has_agreement": "nej"}, "required"),
        ({"has_agreement": "nej"}, "no_effect"),
        ({"has_agreement": "ved-ikke"}, "depends"),
    ],
)
def test_referral_rules_in_their_order(change: dict[str, str], verdict: str):
    assert run(referral.TOOL, **{**VISIT, **change}).verdict == verdict


@given(st.data())
def test_every_reason_of_a_referral_has_a_source_and_repeats_none(data):
    raw = {f.name: data.draw(st.sampled_from([c.value for c in f.choices])) for f in referral.TOOL.fields}
    found = run(referral.TOOL, **raw)
    texts = [rule.text for rule in (*found.reasons, *found.next_steps)]
    assert found.reasons and len(set(texts)) == len(texts)
    assert all(1 <= rule.source <= len(referral.TOOL.sources) for rule in (*found.reasons, *found.next_steps))


# Vederlagsfri

YES_ALL = {
    "diagnosis_group": "neurologisk",
    "manages_alone": "nej",
    "is_progressive": "ja",
    "by_specialist": "ja",
    "has_loss": "ja",
    "is_lasting": "ja",
}


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "worth_asking"),
        ({"is_progressive": "nej"}, "worth_asking"),  # the other way in
        ({"manages_alone": "ja"}, "worth_asking"),
        ({"manages_alone": "ja", "is_progressive": "nej"}, "unlikely"),
        ({"manages_alone": "ved-ikke", "is_progressive": "nej"}, "unclear"),
        ({"is_lasting": "nej"}, "unlikely"),
        ({"diagnosis_group": "andet"}, "unlikely"),
        ({"diagnosis_group": "ved-ikke", "is_progressive": "ved-ikke"}, "unclear"),
        ({"diagnosis_group": "ulykke", "is_progressive": "nej"}, "unclear"),  # the year is not answered
        ({"diagnosis_group": "ulykke", "is_progressive": "nej", "is_year_since_accident": "ja"}, "worth_asking"),
        ({"diagnosis_group": "ulykke", "is_progressive": "nej", "is_year_since_accident": "nej"}, "unlikely"),
    ],
)
def test_vederlagsfri_needs_all_criteria_of_one_way(change: dict[str, str], verdict: str):
    assert run(vederlagsfri.TOOL, **{**YES_ALL, **change}).verdict == verdict


@given(st.data())
def test_knowing_more_never_turns_unlikely_or_worth_asking_round(data):
    """Answering a 'ved ikke' may settle an unclear case, never overturn a settled one."""
    raw = {f.name: data.draw(st.sampled_from([c.value for c in f.choices])) for f in vederlagsfri.TOOL.fields}
    before = run(vederlagsfri.TOOL, **raw).verdict
    unsure = [name for name, value in raw.items() if value == "ved-ikke" and name != "diagnosis_group"]
    if before == "unclear" or not unsure:
        return
    raw[data.draw(st.sampled_from(unsure))] = data.draw(st.sampled_from(["ja", "nej"]))
    assert run(vederlagsfri.TOOL, **raw).verdict == before


# Checklist and diary


def test_checklist_grows_with_what_applies():
    short = run(first_visit.TOOL, has_referral="nej", has_insurance="nej")
    long = run(
        first_visit.TOOL,
        has_referral="ja",
        has_insurance="ja",
        is_child="ja",
        needs_access="ja",
        needs_language="ja",
    )
    assert len(long.before) == len(short.before) + 5
    assert len(long.bring) == len(short.bring) + 1


def test_diary_has_a_row_for_every_day_and_nothing_in_it():
    found = run(pain_diary.TOOL, days=14, times_a_day="3")
    table = pain_diary.present(found).table
    assert len(table.rows) == 14
    assert all(len(row) == len(table.head) == 8 for row in table.rows)
    assert {cell for row in table.rows for cell in row[1:]} == {""}
