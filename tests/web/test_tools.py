"""The tools' pages: they answer in both languages, keep what was typed, and never fall over."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.tools import TOOLS

PAGES = ["/vaerktoejer/", *(f"/vaerktoejer/{tool.slug}/" for tool in TOOLS)]
client = Client()
pytestmark = pytest.mark.django_db  # a tool may have a text by the editors


def address(tool, given):
    """The address a form with these answers leads to."""
    params = {field.name: field.param for field in tool.fields}
    return f"/vaerktoejer/{tool.slug}/", {params[name]: str(value) for name, value in given.items()}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_answers_in_both_languages_without_a_cookie(path: str, prefix: str):
    response = client.get(prefix + path)
    assert response.status_code == 200
    assert not response.cookies
    assert b"index, follow" in response.content and b"noindex" not in response.content


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_example_is_answered_on_its_page_which_no_one_stores_or_indexes(tool):
    for example in tool.examples:
        response = client.get(*address(tool, example.given))
        assert response.status_code == 200
        assert 'class="tool-result ' in response.text
        assert "noindex" in response.text
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_wrong_answers_stand_by_their_fields_and_stay_in_them(tool):
    fields = [field for field in tool.fields if field.kind != "choice"]
    response = client.get(f"/vaerktoejer/{tool.slug}/", {field.param: "sytten<x>" for field in tool.fields})
    assert response.status_code == 200
    assert 'class="tool-page__errors"' in response.text
    for field in fields:
        assert f'id="felt-{field.param}-fejl"' in response.text
        assert f"felt-{field.param}-fejl" in response.text.split(f'id="felt-{field.param}"')[1].split(">")[0]
    assert response.text.count('value="sytten&lt;x&gt;"') == len(fields)
    assert "<x>" not in response.text


@pytest.mark.django_db  # the page that says so suggests others
def test_unknown_tool_and_english_name_are_not_found():
    assert client.get("/vaerktoejer/findes-ikke/").status_code == 404
    assert client.get("/vaerktoejer/one_rep_max/").status_code == 404


def test_tool_is_asked_by_get_only():
    assert client.post("/vaerktoejer/bmi/").status_code == 405


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_answer_makes_a_page_fall_over(data):
    tool = data.draw(st.sampled_from(TOOLS))
    numbers = st.floats().map(str) | st.integers().map(str)
    words = st.text(max_size=80) | numbers | st.sampled_from(["ja", "nej", "1:30:00"])
    params = {field.param: data.draw(words) for field in tool.fields}
    assert client.get(f"/vaerktoejer/{tool.slug}/", params).status_code == 200
