"""An extract (.osm.pbf) says the same as an Overpass answer; it is written here, by osmium itself."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import osmium
import pytest
from osmium.osm.mutable import Node, Relation, Way

from fysfinder.clinics.models import Clinic
from fysfinder.imports.models import SourceRow
from fysfinder.imports.pipeline import import_clinics
from fysfinder.imports.record import BrokenFileError
from fysfinder.imports.sources.openstreetmap import SOURCE, read
from tests.imports.reading import read_all
from tests.make import TODAY

OVERPASS = Path(__file__).parent / "samples" / "openstreetmap" / "overpass.json"
PHYSIO = {"healthcare": "physiotherapist"}


def write(path: Path, objects: list[Any], stamp: str = "2026-11-10T04:00:00Z") -> Path:
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", stamp)
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for one in objects:
            writer.add(one)
    return path


def node(number: int, lat: float, lon: float, **tags: Any) -> Node:
    return Node(id=number, location=(lon, lat), tags=tags, version=1)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """The elements of the Overpass sample; the way is drawn of corners around its centre."""
    nodes, ways = [], []
    for element in json.loads(OVERPASS.read_text("utf-8"))["elements"]:
        if element["type"] == "node":
            nodes.append(node(element["id"], element["lat"], element["lon"], **element["tags"]))
        else:
            lat, lon = element["center"]["lat"], element["center"]["lon"]
            nodes += [node(100, lat - 0.001, lon + 0.001), node(101, lat + 0.001, lon - 0.001)]
            ways.append(Way(id=element["id"], nodes=[100, 101, 100], tags=element["tags"], version=1))
    return write(tmp_path / "denmark.osm.pbf", [*sorted(nodes, key=lambda one: one.id), *ways])


def test_an_extract_gives_the_rows_of_the_same_answer(extract: Path) -> None:
    with extract.open("rb") as file:
        rows = [row.cells for row in read(file).rows]
    answer = [row.cells for row in read_all(read, OVERPASS.read_bytes()).rows]
    assert sorted(rows, key=lambda cells: cells["@id"]) == sorted(answer, key=lambda cells: cells["@id"])
    assert [row.cells for row in read_all(read, extract.read_bytes()).rows] == rows  # also without a file's name


def test_a_relation_stands_in_the_middle_of_its_ways_and_nodes(tmp_path: Path) -> None:
    objects = [
        node(1, 56.0, 10.0), node(2, 56.2, 10.1), node(3, 56.4, 10.3),
        Way(id=4, nodes=[1, 2], version=1),
        Way(id=5, nodes=[77], tags=PHYSIO, version=1),  # its node lies outside the extract
        Relation(id=6, members=[("w", 4, "outer"), ("n", 3, ""), ("r", 9, "")], tags=PHYSIO, version=1),
    ]  # fmt: skip
    with write(tmp_path / "some.osm.pbf", objects).open("rb") as file:
        found = {row.cells["@id"]: (row.cells.get("@lat"), row.cells.get("@lon")) for row in read(file).rows}
    assert found == {"way/5": (None, None), "relation/6": ("56.2", "10.15")}


def test_an_extract_is_imported_as_suggestions_with_licence_and_day(extract: Path, clinic: Clinic) -> None:
    result = import_clinics(source=SOURCE, path=extract, today=TODAY)
    assert (result.created, result.updated, Clinic.objects.count()) == (0, 1, 1)
    clinic.refresh_from_db()
    assert (clinic.phone, clinic.step_free, clinic.opening_hours.count()) == ("+4586000014", True, 8)
    fact = clinic.facts.get(name="hours")
    assert "ODbL" in fact.source and fact.confirmed_on.isoformat() == "2026-10-01"
    assert SourceRow.objects.get(source_id="way/2").clinic is None


def test_a_broken_extract_is_refused(extract: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(extract.read_bytes()[:-5])
    with cut.open("rb") as file, pytest.raises(BrokenFileError, match=r"no whole \.osm\.pbf"):
        read(file)


def test_without_the_package_it_is_said_how_to_get_it(extract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(BrokenFileError, match="uv pip install"):
        read(io.BytesIO(extract.read_bytes()))
