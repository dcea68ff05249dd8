"""Markdown to the little HTML an article may have. Nothing raw comes through, and no word is lost on the way."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import nh3
from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from fysfinder.base.text import slugify
from fysfinder.encyclopedia.draft import Link, Problems

_REFERENCE = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_RAW_HTML = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|<!--")
# Deeper nesting than the parser follows would drop text: such a piece is shown as it is written.
_TOO_DEEP = re.compile(r"(?m)^[^\S\n]{80,}\S|^[^\S\n>*+\-\d.)]*[>*+\-\d.)\t ]{80,}\w")
_UNCLOSED = 200  # brackets that are never closed: the parser looks for the end of each, to the end
_TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h3", "hr", "li", "ol", "p", "section", "span", "strong",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "span": {"aria-hidden"},
    "section": {"tabindex", "aria-label"},
}
_CLASSES = {
    "sup": {"source-ref"},
    "section": {
        "care-card", "care-card--self", "care-card--doctor", "care-card--urgent", "box", "box--do", "box--dont",
        "box--mistakes", "box--easier", "box--harder", "box--stop", "table-scroll",
    },
    "h3": {"care-card__title", "box__title"},
    "span": {"care-card__bars"},
    "div": {"care-cards", "care-card__body", "boxes", "box__body"},
    "p": {"care-card__call"},
}  # fmt: skip
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_BLOCKS = {"p", "li", "tr", "table", "blockquote", "ul", "ol", "hr", "br", "div", "section", "h3"}


@dataclass
class Page:
    """What rendering a file's pieces has to know and finds out."""

    problems: Problems
    source_count: int = 0
    links: list[Link] = field(default_factory=list)
    folder: Path | None = None  # where the file lies, and its drawings
    topics: list[tuple[str, int]] = field(default_factory=list)  # topics the text names, and the line


@dataclass(frozen=True)
class Heading:
    level: int
    title: str
    line: int


@dataclass(frozen=True)
class Block:
    html: str
    line: int


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
    # Indented text is a paragraph and '[1]: …' stays a text: articles hold no code and no hidden definitions.
    parser.disable(["code", "fence", "reference"])
    parser.core.ruler.push("article", _adapt)
    return parser


def render(text: str, first_line: int, page: Page) -> list[Heading | Block]:
    """The text's headings and the HTML between them, in order."""
    if _TOO_DEEP.search(text) or text.count("[") - text.count("]") > _UNCLOSED:
        page.problems.warn(first_line, "nested too deeply: shown as plain text")
        return [Block(escaped(text), first_line)]
    parser = _parser()
    env = {"page": page, "line": first_line}
    tokens = parser.parse(text, env)
    pieces: list[Heading | Block] = []
    start = position = 0
    while position < len(tokens):
        if tokens[position].type == "heading_open":
            _flush(tokens[start:position], first_line, pieces)
            title = plain_text(parser.renderer.render([tokens[position + 1]], parser.options, env))
            pieces.append(Heading(int(tokens[position].tag[1]), title, _line(tokens[position], first_line)))
            position += 3
            start = position
        else:
            position += 1
    _flush(tokens[start:], first_line, pieces)
    return pieces


def render_block(text: str, first_line: int, page: Page) -> str:
    """The text as one piece of HTML; a heading in it is a bold line."""
    parts: list[str] = []
    for piece in render(text, first_line, page):
        if isinstance(piece, Heading):
            parts.append(f"<p><strong>{html.escape(piece.title)}</strong></p>\n" if piece.title else "")
        else:
            parts.append(piece.html)
    return "".join(parts)


