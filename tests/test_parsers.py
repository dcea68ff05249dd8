"""Every reader of what others write: any text gives an answer or the reader's own error, in a bounded time.

A new parser gets a row in TEXTS or a sample in FILES. What each reader must understand stands in its own tests.
"""

from __future__ import annotations

import copy
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.api.ask import SUBJECTS, answer
from fysfinder.base import cpr, danish, dates, text
from fysfinder.clinics import hours_osm_text, hours_text, hours_week_text, validation
from fysfinder.config.databases import database
from fysfinder.encyclopedia import front_matter
from fysfinder.encyclopedia.draft import Problems
from fysfinder.encyclopedia.files import read_text
from fysfinder.encyclopedia.glossary import explain
from fysfinder.encyclopedia.markdown import sanitise
from fysfinder.imports import cells, normalise
from fysfinder.imports.record import BrokenFileError, Record, Source
from fysfinder.imports.sources import csv_file, fhir, hsds, openstreetmap, sor, table
from fysfinder.places.queries import Gazetteer, build_gazetteer, reset_gazetteer
from fysfinder.search import situation
from fysfinder.search.filters import FILTERS
from fysfinder.tools import TOOLS
from fysfinder.tools.base import ToolError
from fysfinder.tools.reading import read_field
from tests.make import TODAY, make_postcode

SAMPLES = Path(__file__).parent / "imports" / "samples"
LONGEST_S = 1.0  # of this thread's processor, for an input of twenty thousand characters
Reader = tuple[str, Callable[[str], object], tuple[type[Exception], ...]]

TEXTS: list[Reader] = [
    ("date", dates.parse_date, (ValueError,)),
    ("hours of a day", hours_text.parse_day, ()),
    ("clock", hours_text.parse_clock, ()),
    ("hours of a week", hours_week_text.parse_week, ()),
    ("opening_hours of OSM", hours_osm_text.parse_osm, ()),
    ("price", cells.price, (ValueError,)),
    ("yes or no", cells.yes_no, (ValueError,)),
    ("count", cells.count, (ValueError,)),
    ("parking", cells.parking, (ValueError,)),
    ("street", cells.split_street, ()),
    ("phone", validation.phone, (ValueError,)),
    ("email", validation.email, (ValueError,)),
    ("web address", validation.web_address, (ValueError,)),
    ("cvr", validation.cvr, (ValueError,)),
    ("cpr", cpr.refuse_cpr, (ValidationError,)),
    ("cpr covered", cpr.mask, ()),
    ("stem", danish.stem, ()),
    ("slug", text.slugify, ()),
    ("clean", text.clean, ()),
    ("order", text.danish_key, ()),
    ("front matter", lambda said: front_matter.split(said, Problems("x.md")), ()),
    ("article", lambda said: read_text(said, "x"), ()),
    ("article's body", lambda said: read_text(f"---\ntitle: T\n---\n{said}", "x"), ()),
    ("html", lambda said: sanitise(text.clean(said)), ()),
    ("scan report", explain, ()),
    ("mapping", table.read_mapping, (BrokenFileError,)),
    ("clinic's name", normalise.name_of, ()),
    ("address", normalise.address_of, ()),
    ("city", normalise.city_of, ()),
    ("phones", normalise.phones_of, ()),
    ("host", normalise.host_of, ()),
    ("mail host", normalise.mail_host_of, ()),
    ("visits", situation.read_visits, ()),
    ("database url", database, (ValueError,)),
    # "emner" asks the topics in the database: tests/search/test_filters.py
    *((f"filter {each.key}", lambda said, each=each: each.parse([said]), ())
      for each in FILTERS if each.key != "emner"),
    *((f"field {tool.name} {field.name}", lambda said, field=field: read_field(field, said), (ToolError,))
      for tool in TOOLS for field in {each.kind: each for each in tool.fields}.values()),
    *((f"file {name}", lambda said, read=read: list(read(io.BytesIO(said.encode("utf-8", "replace"))).rows),
       (BrokenFileError,))
      for name, read in (("csv", csv_file.read), ("table", table.read), ("sor", sor.read), ("fhir", fhir.read),
                         ("hsds", hsds.read), ("osm", openstreetmap.read))),
]  # fmt: skip
WORDS = """
man tir ons fre lør søn hverdage dagligt lukket døgnåben efter_aftale kl. 8 16:30 24.00 - – til og samt ; / , Mo-Fr
PH_off SH week_2-10/2 08:00-16:00 + sunrise 1._maj 31/12 2026-02-30 29/02/2025 5._februar_26 kr. 450 1.250 00 ½ -5 1e9
fra ca. ja nej x +45 86_11_22_33 010190-1234 @ .dk https:// www. [::1] // # ? & % %zz --- : -_ title: | > * _ ` [ ](
<b> </ <script> ![ ::: :::kort $ ^ { } [1] é İ ß 膝 😀 ٣ ² ⁄ Vestergade_1_st._tv 8000 Aarhus_C ApS 56.1 10.2 999
1-2-3-4 null true postgresql:// ' "
"""
FRAGMENTS = [word.replace("_", " ") for word in WORDS.split()]
FRAGMENTS += ["\\", "\n", "\t", "\r", "\x00", "\u2028", "\ud800", "\u200b", "\ufeff"]
ANY = st.text(max_size=60) | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
ANY |= st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join)


