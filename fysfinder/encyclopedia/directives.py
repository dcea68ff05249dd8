"""The blocks between ::: lines: 'Kort fortalt' and the three care cards."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from fysfinder.base.text import fold
from fysfinder.encyclopedia.draft import Problems
from fysfinder.encyclopedia.markdown import Page, plain_text, render_block, sanitise

KEY_POINTS = "kort-fortalt"


@dataclass(frozen=True)
class Care:
    """One level of care: what you can do, when to call the doctor, when to call 112."""

    name: str
    css: str
    title: str
    call: str = ""


CARES = (
    Care("selv", "care-card--self", "Det kan du selv"),
    Care("laege", "care-card--doctor", "Ring til din læge, hvis"),
    Care("akut", "care-card--urgent", "Ring 112 nu, hvis", call="112"),
)
_NAMES = {KEY_POINTS, *(care.name for care in CARES)}
_OPEN = re.compile(r" {0,3}:{3,}\s*([^\s:].*?)\s*:*\s*$")
_CLOSE = re.compile(r" {0,3}:{3,}\s*$")
_HEADING = re.compile(r" {0,3}#{1,6}(\s|$)")
_PAIR = re.compile(r"(?:[-*+]\s+)?(.+?)\s*:\s+(\S.*)$")


@dataclass(frozen=True)
class Piece:
    """A run of lines: plain Markdown (name '') or the inside of one directive."""

    name: str
    line: int
    text: str


def split(body: str, first_line: int, page: Page) -> list[Piece]:
    """The body as Markdown and directives, in order."""
    pieces: list[Piece] = []
    name, start, lines = "", first_line, list[str]()

    def flush(next_name: str, next_line: int) -> None:
        nonlocal name, start, lines
        if any(line.strip() for line in lines):
            pieces.append(Piece(name, start, "\n".join(lines)))
        elif name:
            page.problems.warn(start, f":::{name} is empty")
        name, start, lines = next_name, next_line, []

    for number, text in enumerate(body.split("\n"), start=first_line):
        opened = _name(text)
        if opened in _NAMES or (name and _HEADING.match(text)):
            if name:
                page.problems.warn(start, f":::{name} has no closing :::")
            flush(opened if opened in _NAMES else "", number + 1 if opened in _NAMES else number)
            if opened not in _NAMES:
                lines.append(text)
        elif name and _CLOSE.match(text):
            flush("", number + 1)
        else:
            if opened or _CLOSE.match(text):
                page.problems.warn(number, f"unknown block {text.strip()[:40]!r} is shown as text")
            lines.append(text)
    if name:
        page.problems.warn(start, f":::{name} has no closing :::")
    flush("", 0)
    return pieces


def _name(line: str) -> str:
    match = _OPEN.match(line)
    return fold(match[1]).replace(" ", "-") if match else ""


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
        page.problems.warn(number, "a line of :::kort-fortalt must be 'Spørgsmål?: svar'")
        if pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {_words(line, number, page)}")
        else:
            loose.append(line)
    return pairs, loose


def _words(text: str, line: int, page: Page) -> str:
    # A bold question is as good as a plain one: nothing to say about it.
    quiet = Page(Problems(page.problems.file), page.source_count, page.links)
    return " ".join(plain_text(render_block(text, line, quiet)).split()) or text


def care_cards(pieces: list[Piece], page: Page) -> str:
    """Cards that stand together, mildest first, as one group."""
    levels = {care.name: care for care in CARES}
    ordered = sorted(pieces, key=lambda piece: list(levels).index(piece.name))
    cards = "".join(_card(levels[piece.name], render_block(piece.text, piece.line, page)) for piece in ordered)
    return sanitise(f'<div class="care-cards">{cards}</div>\n')


def _card(care: Care, body: str) -> str:
    call = f'<p class="care-card__call"><a href="tel:{care.call}">Ring {care.call}</a></p>' if care.call else ""
    return (
        f'<section class="care-card {care.css}"><h3 class="care-card__title">'
        f'<span class="care-card__bars" aria-hidden="true"></span>{html.escape(care.title)}</h3>'
        f'<div class="care-card__body">{body}{call}</div></section>'
    )