def escaped(text: str) -> str:
    """Paragraphs of plain text."""
    return "".join(f"<p>{html.escape(part.strip())}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())


def sanitise(fragment: str) -> str:
    """The last wall: only the tags, attributes and classes an article may have."""
    return nh3.clean(
        fragment,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        clean_content_tags=set(),
    )


def _flush(tokens: Sequence[Token], first_line: int, pieces: list[Heading | Block]) -> None:
    if tokens:
        fragment = sanitise(_parser().renderer.render(tokens, _parser().options, {}))
        if fragment.strip():
            pieces.append(Block(fragment, _line(tokens[0], first_line)))


def _line(token: Token, first_line: int) -> int:
    return first_line + (token.map[0] if token.map else 0)


def _adapt(state: StateCore) -> None:
    """Our own rules, on the parsed tokens: references, links, pictures, headings where none can be."""
    page: Page = state.env["page"]
    tokens: list[Token] = []
    for position, token in enumerate(state.tokens):
        if token.type in {"heading_open", "heading_close"} and token.level > 0:
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
        if token.type == "inline":
            line = _line(token, state.env["line"])
            token.children = _inline(token.children or [], line, page)
            _warn_about(token, line, page)
            if state.tokens[position - 1].type == "paragraph_open" and state.tokens[position - 1].markup:
                token.children = [
                    Token("strong_open", "strong", 1),
                    *token.children,
                    Token("strong_close", "strong", -1),
                ]
            if state.tokens[position - 1].type == "heading_open":
                _warn_of_bold(token, line, page)
            else:
                _warn_pseudo_heading(token, line, page)
        if token.type == "table_open":
            tokens.append(_raw('<section class="table-scroll" tabindex="0" aria-label="Tabel">'))
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(_raw("</section>\n"))
    state.tokens = tokens


def _raw(fragment: str) -> Token:
    return Token("html_block", "", 0, content=fragment)


def _inline(children: list[Token], line: int, page: Page) -> list[Token]:
    result: list[Token] = []
    depth = 0
    for token in children:
        if token.type == "link_open":
            depth += 1
            _make_own(token, line, page)
            page.links.append(Link(str(token.attrs.get("href", "")), line))
        elif token.type == "link_close":
            depth -= 1
        if token.type == "text" and _BREAK.search(token.content):
            result += _with_breaks(token, line, page, depth)
        elif token.type == "text" and depth == 0:
            pieces = _references(token.content, line, page)
            if pieces and pieces[0].type == "html_inline" and result and result[-1].type == "softbreak":
                result.pop()  # the reference began a line of the file
            result += pieces
        elif token.type == "image":
            page.problems.warn(line, "a picture is shown as a link: articles hold no pictures")
            result += _picture(token, depth)
        else:
            result.append(token)
    return result


def _make_own(token: Token, line: int, page: Page) -> None:
    """A full address of a page of ours as its path."""
    parts = urlsplit(str(token.attrs.get("href", "")))
    host = (parts.hostname or "").removeprefix("www.")
    is_ours = host in {urlsplit(settings.SITE_URL).hostname, f"{slugify(settings.SITE_NAME)}.dk"}
    if host and is_ours and parts.scheme in {"http", "https"}:
        page.problems.warn(line, f"a link to a page of ours is written without {host}")
        token.attrs["href"] = urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def _picture(token: Token, depth: int) -> list[Token]:
    alt = Token("text", "", 0, content=token.content or str(token.attrs.get("src", "")))
    if depth:
        return [alt]
    attributes = {"href": token.attrs.get("src", ""), **{k: v for k, v in token.attrs.items() if k == "title"}}
    return [Token("link_open", "a", 1, attrs=attributes), alt, Token("link_close", "a", -1)]


def _with_breaks(token: Token, line: int, page: Page, depth: int) -> list[Token]:
    """<br> is the one tag that is read: people write it in tables."""
    result: list[Token] = []
    for number, text in enumerate(_BREAK.split(token.content)):
        result += [Token("hardbreak", "br", 0)] if number else []
        result += [Token("text", "", 0, content=text)] if depth else _references(text, line, page)
    return result


def _references(text: str, line: int, page: Page) -> list[Token]:
    """'… huden [1, 3].' with the markers as links to the sources that exist, close to the word before them."""
    result: list[Token] = []
    start = 0
    for match in _REFERENCE.finditer(text):
        numbers = [int(part) for part in match[1].split(",")]
        if not all(1 <= number <= page.source_count for number in numbers):
            if page.source_count:
                page.problems.warn(line, f"{match[0]} points to a source that is not in the list")
            continue
        result.append(Token("text", "", 0, content=text[start : match.start()].rstrip()))
        links = "".join(f'<sup class="source-ref"><a href="#kilde-{n}">{n}</a></sup>' for n in numbers)
        result.append(Token("html_inline", "", 0, content=links))
        start = match.end()
    result.append(Token("text", "", 0, content=text[start:]))
    return [token for token in result if token.content]


def _warn_about(token: Token, line: int, page: Page) -> None:
    texts = [child.content for child in token.children or [] if child.type == "text"]
    if any(_RAW_HTML.search(text) for text in texts):
        page.problems.warn(line, "HTML is shown as text")


def _warn_of_bold(token: Token, line: int, page: Page) -> None:
    if any(child.type in {"strong_open", "em_open"} for child in token.children or []):
        page.problems.warn(line, f"bold or italics in a heading is left out: {token.content[:60]!r}")


def _warn_pseudo_heading(token: Token, line: int, page: Page) -> None:
    kinds = [child.type for child in token.children or []]
    if token.level == 1 and kinds == ["strong_open", "text", "strong_close"] and len(token.content) < 80:
        page.problems.warn(line, f"a line in bold is not a heading: {token.content[:60]!r}")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.is_reference = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        if tag == "sup":
            self.is_reference = ("class", "source-ref") in attrs

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "sup":
            self.is_reference = False

    def handle_data(self, data: str) -> None:
        self.parts.append(f" [{data}]" if self.is_reference else data)


def plain_text(fragment: str) -> str:
    """The words of our own HTML, a line per block; references as [1]."""
    parser = _Text()
    parser.feed(fragment)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
