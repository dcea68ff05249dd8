"""What could not be used, as a file that no spreadsheet runs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fysfinder.imports.rejected import safe_cell
from tests.imports.test_pipeline import places  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_is_made_a_text(start: str) -> None:
    assert safe_cell(f"{start}cmd|'/C calc'!A0") == f"'{start}cmd|'/C calc'!A0"


def test_other_cells_are_left_as_they_are() -> None:
    assert [safe_cell(text) for text in ("", "Åen 1-3", "a=b")] == ["", "Åen 1-3", "a=b"]


def test_every_value_that_could_not_be_used_stands_in_the_file_of_the_rejected(
    tmp_path: Path,
    places: Any,  # noqa: F811
) -> None:
    path, rejected = tmp_path / "list.csv", tmp_path / "rejected.csv"
    path.write_text("navn;adresse;postnr;tlf\n=1+1;Ahornvej 1;8000;12\n", encoding="utf-8")
    call_command("import_clinics", "table", str(path), "--dry-run", "--rejected", str(rejected))
    with rejected.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {(row["row"], row["column"], row["value"]) for row in rows} >= {("2", "navn", "'=1+1"), ("2", "tlf", "12")}


def test_a_file_that_cannot_be_written_is_said_before_anything_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("navn;postnr\nBakken;8000\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"rejected\.csv"):
        call_command("import_clinics", "table", str(path), "--rejected", str(tmp_path / "none" / "rejected.csv"))
