"""Loading the gazetteer's files into the tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from fysfinder.places import queries
from fysfinder.places.actions import load_places
from fysfinder.places.files import PlacesError, expand_postcodes
from fysfinder.places.models import Alias, City, Municipality, Postcode, Region
from tests.conftest import TODAY

DIRECTORY = settings.DATA_DIR / "places"
pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in DIRECTORY.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def tables() -> list[list[tuple[object, ...]]]:
    models = (Region, Municipality, Postcode, City, Alias, City.postcodes.through)
    return [sorted(model._default_manager.values_list()) for model in models]


def test_loading_twice_changes_nothing():
    load_places(directory=DIRECTORY)
    before = tables()
    load_places(directory=DIRECTORY)
    assert tables() == before


def test_a_city_or_alias_that_left_the_files_leaves_the_tables(copy: Path):
    load_places(directory=DIRECTORY)
    for name in ("cities.csv", "aliases.csv"):
        lines = (copy / name).read_text(encoding="utf-8").splitlines()
        (copy / name).write_text("\n".join(lines[:-1]), encoding="utf-8")
    load_places(directory=copy)
    assert not City.objects.filter(slug=lines_last_slug()).exists()
    assert Alias.objects.count() == len((copy / "aliases.csv").read_text(encoding="utf-8").splitlines()) - 1


def lines_last_slug() -> str:
    return (DIRECTORY / "cities.csv").read_text(encoding="utf-8").splitlines()[-1].partition(",")[0]


@pytest.mark.parametrize(
    ("name", "broken", "message"),
    [
        ("postcodes.csv", "2100,København Ø,north,12.57,0101", "postcodes.csv, line 2: lat is not a number"),
        ("cities.csv", "nowhere,Nowhere,town,56,10,0,1111x,i,", "cities.csv, line 2: no postcode"),
        ("regions.csv", "1081,Region Nordjylland,yesterday,,", "regions.csv, line 2: valid_from is not a date"),
        ("aliases.csv", ",aarhus", "aliases.csv, line 2: alias is missing"),
    ],
)
def test_a_broken_line_is_named_and_changes_nothing(copy: Path, name: str, broken: str, message: str):
    load_places(directory=DIRECTORY)
    before = tables()
    header = (copy / name).read_text(encoding="utf-8").splitlines()[0]
    (copy / name).write_text(f"{header}\n{broken}\n", encoding="utf-8")
    with pytest.raises(PlacesError, match=message):
        load_places(directory=copy)
    assert tables() == before


def test_the_command_loads_the_committed_files_and_refuses_an_empty_directory(tmp_path: Path, capsys):
    call_command("load_places")
    assert "1089 postcodes" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"regions\.csv cannot be read"):
        call_command("load_places", str(tmp_path))


def test_ranges_of_postcodes_cover_known_codes_only():
    assert expand_postcodes("1550-1799;2000", ["1500", "1550", "1799", "1800", "2000"]) == ["1550", "1799", "2000"]


def test_an_empty_table_is_not_remembered():
    assert queries.gazetteer(TODAY).resolve("aarhus").place is None
    load_places(directory=DIRECTORY)
    assert queries.gazetteer(TODAY).resolve("aarhus").place is not None


def test_the_gazetteer_is_built_in_six_queries_and_then_held(django_assert_num_queries):
    load_places(directory=DIRECTORY)
    with django_assert_num_queries(6):
        queries.gazetteer(TODAY)
    with django_assert_num_queries(0):
        queries.gazetteer(TODAY)
