"""Every tool: its examples come true, its sources are whole, and nothing a caller sends makes it raise."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.tools import TOOLS, get_tool
from fysfinder.tools.ask import answer
from fysfinder.tools.base import Example, Tool, ToolError
from fysfinder.tools.reading import read

TODAY = dt.date(2026, 11, 22)
EXAMPLES = [(tool, example) for tool in TOOLS for example in tool.examples]
each_tool = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)


@pytest.mark.parametrize(("tool", "example"), EXAMPLES, ids=[f"{t.name}-{n}" for n, (t, _e) in enumerate(EXAMPLES)])
def test_example_comes_true(tool: Tool, example: Example):
    output = answer({"tool": tool.name, "input": dict(example.given)}, today=TODAY)["output"]
    assert {key: output[key] for key in example.expected} == dict(example.expected)
    json.dumps(output)


@each_tool
def test_tool_has_examples_sources_and_a_method(tool: Tool):
    assert tool.examples and tool.sources and tool.method
    assert {example.source for example in tool.examples} <= set(range(len(tool.sources) + 1))
    assert all(source.url.startswith("http") and source.used_for for source in tool.sources)


@each_tool
def test_fields_have_names_of_their_own_and_limits_with_reasons(tool: Tool):
    assert len({field.name for field in tool.fields}) == len({field.param for field in tool.fields}) == len(tool.fields)
    for field in tool.fields:
        assert field.param.isascii() and field.param == field.param.lower()
        assert all(choice.value.isascii() for choice in field.choices)
        if field.kind != "choice":
            assert field.low and field.high and field.low.reason and field.high.reason and field.example


@each_tool
def test_answer_cites_only_sources_that_are_there(tool: Tool):
    for example in tool.examples:
        result = tool.present(tool.compute(read(tool, example.given, TODAY)))
        cited = {point.source for section in result.sections for point in section.points}
        assert cited <= set(range(len(tool.sources) + 1))


def test_names_and_slugs_are_one_each():
    assert len({name for tool in TOOLS for name in {tool.name, tool.slug}}) == sum(
        len({tool.name, tool.slug}) for tool in TOOLS
    )
    assert get_tool("loebetempo") is get_tool("pace")
    assert get_tool("") is None


def test_answer_names_the_field_that_is_wrong():
    found = answer({"tool": "bmi", "input": {"weight_kg": 70, "height_cm": "1,75"}}, today=TODAY)
    assert found["field"] == "height_cm"
    assert found["error"] == "Mindst 50 cm. Skriv højden i centimeter: 175, ikke 1,75."


@pytest.mark.parametrize(
    "question",
    [{}, {"tool": 3}, {"tool": "x"}, {"tool": "bmi"}, {"tool": "bmi", "input": []}, {"tool": "bmi", "input": {"x": 1}}],
)
def test_bad_question_is_answered_in_words(question: dict):
    assert answer(question, today=TODAY)["error"]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**9),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["ja", "nej", "ved-ikke", "mand", "kvinde", "1:30:00", "5:00", "72,5", "1.234,5"]),
    st.lists(st.integers(), max_size=2),
)


@given(st.data())
def test_answer_never_raises(data):
    tool = data.draw(st.sampled_from(TOOLS))
    given_values = {field.name: data.draw(plausible(field) | VALUES) for field in tool.fields}
    found = answer({"tool": tool.name, "input": given_values}, today=TODAY)
    assert ("output" in found) != ("error" in found)
    if "error" in found:
        assert found["field"] in given_values and found["error"]
    json.dumps(found, allow_nan=False)


@given(st.data())
def test_every_answer_can_be_put_into_words(data):
    tool = data.draw(st.sampled_from(TOOLS))
    values = {field.name: data.draw(plausible(field)) for field in tool.fields}
    try:
        output = tool.compute(read(tool, values, TODAY))
    except ToolError:
        return
    for language in ("da", "en"):
        with translation.override(language):
            result = tool.present(output)
    assert result.label and result.value
    assert asdict(output)


def plausible(field):
    """Values within the field's limits, or nothing where nothing is allowed."""
    if field.kind == "choice":
        values = st.sampled_from([choice.value for choice in field.choices])
    elif field.kind == "duration":
        values = st.builds("{}:{:02d}:{:02d}".format, st.integers(0, 9), st.integers(0, 59), st.integers(0, 59))
    else:
        values = st.integers(field.low.value, field.high.value)
    return values if field.is_required else values | st.none()