@pytest.mark.parametrize(("name", "reads", "says"), TEXTS, ids=[name for name, *_ in TEXTS])
@settings(max_examples=25, deadline=None)
@given(said=ANY)
def test_any_text_is_read_or_refused(
    name: str, reads: Callable[[str], object], says: tuple[type[Exception], ...], said: str
) -> None:
    try:
        reads(said)
    except says as error:
        assert str(error)


LONG = ["1", " ", "a", "(", "[", "*", "-", "\n", "<", "&", "man ", "8-16 ", "man-fre 8-16, ", "1.1.", "a@", "- ", "a: "]
LONG += ["[x](", "Mo 08:00-16:00; ", '"', ",", "og ", "æøå ", "450 kr ", "1/1 ", "[1]", "**a", "> ", "\u0301", "{"]
# Brackets within brackets cost our own editors, who alone write these, the square of their number.
SHORTER = {"article": 4_000, "article's body": 4_000, "mapping": 1_000}


@pytest.mark.parametrize(("name", "reads", "says"), TEXTS, ids=[name for name, *_ in TEXTS])
def test_a_long_text_takes_no_long_time(
    name: str, reads: Callable[[str], object], says: tuple[type[Exception], ...]
) -> None:
    slow, length = {}, SHORTER.get(name, 20_000)
    for part in LONG:
        began = time.thread_time()
        with suppress(*says):
            reads(part * (length // len(part)))
        if (took := time.thread_time() - began) > LONGEST_S:
            slow[part] = round(took, 1)
    assert slow == {}


# files of others


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker) -> Iterator[Gazetteer]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_postcode("8000", "Aarhus C")
        yield build_gazetteer(TODAY)
        transaction.set_rollback(True)
    reset_gazetteer()


JSON_FILES: list[tuple[str, Source, Path]] = [
    ("fhir", fhir.SOURCE, SAMPLES / "fhir/bundle.json"),
    ("hsds services", hsds.SOURCE, SAMPLES / "hsds/services.json"),
    ("hsds tables", hsds.SOURCE, SAMPLES / "hsds/tables.json"),
    ("osm", openstreetmap.SOURCE, SAMPLES / "openstreetmap/overpass.json"),
]
ODD_VALUES = [None, True, -1, 1e308, float("nan"), "", "x", "\x00", "9" * 400, [], {}, [None], {"a": []}, [[[]]]]


def spots(value: Any, found: list[tuple[Any, Any]] | None = None) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    found = [] if found is None else found
    for key in range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ():
        found.append((value, key))
        spots(value[key], found)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "source", "sample"), JSON_FILES, ids=[name for name, *_ in JSON_FILES])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_odd_values_anywhere_is_read_or_refused(
    name: str, source: Source, sample: Path, data: st.DataObject, places: Gazetteer
) -> None:
    whole = copy.deepcopy(json.loads(sample.read_text("utf-8")))
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(range(len(every := spots(whole)))).map(lambda at: every[at]))
        container[key] = data.draw(st.sampled_from(ODD_VALUES) | ANY)
    records_of(source, json.dumps(whole).encode("utf-8", "replace"), places)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "sample"),
    [
        (csv_file.SOURCE, SAMPLES / "csv/clinics.csv"),
        (sor.SOURCE, SAMPLES / "sor/SorEntity_daily.csv"),
        (table.SOURCE, SAMPLES / "table/clinics.csv"),
    ],
    ids=["csv", "sor", "table"],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_table_with_odd_bytes_anywhere_is_read_or_refused(
    source: Source, sample: Path, data: st.DataObject, places: Gazetteer
) -> None:
    whole = sample.read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(whole))), data.draw(st.sampled_from([0, 1, 5, 200]))
        whole = (
            whole[:at]
            + data.draw(st.binary(max_size=6) | ANY.map(lambda said: said.encode("utf-8", "replace")))
            + (whole[at + length :])
        )
    records_of(source, whole, places)


def records_of(source: Source, data: bytes, places: Gazetteer) -> None:
    try:
        rows = list(source.read(io.BytesIO(data)).rows)
    except BrokenFileError as error:
        assert error.problems
        return
    for row in rows:
        assert isinstance(source.to_record(row, places), Record)
        assert isinstance(source.key(row, places), str)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3),
    max_leaves=6,
)
KEYS = ("query", "text", "value", "slug", "language", "tool", "input", "a", "b", "kind", "place", "limit", "visits")


@pytest.mark.django_db
@pytest.mark.parametrize("subject", sorted(SUBJECTS))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.dictionaries(st.sampled_from(KEYS) | ANY, JSON_VALUES, max_size=5))
def test_ask_answers_every_object(subject: str, question: dict[str, object]) -> None:
    assert isinstance(answer(subject, json.dumps(question).encode("utf-8", "replace")), dict)
