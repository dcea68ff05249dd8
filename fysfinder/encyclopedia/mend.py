"""What Markdown would lose or misread is put right before it is read: ragged tables, ---, headings without a space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fysfinder.encyclopedia.directives import Piece
from fysfinder.encyclopedia.faq import HEADING, Line, with_questions
from fysfinder.encyclopedia.markdown import Page

_TIGHT_HEADING = re.compile(r" {0,3}(#{2,6})([^#\s].*)$")
_RULER = re.compile(r" {0,3}(?:-{3,}|={3,})\s*$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_HEADING = 100


def mend(pieces: Iterable[Piece], page: Page) -> list[Piece]:
    """The pieces, plain ones as Markdown that says what its writer meant. Line numbers stay true."""
    mended: list[Piece] = []
    plain: list[Line] = []
    for piece in pieces:
        lines = list(enumerate(piece.text.split("\n"), start=piece.line))
        if piece.name:
            mended += [*_as_pieces(_mended(plain, page)), piece]
            plain = []
        else:
            plain += lines
    return [*mended, *_as_pieces(_mended(plain, page))]


def _mended(lines: list[Line], page: Page) -> Iterator[Line]:
    return with_questions(_tables(list(_rulers(_tight(lines, page), page)), page), page)


def _tight(lines: Iterable[Line], page: Page) -> Iterator[Line]:
    for number, text in lines:
        if match := _TIGHT_HEADING.match(text):
            page.problems.warn(number, "a heading needs a space after its #")
            yield number, f"{match[1]} {match[2]}"
        else:
            yield number, text


def _rulers(lines: Iterable[Line], page: Page) -> Iterator[Line]:
    """A line of --- under a paragraph would make it a heading: only a short line of words is one."""
    above: list[str] = []
    for number, text in lines:
        if _RULER.match(text) and above:
            said = above[-1].strip()
            is_title = len(above) == 1 and len(said) <= _LONGEST_HEADING and said[-1] not in ".:;,"
            if not is_title and not HEADING.match(said) and "|" not in said:
                page.problems.warn(number, f"a line of {text.strip()[:3]} right under a text is read as a line")
                yield number, ""
                text = "---"
        above = [*above, text] if text.strip() else []
        yield number, text


def _tables(lines: list[Line], page: Page) -> list[Line]:
    """Every row of a table gets its cells: Markdown drops what stands beyond the heading's last column."""
    lines = list(lines)
    end = 1  # of the table above
    for at in range(1, len(lines)):
        number, text = lines[at]
        head = lines[at - 1][1]
        if at < end or "|" not in text or "|" not in head or not _DELIMITER.match(text):
            continue
        end = next((row for row in range(at + 1, len(lines)) if not lines[row][1].strip()), len(lines))
        rows = lines[at + 1 : end]
        wide = max(len(_cells(row)) for row in (head, text, *(row for _number, row in rows)))
        if len({wide, len(_cells(head)), len(_cells(text))}) > 1:
            ragged = next((n for n, row in rows if len(_cells(row)) > len(_cells(head))), number)
            page.problems.warn(ragged, f"a row of the table has other cells than its head: {wide} are shown")
            lines[at - 1] = (lines[at - 1][0], _padded(head, wide, " |"))
            lines[at] = (number, _padded(text, wide, " --- |"))
    return lines


def _cells(row: str) -> list[str]:
    row = row.strip()
    row = row[1:] if row.startswith("|") else row
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return _PIPE.split(row)


def _padded(row: str, wide: int, cell: str) -> str:
    missing = wide - len(_cells(row))
    row = row.rstrip()
    return (row if row.endswith("|") and not row.endswith("\\|") else f"{row} |") + cell * missing


def _as_pieces(lines: Iterable[Line]) -> Iterator[Piece]:
    """Runs of lines whose numbers follow each other."""
    run: list[Line] = []
    for number, text in lines:
        if run and number != run[-1][0] + 1:
            yield Piece("", run[0][0], "\n".join(line for _number, line in run))
            run = []
        run.append((number, text))
    if any(text.strip() for _number, text in run):
        yield Piece("", run[0][0], "\n".join(line for _number, line in run))
