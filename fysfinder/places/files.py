"""Reading the gazetteer's files: each line becomes an unsaved row, or an error that names file and line."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from fysfinder.places.models import Alias, City, Municipality, Postcode, Region


class PlacesError(ValueError):
    """A file of the gazetteer cannot be read; the message names file and line."""


class Row(dict[str, str]):
    """One line of a file that knows where it stands."""

    def __init__(self, values: dict[str, str], file: Path, line: int) -> None:
        super().__init__(values)
        self.where = f"{file.name}, line {line}"

    def number(self, column: str) -> float:
        try:
            return float(self[column])
        except (KeyError, ValueError, TypeError):
            raise PlacesError(f"{self.where}: {column} is not a number: {self.get(column)!r}") from None

    def text(self, column: str) -> str:
        if not self.get(column):
            raise PlacesError(f"{self.where}: {column} is missing")
        return self[column]

    def day(self, column: str) -> dt.date | None:
        if not self.get(column):
            return None
        try:
            return dt.date.fromisoformat(self[column])
        except ValueError:
            raise PlacesError(f"{self.where}: {column} is not a date: {self[column]!r}") from None


def rows(file: Path) -> Iterator[Row]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PlacesError(f"{file.name} cannot be read: {error}") from None
    for line, values in enumerate(csv.DictReader(lines), start=2):
        yield Row(values, file, line)


def region(row: Row) -> Region:
    return Region(
        code=row.text("code"),
        name=row.text("name"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        successor_id=row.get("successor") or None,
    )


def municipality(row: Row) -> Municipality:
    return Municipality(code=row.text("code"), name=row.text("name"), region_id=row.text("region"))


def postcode(row: Row) -> Postcode:
    return Postcode(
        code=row.text("code"),
        name=row.text("name"),
        lat=row.number("lat"),
        lon=row.number("lon"),
        municipality_id=row.text("municipality"),
    )


def city(row: Row, postcodes: list[Postcode]) -> tuple[City, list[str]]:
    city = City(
        slug=row.text("slug"),
        name=row.text("name"),
        kind=row.text("kind"),
        lat=row.number("lat"),
        lon=row.number("lon"),
        population=int(row.number("population")),
        preposition=row.text("preposition"),
        municipality_id=row.get("municipality") or None,
    )
    known = [postcode.code for postcode in postcodes]
    codes = expand_postcodes(row.text("postcodes"), known)
    if not codes:
        raise PlacesError(f"{row.where}: no postcode of {row['postcodes']!r} exists")
    return city, codes


def expand_postcodes(text: str, known: Iterable[str]) -> list[str]:
    """'1550-1799;2000' → the known codes it covers. Four digits compare as text."""
    bounds = [(part.partition("-")[0], part.partition("-")[2] or part) for part in text.split(";")]
    return [code for code in known if any(low <= code <= high for low, high in bounds)]


def alias(row: Row) -> Alias:
    return Alias(name=row.text("alias"), target_slug=row.text("target"))
