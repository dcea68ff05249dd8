"""Questions and answers as people write them: under many headings, as headings, in bold, as plain lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from fysfinder.base.text import fold
from fysfinder.encyclopedia.markdown import Page

Line = tuple[int, str]  # its number in the file, and the line

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_TITLE = re.compile(
    r"(?:.* )?faqs?\b|q (?:and |amp )?a\b|(?:.* )?(?:frequently asked|common) questions\b"
    r"|(?:.* )?(?:ofte|oftest|hyppigt|hyppigst|mest) stillede\b.*spoergsmaal"
    r"|(?:de |vores |dine |nogle )?(?:mest )?(?:typiske|hyppige|almindelige|gaengse|populaere) (?:\w+ )?spoergsmaal\b"
    r"|spoergsmaal (?:og )?svar\b|(?:typiske |andre |flere )?spoergsmaal(?: om| vedroerende| omkring|$)"
)
_BOLD = re.compile(r"[ ]{0,3}(?:[-*+]\s+|\d{1,2}[.)]\s+)?(\*\*\*?|__)(.+?)\1\s*(\?|:)?\s*(.*)$")
_LABELLED = re.compile(r"\s{0,3}(?:Q|Spørgsmål|Spm\.?)\s*\d*\s*[:.)]\s*\S.*\?\s*$", re.IGNORECASE)
_REFERENCES = re.compile(
    r"(?:kilder|kilde|kildeliste|kildehenvisninger|referencer|referenceliste|litteratur|litteraturliste|henvisninger"
    r"|noter|fodnoter|references|sources|bibliography)(?: og \w+)?"
)
_ENDINGS = re.compile(
    r"(?:konklusion|opsummering|afslutning|afrunding|sammenfatning|laes (?:ogsaa|mere)|relaterede?)\b.*"
)


def is_faq(title: str) -> bool:
    """'Ofte stillede spørgsmål om …', 'FAQ', 'Spørgsmål og svar', 'Typiske spørgsmål' …"""
    return bool(_TITLE.match(re.sub(r"^\d+ ", "", fold(title))))


def is_references(title: str) -> bool:
    return bool(_REFERENCES.fullmatch(fold(title)))


def bold_alone(line: str) -> str:
    """The text of a line that is nothing but bold ('**Kilder:**'), else ''."""
    match = _BOLD.match(line)
    if not match or match[4] or re.match(r"\s{0,3}(?:[-*+]|\d)", line.replace("**", "", 1)):
        return ""
    return f"{match[2]}{match[3] or ''}".strip()


def with_questions(lines: list[Line], page: Page) -> Iterator[Line]:
    """The lines with every question of a FAQ as a heading under the FAQ's own. A line may come as two of one number."""
    headings = [(at, match) for at, (_number, text) in enumerate(lines) if (match := HEADING.match(text))]
    position = 0
    while position < len(lines):
        heading = HEADING.match(lines[position][1])
        alone = bold_alone(lines[position][1])
        if not heading and alone and is_faq(alone):
            page.problems.warn(lines[position][0], "a line in bold is read as the heading of the questions")
            heading = HEADING.match(f"## {alone}")
        if not heading or not is_faq(heading[2].strip("*_ ")):
            yield lines[position]
            position += 1
            continue
        end = _end(lines, position + 1, len(heading[1]), headings)
        deeper = "#" if heading[1] == "#" else ""  # the first level is the page's title
        yield lines[position][0], f"{deeper}{heading[1]} {heading[2]}"
        region = [
            (number, f"{deeper if HEADING.match(text) else ''}{text}") for number, text in lines[position + 1 : end]
        ]
        yield from _region(region, len(deeper + heading[1]), page)
        position = end


def _end(lines: list[Line], start: int, level: int, headings: list[tuple[int, re.Match[str]]]) -> int:
    """Where the questions end: at the next heading of their level, unless they stand at that level themselves."""
    following = bisect_left(headings, start, key=lambda heading: heading[0])
    next_one = headings[following][0] if following < len(headings) else len(lines)
    first = _next_heading(headings, following, level + 1, len(lines))
    if next_one < first or any(_bold_question(lines[at][1]) for at in range(start, first)):
        return first
    if any(lines[at][1].strip() for at in range(start, first)):
        return first
    for at, match in islice(headings, following, None):
        if len(match[1]) < level or not match[2].endswith("?"):
            return at
    return len(lines)


def _next_heading(headings: list[tuple[int, re.Match[str]]], start: int, below: int, end: int) -> int:
    return next((at for at, match in islice(headings, start, None) if len(match[1]) < below), end)


def _region(lines: list[Line], level: int, page: Page) -> Iterator[Line]:
    has_headings = any(HEADING.match(text) for _number, text in lines)
    has_bold = any(_bold_question(text) for _number, text in lines)
    mark = "#" * min(level + 1, 6)
    depths = [len(match[1]) for _number, text in lines if (match := HEADING.match(text))]
    for at, (number, text) in enumerate(lines):
        heading = HEADING.match(text)
        title = heading[2].strip("*_ :") if heading else bold_alone(text).strip(" :")
        if title and (is_references(title) or _ENDINGS.fullmatch(fold(title))):
            page.problems.warn(number, f"{title[:60]!r} among the questions is read as a section of its own")
            yield number, f"{'#' * level} {title}"
        elif heading and depths and len(heading[1]) <= level:
            yield number, f"{mark} {heading[2]}"
        elif not has_headings and (question := _bold_question(text)):
            page.problems.warn(number, f"a question in bold is read as a heading: {question[0][:60]!r}")
            yield number, f"{mark} {question[0]}"
            yield number, question[1]
        elif not has_headings and not has_bold and _is_plain_question(lines, at):
            page.problems.warn(number, f"a line with a question is read as a heading: {text.strip()[:60]!r}")
            yield number, f"{mark} {text.strip()}"
        elif is_references(text) and (at == 0 or not lines[at - 1][1].strip()):
            page.problems.warn(number, f"{text.strip()[:60]!r} among the questions is read as a section of its own")
            yield number, f"{'#' * level} {text.strip()}"
        else:
            yield number, text


def _bold_question(line: str) -> tuple[str, str] | None:
    """('Gør det ondt?', 'Nej.') for '**Gør det ondt?** Nej.', also as an item of a list."""
    match = _BOLD.match(line)
    if not match or not (match[2].rstrip(" :").endswith("?") or match[3] == "?"):
        return None
    return f"{match[2].strip()}{match[3] if match[3] == '?' else ''}", match[4]


def _is_plain_question(lines: list[Line], at: int) -> bool:
    text = lines[at][1].strip()
    return bool(_LABELLED.match(text)) or (text.endswith("?") and len(text) < 160 and _stands_alone(lines, at))


def _stands_alone(lines: list[Line], at: int) -> bool:
    before, after = at == 0 or not lines[at - 1][1].strip(), at + 1 == len(lines) or not lines[at + 1][1].strip()
    return before and after
