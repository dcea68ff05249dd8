"""What a tool's page shows: the form as filled in, the errors by their fields, the answer, the examples in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fysfinder.base.http import query_string
from fysfinder.encyclopedia.queries import get_article
from fysfinder.tools.base import Example, Field, Result, Tool, ToolError
from fysfinder.tools.reading import count_errors, read

MAX_TYPED = 60
RADIO_CHOICES = 4  # more than this are a list to pick from


@dataclass(frozen=True)
class Question:
    """A field with what was typed in it and what is wrong with that."""

    field: Field
    typed: str
    error: str

    @property
    def id(self) -> str:
        return f"felt-{self.field.param}"

    @property
    def is_radio(self) -> bool:
        return self.field.kind == "choice" and len(self.field.choices) <= RADIO_CHOICES

    @property
    def focus_id(self) -> str:
        """Where a link to the field lands."""
        return f"{self.id}-{self.field.choices[0].value}" if self.is_radio else self.id

    @property
    def described_by(self) -> str:
        parts = (("hjaelp", self.field.hint), ("fejl", self.error))
        return " ".join(f"{self.id}-{name}" for name, text in parts if text)


@dataclass(frozen=True)
class Group:
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ToolPage:
    tool: Tool[Any]
    groups: tuple[Group, ...]
    result: Result | None
    error_title: str  # '' when nothing is wrong

    @property
    def wrong(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions if question.error)


def tool_page(tool: Tool[Any], params: Mapping[str, str], today: dt.date) -> ToolPage:
    """The empty form, the form with its errors, or the form with its answer."""
    typed = {field.name: params.get(field.param, "")[:MAX_TYPED] for field in tool.fields}
    result, errors = None, dict[str, str]()
    if any(field.param in params for field in tool.fields):
        try:
            result = tool.present(tool.compute(read(tool, typed, today)))
        except ToolError as error:
            errors = error.errors
    questions = [Question(field, typed[field.name], errors.get(field.name, "")) for field in tool.fields]
    groups = tuple(Group(title, tuple(items)) for title, items in groupby(questions, lambda q: str(q.field.group)))
    return ToolPage(tool, groups, result, count_errors(errors) if errors else "")


@dataclass(frozen=True)
class ToolText:
    """What the editors wrote about a tool (content/vaerktoejer/): its own sources, numbered apart from the tool's."""

    lead_html: str
    sections: tuple[tuple[str, str, str], ...]  # id, title, HTML
    faq: list[dict[str, str]]
    sources: list[dict[str, Any]]


def tool_text(tool: Tool[Any]) -> ToolText | None:
    article = get_article("tool_text", tool.slug)
    if article is None:
        return None

    def apart(fragment: str) -> str:
        return fragment.replace('href="#kilde-', 'href="#tekst-kilde-')

    return ToolText(
        lead_html=apart(article.lead_html),
        sections=tuple((part["id"], part["title"], apart(part["html"])) for part in article.sections),
        faq=[{**item, "a_html": apart(item["a_html"])} for item in article.faq],
        sources=article.sources,
    )


@dataclass(frozen=True)
class ExampleLine:
    query: str  # the address that fills the form with the example
    given: str
    answer: str
    reference: str
    source: int


def example_lines(tool: Tool[Any], today: dt.date) -> tuple[ExampleLine, ...]:
    """The tool's examples as sentences, worked out here and now: they cannot drift from the rule."""
    lines = []
    for example in tool.examples:
        result = tool.present(tool.compute(read(tool, example.given, today)))
        query = query_string(
            (field.param, str(example.given[field.name])) for field in tool.fields if field.name in example.given
        )
        given = example_input(tool, example)
        lines.append(ExampleLine(query, given, result.value, str(example.reference), example.source))
    return tuple(lines)


def example_input(tool: Tool[Any], example: Example) -> str:
    """'Vægt: 70 kg · Højde: 175 cm'; '' for a questionnaire, whose answers say little without its questions."""
    if sum(field.kind == "choice" for field in tool.fields) * 2 > len(tool.fields):
        return ""
    parts = []
    for field in tool.fields:
        if field.name not in example.given:
            continue
        value = example.given[field.name]
        words = {choice.value: str(choice.label) for choice in field.choices}.get(str(value), str(value))
        parts.append(f"{field.label}: {words} {field.unit}".strip())
    return " · ".join(parts)
