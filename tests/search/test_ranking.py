"""Best match is a pure function of the question and documented facts: nothing about payment or claims can enter."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from types import SimpleNamespace

import numpy as np
import pytest
from django.test import Client

from fysfinder.clinics.opening import COPENHAGEN
from fysfinder.search import sorting
from fysfinder.search.columns import Columns
from fysfinder.search.filters.base import Asked
from fysfinder.search.reading import read_columns
from fysfinder.search.sorting import SORTS, Candidates, match_parts, ordered
from fysfinder.web.ranking_page import ranking_page
from tests.make import TODAY, make_clinic, make_topic

NOW = dt.datetime(2026, 11, 18, 10, tzinfo=COPENHAGEN)
ALLOWED = {  # of the columns: what an order may read
    *("size", "ids", "name_rank", "topics", "first_price", "fresh_waiting_days", "prices"),
    *("remember", "remember_course"),
}
WORDS = ("paid", "payment", "sponsor", "plan", "claim", "owner", "verified", "premium", "boost", "fee")


class Watched:
    """Columns that note what is read of them."""

    def __init__(self, columns: Columns) -> None:
        self.columns, self.read = columns, set()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self.columns, name)


def candidates(columns: object, asked: Asked, *topics: str) -> Candidates:
    size = 3
    return Candidates(columns, np.arange(size), np.array([2.0, 1.0, 1.0]), topics, asked)  # type: ignore[arg-type]


@pytest.fixture
def columns(db: None) -> Columns:
    make_topic("kryoterapi")
    make_clinic("A", waiting=0, topics=["kryoterapi"], prices={"first": 50000})
    make_clinic("B", waiting=3)
    make_clinic("C")
    return read_columns()


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.value or "best")
def test_an_order_reads_documented_facts_and_nothing_else(columns: Columns, sort: sorting.Sort) -> None:
    watched = Watched(columns)
    ordered(sort, candidates(watched, Asked(NOW, None), "kryoterapi"), first=0, after=2)
    assert watched.read <= ALLOWED


def test_no_column_and_no_input_speaks_of_payment_or_claims() -> None:
    inputs = [field.name for shape in (Columns, Candidates, Asked) for field in dataclasses.fields(shape)]
    assert not [name for name in inputs for word in WORDS if word in name]


def test_the_parts_are_the_figures_the_public_page_names(columns: Columns) -> None:
    parts = match_parts(candidates(columns, Asked(NOW, None), "kryoterapi"))
    assert parts.distance.tolist() == [2000, 1000, 1000]
    assert parts.waiting.tolist() == [0, 3 * sorting.METRES_A_WAITING_DAY, 14 * sorting.METRES_A_WAITING_DAY]
    assert parts.topics.tolist() == [0, sorting.METRES_A_NARROWER_TOPIC, sorting.METRES_A_NARROWER_TOPIC]


def test_the_sentence_in_the_list_of_orders_names_the_same_figures() -> None:
    figures = (sorting.METRES_A_WAITING_DAY, sorting.WAITING_DAYS_WHEN_UNKNOWN, sorting.METRES_A_NARROWER_TOPIC)
    assert figures == (500, 14, 2_000)  # 'en halv kilometer', '14 dage', 'to kilometer': change the words with them
    assert all(words in str(SORTS[0].explanation) for words in ("en halv kilometer", "14 dage", "to kilometer"))


def test_clinics_that_are_equal_in_everything_stand_by_their_number(columns: Columns) -> None:
    same = SimpleNamespace(keys=lambda found: np.zeros(3, dtype=np.int64))
    equal = dataclasses.replace(candidates(columns, Asked(NOW, None)), distances_km=np.ones(3))
    order = ordered(same, equal, first=0, after=3)  # type: ignore[arg-type]
    assert columns.ids[order].tolist() == sorted(columns.ids.tolist())


def test_the_public_page_follows_the_figures_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [example.sum for example in ranking_page().examples]
    monkeypatch.setattr(sorting, "METRES_A_WAITING_DAY", 700)
    changed = ranking_page()
    assert changed.parameters[1].weight == "tæller som 0,7\u00a0km"
    assert [example.sum for example in changed.examples] != before


@pytest.mark.django_db
def test_each_clinic_of_a_list_answers_why_it_stands_there(client: Client) -> None:
    make_clinic("A", waiting=2, today=TODAY)
    make_clinic("B", waiting=4, today=TODAY)
    page = client.get("/find/fysioterapeut/danmark/").content.decode()
    assert "Hvorfor nr. 1?" in page and "Hvorfor nr. 2?" in page
    assert "Hvorfor nr." not in client.get("/find/fysioterapeut/danmark/?sorter=navn").content.decode()


@pytest.mark.django_db
def test_without_a_place_to_measure_from_no_distance_is_told(client: Client) -> None:
    make_clinic("A", waiting=2, today=TODAY)
    whys = re.findall(r"<details class=\"clinic-card__why\">(.*?)</details>", page_of(client, "danmark"))
    assert whys and all("fstand" not in why and "1,0\u00a0km" in why for why in whys)
    assert "Afstand, ventetid" in page_of(client, "aarhus-c")


def page_of(client: Client, place: str) -> str:
    return client.get(f"/find/fysioterapeut/{place}/").content.decode()


@pytest.mark.django_db
def test_the_public_page_says_what_unknown_and_ties_really_do(client: Client) -> None:
    page = client.get("/saadan-rangerer-vi/").content.decode()
    assert "står efter dem, der har" not in page
    assert "tæller ukendt ventetid som 14 dage" in page
    assert "afgør navnet fra A til Å" in page
