"""What only some kinds have: level, equipment, drawing, dosage, steps. Read from the head and the body of a file."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fysfinder.base.text import fold
from fysfinder.encyclopedia import values as head_of
from fysfinder.encyclopedia.figures import figure_of
from fysfinder.encyclopedia.front_matter import FrontMatter
from fysfinder.encyclopedia.kinds import Kind
from fysfinder.encyclopedia.markdown import Page, plain_text
from fysfinder.encyclopedia.sections import Body

LEVELS: dict[str, Promise] = {"let": _("let"), "mellem": _("mellem"), "svaer": _("svær")}
_STEPS = re.compile(r"<ol[^>]*>(.*?)</ol>", re.DOTALL)
_STEP = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def details_of(kind: Kind, head: FrontMatter, body: Body, page: Page) -> dict[str, Any]:
    """{level, equipment, figure, dosage, steps, faq_title, title_en, aliases}: those that the file has."""
    problems = page.problems
    for name in head.values.keys() & (_OWN - set(kind.details)):
        problems.warn(head.line(name), f"{name} is not used on pages of this kind")
    found: dict[str, Any] = {
        "faq_title": body.faq_title,
        "title_en": head_of.text_of(head, "title_en", problems),
        "aliases": list(head_of.slugs_of(head, "aliases", problems)),
        "dosage": [list(pair) for pair in body.dosage],
    }
    if kind.details:
        found["level"] = _level(head, page)
        found["equipment"] = list(head_of.list_of(head, "equipment", problems))
        found["steps"] = _steps(body)
        if drawing := head_of.text_of(head, "figure", problems):
            text = head_of.text_of(head, "figure_text", problems)
            found["figure"] = figure_of(drawing, text, head.line("figure"), page)
    if names := _missing(kind, head, body, found):
        problems.warn(1, f"has no {', '.join(names)}")
    return {name: value for name, value in found.items() if value}


_OWN = {"equipment", "level", "figure", "figure_text"}


def _level(head: FrontMatter, page: Page) -> str:
    level = fold(head_of.text_of(head, "level", page.problems))
    if level and level not in LEVELS:
        page.problems.warn(head.line("level"), f"level must be let, mellem or svær, not {level[:40]!r}")
    return level if level in LEVELS else ""


def _steps(body: Body) -> list[str]:
    """The first numbered list of the page."""
    for fragment in (body.lead_html, *(section["html"] for section in body.sections)):
        if match := _STEPS.search(fragment):
            return [" ".join(plain_text(step).split()) for step in _STEP.findall(match[1])]
    return []


def _missing(kind: Kind, head: FrontMatter, body: Body, details: dict[str, Any]) -> list[str]:
    """What a page of the kind is expected to have and this one has not."""
    markup = body.lead_html + "".join(section["html"] for section in body.sections)
    here = {name for name, value in head.values.items() if value} | {name for name, value in details.items() if value}
    here |= {"stop"} if "box--stop" in markup else set()
    return [name for name in kind.expected if name not in here]
