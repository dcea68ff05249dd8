"""A table out of a file, line by line: CSV in the ways spreadsheets write it, and the first sheet of an XLSX workbook.

Nothing is held but the line being read and, of a workbook, its shared texts: a file of any length is read in the memory
of a small one.
"""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree

from fysfinder.imports.record import BrokenFileError

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Text:
    """odd_line: the first that is not UTF-8, when the file is read as Windows-1252 for it."""

    lines: io.TextIOWrapper
    odd_line: int = 0
    remarks: tuple[str, ...] = ()


MOST_UNPACKED = 1_000_000_000  # bytes of one sheet, which is streamed
MOST_SHARED = 100_000_000  # bytes of shared texts, which are held: a small file must not unpack to a full memory
MOST_COLUMNS = 1000
CHUNK = 1 << 20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NO_WORKBOOK = (
    zipfile.BadZipFile, ElementTree.ParseError, zlib.error, RuntimeError, OSError, EOFError, ValueError,
)  # fmt: skip
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # what Excel writes to itself


def read_lines(file: BinaryIO) -> tuple[Iterator[Line], tuple[str, ...]]:
    """The lines with their numbers, empty ones left out, and remarks about the file.

    Raises BrokenFileError, here or while the lines are read.
    """
    magic = file.read(4)
    file.seek(0)
    if magic == b"PK\x03\x04":
        return _stated(_xlsx(file)), ()
    text = text_of(file)
    return _stated(csv_lines(text.lines)), text.remarks


def _stated(lines: Iterator[Line]) -> Iterator[Line]:
    is_empty = True
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            is_empty = False
            yield number, cells
    if is_empty:
        raise BrokenFileError([(1, "the file is empty")])


def text_of(file: BinaryIO) -> Text:
    """The file as text: UTF-8 with or without a BOM, UTF-16 with one, else Windows-1252, which is said.

    The whole file is looked through first, in pieces. Raises BrokenFileError for a NUL character.
    """
    is_utf16 = file.read(2) in _UTF16
    odd_line = _odd_line(file, "utf-16" if is_utf16 else "utf-8-sig")
    if is_utf16 and odd_line:
        raise BrokenFileError([(odd_line, "is not UTF-16, although the file begins so")])
    encoding = "utf-16" if is_utf16 else "cp1252" if odd_line else "utf-8-sig"
    remarks = ("read as Windows-1252: the file is not UTF-8",) if odd_line else ()
    file.seek(0)
    return Text(io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=""), odd_line, remarks)


def _odd_line(file: BinaryIO, encoding: str) -> int:
    """The first line that is not text of the encoding; 0 when all is."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    line, odd = 1, 0
    while chunk := file.read(CHUNK):
        try:
            text = chunk.decode("latin-1") if odd else decoder.decode(chunk)
        except UnicodeDecodeError as error:
            odd = line + chunk.count(b"\n", 0, error.start)
            text = chunk.decode("latin-1")
        if "\x00" in text:
            raise BrokenFileError([(line + text.count("\n", 0, text.index("\x00")), "holds a NUL character")])
        line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        odd = odd or line
    return odd


def csv_lines(text: io.TextIOWrapper) -> Iterator[Line]:
    """Cells by line; the separator is the one the first line has most of, unless the file names it ('sep=;')."""
    head = text.readline(CHUNK)
    named = _SEPARATOR_LINE.fullmatch(head)
    separator = named[1] if named else max(";,\t|", key=head.count)
    lines = text if named else itertools.chain([head], text)
    line = skipped = 2 if named else 1
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise BrokenFileError([(line, f"has {len(cells)} cells; at most {MOST_COLUMNS} are read")])
            yield line, cells
            line = reader.line_num + skipped
    except csv.Error as error:
        raise BrokenFileError([(line, f"is not CSV: {error}")]) from None
    finally:
        if not text.closed:
            text.detach()  # the file is its opener's to close


def _xlsx(file: BinaryIO) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(file) as book:
            names = book.namelist()
            sheets = (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            sheet = min(sheets, key=lambda name: (len(name), name), default="")
            if not sheet:
                raise BrokenFileError([(1, "the workbook has no sheet")])
            shared = list(_shared(book)) if "xl/sharedStrings.xml" in names else []
            for number, row in enumerate(_elements(book, sheet, "row", MOST_UNPACKED), start=1):
                stated = row.get("r", "")
                yield int(stated) if stated.isascii() and stated.isdigit() else number, _cells(row, shared)
    except _NO_WORKBOOK as error:
        raise BrokenFileError([(1, f"is no whole XLSX workbook: {error}")]) from None


def _shared(book: zipfile.ZipFile) -> Iterator[str]:
    for item in _elements(book, "xl/sharedStrings.xml", "si", MOST_SHARED):
        yield "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))


def _elements(book: zipfile.ZipFile, name: str, tag: str, most: int) -> Iterator[ElementTree.Element]:
    """The elements of a part one at a time, each forgotten when the next is asked for."""
    if book.getinfo(name).file_size > most:  # zipfile reads no more than is said here
        raise BrokenFileError([(1, "unpacks to more than can be read")])
    with book.open(name) as part:
        start = part.read(1000)
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise BrokenFileError([(1, "declares entities, which no spreadsheet does")])
    with book.open(name) as part:
        events = ElementTree.iterparse(part, events=("start", "end"))
        parents: list[ElementTree.Element] = []
        for event, element in events:
            if event == "start":
                parents.append(element)
                continue
            parents.pop()
            if element.tag == f"{_MAIN}{tag}":
                yield element
                element.clear()
                if parents:
                    parents[-1].remove(element)


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        match = _CELL.fullmatch(cell.get("r", ""))
        index = _column(match[1]) if match else len(cells)
        if index >= MOST_COLUMNS:
            raise BrokenFileError([(1, f"has more than {MOST_COLUMNS} columns")])
        cells += [""] * (index + 1 - len(cells))
        cells[index] = _value(cell, shared)
    return cells


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    """Text as it is; a number without the '.0' a spreadsheet adds."""
    kind, raw = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    if kind == "s":
        return shared[int(raw)] if raw.isdigit() and int(raw) < len(shared) else ""
    if kind == "b":
        return "Ja" if raw == "1" else "Nej"
    if kind == "n" and raw:
        try:
            number = float(raw)
        except ValueError:
            return raw
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else raw
    return "" if kind == "e" else raw
