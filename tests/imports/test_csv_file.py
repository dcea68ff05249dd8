"""The CSV source: its file, its columns, its values."""

from __future__ import annotations

from pathlib import Path

import pytest

from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.sources.csv_file import COLUMNS, read
from tests.imports.reading import read_all

SAMPLE = Path(__file__).parent / "samples" / "csv" / "clinics.csv"
HEAD = ",".join(COLUMNS)
ROW = ",".join(["Bakkeby", "Bølgen", *["-"] * (len(COLUMNS) - 2)])


def broken(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(BrokenFileError) as caught:
        read_all(read, data)
    return caught.value.problems


def test_rows_keep_the_line_they_stand_on() -> None:
    text = f"{HEAD}\n{ROW}\n\n{ROW.replace('Bølgen', chr(34) + 'Bøl' + chr(10) + 'gen' + chr(34))}\n{ROW}\n"
    assert [row.row for row in read_all(read, text.encode()).rows] == [2, 4, 6]


@pytest.mark.parametrize(
    ("encoding", "newline", "delimiter"),
    [("utf-8", "\n", ","), ("utf-8-sig", "\r\n", ","), ("cp1252", "\r\n", ";"), ("utf-8-sig", "\n", ";")],
)
def test_the_ways_a_spreadsheet_writes_csv_are_read(encoding: str, newline: str, delimiter: str) -> None:
    text = f"{HEAD}\n{ROW}\n".replace(",", delimiter).replace("\n", newline)
    reading = read_all(read, text.encode(encoding))
    assert [row.cells["klinikNavn"] for row in reading.rows] == ["Bølgen"]
    assert bool(reading.remarks) == (encoding == "cp1252")


def test_columns_may_stand_in_another_order() -> None:
    names = list(reversed(COLUMNS))
    reading = read_all(read, (",".join(names) + "\n" + ",".join(reversed(ROW.split(","))) + "\n").encode())
    assert reading.rows[0].cells["klinikNavn"] == "Bølgen"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "empty"),
        (b"navn,tlf\nA,1\n", 1, "column 'lokation' is missing"),
        (f"{HEAD},farve\n".encode(), 1, "column 'farve' is not known"),
        (f"{HEAD},tlf\n".encode(), 1, "column 'tlf' stands twice"),
        (f"{HEAD}\n{ROW}\n{ROW},x\n".encode(), 3, "has 22 cells"),
        (f"{HEAD}\n{ROW}\nBakkeby\n".encode(), 3, "has 1 cells"),
        (f"{HEAD}\n{ROW}\n{ROW}\x00\n".encode(), 3, "NUL"),
        (f"{HEAD}\n{ROW}\n".encode() + "Bølgen\n".encode("latin-1"), 3, "neither UTF-8 nor"),
        (f'{HEAD}\n"Bakkeby" x,{ROW[8:]}\n'.encode(), 2, "is not CSV"),
        (f'{HEAD}\n"{ROW}\n'.encode(), 2, "is not CSV"),
        (bytes(range(256)), 1, "NUL"),
        (bytes(range(1, 256)), 2, "neither"),
    ],
)
def test_a_broken_file_names_its_line(data: bytes, line: int, message: str) -> None:
    found = broken(data)
    assert line in [where for where, _ in found]
    assert any(message in said for _, said in found)


def test_every_ragged_row_is_named() -> None:
    assert [line for line, _ in broken(f"{HEAD}\na\n{ROW}\nb,c\n".encode())] == [2, 4]


def test_the_sample_is_read() -> None:
    assert len(read_all(read, SAMPLE.read_bytes()).rows) == 4
