"""Any table of clinics: CSV and XLSX read alike, columns by a mapping, and explained before they are used."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics.models import Clinic
from fysfinder.imports import sheets
from fysfinder.imports.models import SourceRow
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.sources import table
from tests.imports.reading import read_all
from tests.make import TODAY

SAMPLES = Path(__file__).parent / "samples" / "table"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: list[list[str | float]], *, head: str = "") -> bytes:
    """As spreadsheets write it: shared texts, numbers, empty cells left out."""
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [
            f'<c r="{chr(65 + at)}{number}" t="s"><v>{texts.index(cell)}</v></c>'
            if isinstance(cell, str)
            else f'<c r="{chr(65 + at)}{number}"><v>{cell}</v></c>'
            for at, cell in enumerate(row)
            if cell != ""
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/worksheets/sheet1.xml", f"{head}<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
    return file.getvalue()


def test_a_table_is_read_by_its_mapping(places: None) -> None:
    source = table.with_mapping(table.read_mapping((SAMPLES / "mapping.yaml").read_text("utf-8")))
    result = import_clinics(source=source, path=SAMPLES / "clinics.csv", today=TODAY)
    assert (result.created, result.left_out) == (2, 1)
    clinic = Clinic.objects.get(slug="bakkens-fysioterapi")
    assert (clinic.street, clinic.phone, clinic.group_classes) == ("Ahornvej 1", "+4586000014", True)
    assert clinic.prices.get().low_ore == 48431
    assert clinic.opening_hours.count() == 7
    told = {(problem.row, problem.column) for problem in result.problems}
    assert told == {
        (3, "CVR-nummer"), (3, "Hvornår"), (3, "Hold"), (3, "Første gang"), (3, "Noter"), (4, "Postnr."),
    }  # fmt: skip
    again = import_clinics(source=source, path=SAMPLES / "clinics.csv", today=TODAY)
    assert (again.created, again.updated) == (0, 0)
    assert SourceRow.objects.count() == 3


def test_a_workbook_is_read_like_the_same_csv() -> None:
    found = read_all(
        table.read, workbook([["Navn", "Postnr", "Telefon"], ["Bølgen & Co", 8000, 86000014.0], ["Ude", 8200.5]])
    )
    assert [(row.row, row.cells) for row in found.rows] == [
        (2, {"Navn": "Bølgen & Co", "Postnr": "8000", "Telefon": "86000014"}),
        (3, {"Navn": "Ude", "Postnr": "8200.5", "Telefon": ""}),
    ]
    with pytest.raises(BrokenFileError, match="has 3 cells"):
        read_all(table.read, workbook([["Navn", "Postnr"], ["a", 1, "for meget"]]))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"), (b"a;a\n1;2\n", "stands twice"), (b"a;b\n1;2;3\n", "has 3 cells"), (b"a\n\x00\n", "NUL"),
        (b'a\n"x\n', "is not CSV"), (b"PK\x03\x04xxxx", "no whole XLSX"),
        (workbook([["a"]], head='<!DOCTYPE x [<!ENTITY y "z">]>'), "declares entities"),
    ],
)  # fmt: skip
def test_a_broken_table_says_why(data: bytes, message: str) -> None:
    with pytest.raises(BrokenFileError, match=message):
        read_all(table.read, data)


@given(
    st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | st.binary(max_size=80).map(b"PK\x03\x04".__add__)
)
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        read_all(table.read, data)
    except BrokenFileError as error:
        assert error.problems


def test_explain_tells_what_each_column_is_read_as(capsys: pytest.CaptureFixture[str]) -> None:
    file, mapping = str(SAMPLES / "clinics.csv"), str(SAMPLES / "mapping.yaml")
    call_command("import_clinics", "table", file, "--explain")
    assert "'Hvornår' → ignore: Man-tors 8-18" in capsys.readouterr().out
    call_command("import_clinics", "table", file, "--explain", "--mapping", mapping)
    out = capsys.readouterr().out
    assert "'Hvornår' → hours" in out and "'Telefon' → phone" in out and "'Noter' → ignore" in out


@pytest.mark.parametrize("text", ["a: [", "- a", "Navn: navn"])
def test_a_wrong_mapping_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(text)
    with pytest.raises(CommandError):
        call_command("import_clinics", "table", str(SAMPLES / "clinics.csv"), "--mapping", str(tmp_path / "m.yaml"))


HEAD = "Navn;Postnr;By\n"


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}Bølgen;8000;Århus\n".encode("utf-16"),
        f"{HEAD}Bølgen;8000;Århus\n".encode("latin-1"),
        f"\ufeffsep=;\n{HEAD}Bølgen;8000;Århus\n".encode(),
        f"{HEAD}Bølgen;8000;Århus\n".replace(";", "|").encode(),
        f"{HEAD}Bølgen;8000;Århus\n".replace(";", "\t").replace("\n", "\r\n").encode(),
    ],
)
def test_ugly_files_are_read(data: bytes) -> None:
    assert [row.cells for row in read_all(table.read, data).rows] == [
        {"Navn": "Bølgen", "Postnr": "8000", "By": "Århus"}
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (f"{HEAD}{'x;' * 500}\n".encode(), "line 2: has 501 cells where"),
        (f"{HEAD}{'x;' * 5000}\n".encode(), "line 2: has 5001 cells; at most"),
        (f"{HEAD}a;b;c\n".encode() + b"d\x00;e;f\n", "line 3: holds a NUL"),
        (b"\xff\xfea\x00\x00\xd8", "line 1: is not UTF-16"),
        (b"Navn;Postnr;Navn\n", r"'Navn' stands twice \(columns 1 and 3\)"),
        (workbook([["a", "b"]])[:-200], "no whole XLSX"),
    ],
)
def test_what_is_too_ugly_is_refused_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(BrokenFileError, match=message):
        read_all(table.read, data)


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_SHARED", 10_000)
    with pytest.raises(BrokenFileError, match="more than can be read"):
        read_all(table.read, workbook([["a" * 20_000]]))


def test_a_formula_is_kept_as_text_and_becomes_no_fact(places: None, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("Navn;Postnr;Tlf;Adresse\nBølgen;8000;=cmd|' /C calc'!A0;@SUM(1)\n", "utf-8")
    result = import_clinics(source=table.SOURCE, path=tmp_path / "f.csv", today=TODAY)
    clinic = Clinic.objects.get()
    assert (clinic.phone, clinic.street, result.problem_count) == ("", "", 2)
    assert SourceRow.objects.get().raw["Tlf"] == "=cmd|' /C calc'!A0"
