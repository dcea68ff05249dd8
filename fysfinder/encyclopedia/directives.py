"""The blocks between ::: lines: 'Kort fortalt', dosage, care cards, do and don't, figures, clinic lists."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from fysfinder.base.text import fold, slugify
from fysfinder.encyclopedia.draft import Problems
from fysfinder.encyclopedia.figures import figure_of
from fysfinder.encyclopedia.markdown import Page, plain_text, render_block, sanitise

KEY_POINTS = "kort-fortalt"
DOSAGE = "dosering"
CLINICS = "klinikker"
FIGURE = "figur"


@dataclass(frozen=True)
class Box:
    """A titled box. Boxes of one group that stand together are drawn together, in this order."""

    name: str
    group: str
    css: str
    title: str
    call: str = ""


BOXES = (
    Box("selv", "care", "care-card--self", "Det kan du selv"),
    Box("laege", "care", "care-card--doctor", "Ring til din læge, hvis"),
    Box("akut", "care", "care-card--urgent", "Ring 112 nu, hvis", call="112"),
    Box("goer", "advice", "box--do", "Gør"),
    Box("undgaa", "advice", "box--dont", "Lad være"),
    Box("fejl", "mistakes", "box--mistakes", "Typiske fejl"),
    Box("lettere", "grade", "box--easier", "Gør den lettere"),
    Box("svaerere", "grade", "box--harder", "Gør den sværere"),
    Box("stop", "stop", "box--stop", "Stop, hvis"),
)
_BOXES = {box.name: box for box in BOXES}
_NAMES = {KEY_POINTS, DOSAGE, CLINICS, FIGURE, *_BOXES}
_OPEN = re.compile(r" {0,3}:{3,}\s*([^\s:].*?)\s*:*\s*$")
_CLOSE = re.compile(r" {0,3}:{3,}\s*$")
_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_MARKUP = re.compile(r"[^\w\s.,:;?!()%/–-]|_|^\s*[\d-]|!\[")
_PAIR = re.compile(r"(?:[-*+]\s+)?(.+?)\s*:\s+(\S.*)$")


@dataclass(frozen=True)
class Piece:
    """A run of lines: plain Markdown (name '') or the inside of one directive and what stood after its name."""

    name: str
    line: int
    text: str
    argument: str = ""

    @property
    def group(self) -> str:
        box = _BOXES.get(self.name)
        return box.group if box else ""


def split(body: str, first_line: int, page: Page) -> list[Piece]:
    """The body as Markdown and directives, in order."""
    pieces: list[Piece] = []
    opened, start, lines = ("", ""), first_line, list[str]()

    def flush(following: tuple[str, str], next_line: int) -> None:
        nonlocal opened, start, lines
        if any(line.strip() for line in lines) or opened[0] in {CLINICS, FIGURE}:
            pieces.append(Piece(opened[0], start, "\n".join(lines), opened[1]))
        elif opened[0]:
            page.problems.warn(start, f":::{opened[0]} is empty")
        opened, start, lines = following, next_line, []

    for number, text in enumerate(body.split("\n"), start=first_line):
        name = _name(text)
        if name[0] in _NAMES or (opened[0] and _HEADING.match(text)):
            if opened[0]:
                page.problems.warn(start, f":::{opened[0]} has no closing :::")
            flush(name if name[0] in _NAMES else ("", ""), number + 1 if name[0] in _NAMES else number)
            if name[0] not in _NAMES:
                lines.append(text)
        elif opened[0] and _CLOSE.match(text):
            flush(("", ""), number + 1)
        else:
            if name[0] or _CLOSE.match(text):
                page.problems.warn(number, f"unknown block {text.strip()[:40]!r} is shown as text")
            lines.append(text)
    if opened[0]:
        page.problems.warn(start, f":::{opened[0]} has no closing :::")
    flush(("", ""), 0)
    return pieces


def _name(line: str) -> tuple[str, str]:
    """(':::Kort fortalt' as 'kort-fortalt', what stands after a name we know)."""
    match = _OPEN.match(line)
    if not match:
        return "", ""
    whole = fold(match[1]).replace(" ", "-")
    word, _, rest = match[1].partition(" ")
    first = fold(word).replace(" ", "-")
    return (first, rest.strip()) if whole not in _NAMES and first in _NAMES else (whole, "")


def key_points(piece: Piece, page: Page) -> tuple[list[tuple[str, str]], list[str]]:
    """[(question, answer)] and the lines before the first question, which belong to the text."""
    pairs: list[tuple[str, str]] = []
    loose: list[str] = []
    for number, raw in enumerate(piece.text.split("\n"), start=piece.line):
        line = raw.strip()
        if not line:
            continue
        if match := _PAIR.match(line):
            pairs.append((_words(match[1], number, page), _words(match[2], number, page)))
            continue
        page.problems.warn(number, f"a line of :::{piece.name} must be 'Navn: indhold'")
        if pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {_words(line, number, page)}")
        else:
            loose.append(line)
    return pairs, loose


def _words(text: str, line: int, page: Page) -> str:
    if not _MARKUP.search(text):
        return " ".join(text.split())
    # A bold question is as good as a plain one: nothing to say about it.
    quiet = Page(Problems(page.problems.file), page.source_count, page.links)
    return " ".join(plain_text(render_block(text, line, quiet)).split()) or text


def boxes(pieces: Sequence[Piece], page: Page) -> str:
    """The boxes of one group, in their own order whatever order they were written in."""
    order = list(_BOXES)
    ordered = sorted(pieces, key=lambda piece: order.index(piece.name))
    drawn = "".join(_box(_BOXES[piece.name], render_block(piece.text, piece.line, page)) for piece in ordered)
    group = "care-cards" if pieces[0].group == "care" else "boxes"
    return sanitise(f'<div class="{group}">{drawn}</div>\n')


def _box(box: Box, body: str) -> str:
    if box.group != "care":
        return (
            f'<section class="box {box.css}"><h3 class="box__title">{html.escape(box.title)}</h3>'
            f'<div class="box__body">{body}</div></section>'
        )
    call = f'<p class="care-card__call"><a href="tel:{box.call}">Ring {box.call}</a></p>' if box.call else ""
    return (
        f'<section class="care-card {box.css}"><h3 class="care-card__title">'
        f'<span class="care-card__bars" aria-hidden="true"></span>{html.escape(box.title)}</h3>'
        f'<div class="care-card__body">{body}{call}</div></section>'
    )


def figure(piece: Piece, page: Page) -> str:
    """A drawing of our own that lies beside the file, with the block's text as its caption."""
    caption = render_block(piece.text, piece.line, page)
    drawing = figure_of(piece.argument, plain_text(caption), piece.line - 1, page)
    if not drawing:
        return f"<p>{html.escape(piece.argument)}</p>\n{caption}"
    return f'<figure class="figure">{drawing}<figcaption>{caption}</figcaption></figure>\n'


def clinic_list(piece: Piece, page: Page) -> str:
    """A place where the page puts the clinics with a topic; the page's own topic when none is named."""
    slug = slugify(piece.argument.partition("=")[2] or piece.argument)
    if slug:
        page.topics.append((slug, piece.line - 1))
    return f'{render_block(piece.text, piece.line, page)}<div class="clinic-list" data-topic="{slug}"></div>\n'
