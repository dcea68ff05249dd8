"""A table out of a file, as text: CSV in the ways spreadsheets write it, and the first sheet of an XLSX workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from fysfinder.imports.record import BrokenFileError

Line = tuple[int, list[str]]
MOST_UNPACKED = 300_000_000  # bytes of one part: a small file must not unpack to a full disk
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NO_WORKBOOK = (zipfile.BadZipFile, ElementTree.ParseError, zlib.error, RuntimeError, OSError, EOFError, ValueError)
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def read_lines(data: bytes) -> tuple[list[Line], tuple[str, ...]]:
    """The lines with their numbers, empty ones left out, and remarks. Raises BrokenFileError."""
    remarks: tuple[str, ...] = ()
    if data[:4] == b"PK\x03\x04":
        lines = list(_xlsx(data))
    else:
        text, remarks = _decode(data)
        lines = list(_csv(text))
    found = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not found:
        raise BrokenFileError([(1, "the file is empty")])
    return found, remarks


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    if b"\x00" in data:
        raise BrokenFileError([(data.count(b"\n", 0, data.index(b"\x00")) + 1, "holds a NUL character")])
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), ("read as Windows-1252: the file is not UTF-8",)


def _csv(text: str) -> Iterator[Line]:
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenFileError([(line, f"is not CSV: {error}")]) from None


def _xlsx(data: bytes) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = book.namelist()
            sheets = sorted(
                (n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=lambda n: (len(n), n)
            )
            if not sheets:
                raise BrokenFileError([(1, "the workbook has no sheet")])
            shared = _shared(book) if "xl/sharedStrings.xml" in names else []
            root = _part(book, min(sheets, key=lambda name: (len(name), name)))
    except _NO_WORKBOOK as error:
        raise BrokenFileError([(1, f"is no XLSX workbook: {error}")]) from None
    for number, row in enumerate(root.iter(f"{_MAIN}row"), start=1):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            match = _CELL.fullmatch(cell.get("r", ""))
            index = _column(match[1]) if match else len(cells)
            cells += [""] * (index + 1 - len(cells))
            cells[index] = _value(cell, shared)
        stated = row.get("r", "")
        yield int(stated) if stated.isascii() and stated.isdigit() else number, cells


def _part(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if book.getinfo(name).file_size > MOST_UNPACKED:
        raise BrokenFileError([(1, "unpacks to more than can be read")])
    data = book.read(name)
    if b"<!DOCTYPE" in data[:1000] or b"<!ENTITY" in data:
        raise BrokenFileError([(1, "declares entities, which no spreadsheet does")])
    return ElementTree.fromstring(data)


def _shared(book: zipfile.ZipFile) -> list[str]:
    items = _part(book, "xl/sharedStrings.xml").iter(f"{_MAIN}si")
    return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in items]


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
