"""The body of a file as a page: lead, key points, sections with unique ids, and the questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Any

from fysfinder.base.text import fold, slugify
from fysfinder.encyclopedia.directives import (
    CLINICS,
    DOSAGE,
    FIGURE,
    KEY_POINTS,
    Piece,
    boxes,
    clinic_list,
    figure,
    key_points,
    split,
)
from fysfinder.encyclopedia.faq import is_faq
from fysfinder.encyclopedia.markdown import Block, Heading, Page, plain_text, render
from fysfinder.encyclopedia.mend import mend

# Ids the page itself uses.
_TAKEN = {"main", "indhold", "kort-fortalt", "kilder", "klinikker", "relateret", "spoergsmaal", "menu", "soeg", "emner"}
_TAKEN |= {"metode", "eksempler", "forbehold", "svar", "dosering", "oevelser", "laes-om", "laes-ogsaa", "skrevet"}


@dataclass
class Section:
    """A heading (none for the lead) and what stands under it."""

    level: int
    title: str
    line: int
    html: str = ""
    id: str = ""


@dataclass
class Body:
    lead_html: str = ""
    key_points: list[tuple[str, str]] = field(default_factory=list)
    dosage: list[tuple[str, str]] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    faq: list[dict[str, str]] = field(default_factory=list)
    faq_title: str = ""
    first_heading: str = ""

    def words(self) -> int:
        """How many words a reader meets."""
        texts = [plain_text(self.lead_html), *(part for pair in (*self.key_points, *self.dosage) for part in pair)]
        texts += [f"{section['title']} {section['text']}" for section in self.sections]
        texts += [f"{item['q']} {item['a']}" for item in self.faq]
        return sum(len(text.split()) for text in texts)


def read_body(text: str, first_line: int, title: str, page: Page) -> Body:
    """Everything under the front matter. A first heading that repeats the title is the title."""
    body = Body()
    sections = _sections(mend(split(text, first_line, page), page), title, body, page)
    body.lead_html = sections[0].html
    faq, rest = _take_faq(sections[1:], body, page)
    _level(rest, page)
    ids = dict.fromkeys(_TAKEN, 1)
    titles: set[str] = set()
    for section, following in zip_longest(rest, rest[1:]):
        section.id = _unique_id(section.title, ids)
        _warn_of_twin(section, titles, page)
        has_children = following is not None and following.level > section.level
        if not section.html and not has_children:
            page.problems.warn(section.line, f"nothing stands under {section.title[:60]!r}")
        body.sections.append(
            {
                "id": section.id,
                "level": section.level,
                "title": section.title,
                "html": section.html,
                "text": plain_text(section.html),
            }
        )
    for item in faq:
        _warn_of_twin(item, titles, page)
        if not item.html:
            page.problems.warn(item.line, f"the question {item.title[:60]!r} has no answer")
        body.faq.append(
            {"id": _unique_id(item.title, ids), "q": item.title, "a_html": item.html, "a": plain_text(item.html)}
        )
    return body


def _warn_of_twin(section: Section, titles: set[str], page: Page) -> None:
    words = fold(section.title)
    if words in titles:
        page.problems.warn(section.line, f"the heading {section.title[:60]!r} stands more than once on the page")
    titles.add(words)


def _sections(pieces: list[Piece], title: str, body: Body, page: Page) -> list[Section]:
    sections = [Section(level=1, title="", line=1)]
    for part in _parts(pieces, body, page):
        if isinstance(part, Block):
            sections[-1].html += part.html
        elif not part.title:
            page.problems.warn(part.line, "an empty heading is left out")
        elif len(sections) == 1 and not sections[0].html and fold(part.title) == fold(title) and part.level == 1:
            continue
        elif part.level == 1 and not title and not body.first_heading:
            body.first_heading = part.title
        else:
            sections.append(Section(max(part.level, 2), part.title, part.line))
            if part.level == 1:
                page.problems.warn(part.line, "# is the page's title: a section begins with ##")
    return sections


def _parts(pieces: list[Piece], body: Body, page: Page) -> Iterator[Heading | Block]:
    for group, run in groupby(pieces, key=lambda piece: piece.group):
        together = list(run)
        if group:
            yield Block(boxes(together, page), together[0].line)
        else:
            for piece in together:
                yield from _part(piece, body, page)


def _part(piece: Piece, body: Body, page: Page) -> Iterator[Heading | Block]:
    if piece.name == "":
        yield from render(piece.text, piece.line, page)
    elif piece.name == FIGURE:
        yield Block(figure(piece, page), piece.line)
    elif piece.name == CLINICS:
        yield Block(clinic_list(piece, page), piece.line)
    elif piece.name in {KEY_POINTS, DOSAGE}:
        pairs, loose = key_points(piece, page)
        kept = body.dosage if piece.name == DOSAGE else body.key_points
        kept += pairs
        if loose:
            yield from render("\n".join(loose), piece.line, page)


def _take_faq(sections: list[Section], body: Body, page: Page) -> tuple[list[Section], list[Section]]:
    """The questions, and the sections without them."""
    questions: list[Section] = []
    rest: list[Section] = []
    titles: list[str] = []
    position = 0
    while position < len(sections):
        section = sections[position]
        end = position + 1
        while end < len(sections) and sections[end].level > section.level:
            end += 1
        if not is_faq(section.title):
            rest.append(section)
            position += 1
            continue
        if end - position == 1:
            page.problems.warn(section.line, "no question (###) stands under the questions' heading")
        elif section.html:
            page.problems.warn(section.line, "the text before the first question stands as a section")
        else:
            titles.append(section.title)
        rest += [section] if section.html or end - position == 1 else []
        questions += _questions(sections[position + 1 : end], page)
        position = end
    body.faq_title = " · ".join(dict.fromkeys(titles))
    return questions, rest


def _questions(sections: list[Section], page: Page) -> list[Section]:
    """Headings deeper than the questions belong to the answer above them."""
    level = sections[0].level if sections else 0
    questions: list[Section] = []
    for section in sections:
        if section.level <= level or not questions:
            questions.append(section)
        else:
            page.problems.warn(section.line, "a heading inside an answer is shown as a bold line")
            questions[-1].html += f"<p><strong>{_escape(section.title)}</strong></p>\n{section.html}"
    return questions


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _level(sections: list[Section], page: Page) -> None:
    """Levels without jumps: ## then #### reads as ## then ###."""
    above = 1
    for section in sections:
        if section.level > above + 1:
            page.problems.warn(section.line, f"the heading {section.title[:60]!r} jumps over a level")
            section.level = above + 1
        above = section.level


def _unique_id(title: str, taken: dict[str, int]) -> str:
    """A slug of the heading that no other id on the page has. taken: how often each is asked for."""
    base = slugify(title) or "afsnit"
    base = f"om-{base}" if base.startswith("kilde-") else base
    candidate = base
    while candidate in taken:
        taken[base] += 1
        candidate = f"{base}-{taken[base]}"
    taken[candidate] = 1
    return candidate
