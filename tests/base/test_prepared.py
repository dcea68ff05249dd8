"""A prepared question gives the rows of its queryset, and puts the SQL together once for each number of keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fysfinder.base.prepared import MOST_KEYS, Prepared
from fysfinder.clinics.models import Clinic, OpeningHours, Price
from fysfinder.clinics.queries import _clinic_query, _week_query
from tests.make import TODAY, make_clinic

pytestmark = pytest.mark.django_db


def prices(ids: Any) -> Any:
    rows = Price.objects.filter(clinic__pk__in=ids).order_by("clinic_id", "service")
    return rows.values_list("clinic_id", "service", "confirmed_on")


@pytest.fixture
def ids() -> list[int]:
    week = {"hours": {0: [(480, 960)], 2: [(600, 1080)]}}
    return [
        make_clinic(f"Klinik {number}", prices={"first": 50000, "follow_up": 30000}, waiting=number, **week).pk
        for number in range(3)
    ]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_rows_are_those_of_the_queryset(ids: list[int], count: int):
    prepared = Prepared(Price, prices)
    for asked in (ids[:count], ids[-count:]):
        found = list(prepared(asked))
        assert found == list(prices(asked)) and found
        assert all(isinstance(day, dt.date) for *_, day in found)


@pytest.mark.parametrize("asked", [[0], [0, 2], [0, 1, 2]])
def test_texts_lists_and_truths_are_read_as_django_reads_them(ids: list[int], asked: list[int]):
    wanted = [ids[place] for place in asked]
    assert sorted(Prepared(Clinic, _clinic_query)(wanted)) == sorted(_clinic_query(wanted))
    weeks = Prepared(OpeningHours, _week_query)
    assert sorted(weeks(wanted, TODAY), key=str) == sorted(_week_query(wanted, TODAY), key=str)


def test_a_fixed_value_is_part_of_the_question(ids: list[int]):
    prepared = Prepared(Price, lambda keys, name: prices(keys).filter(service=name))
    assert {row[1] for row in prepared(ids, "first")} == {"first"}
    assert {row[1] for row in prepared(ids, "follow_up")} == {"follow_up"}


def test_no_keys_ask_nothing_and_many_are_asked_as_django_does(ids: list[int]):
    prepared = Prepared(Price, prices)
    with CaptureQueriesContext(connection) as made:
        assert list(prepared([])) == []
    assert len(made) == 0
    assert list(prepared([*ids, *range(10_000, 10_000 + MOST_KEYS)])) == list(prices(ids))


def test_the_sql_is_put_together_once_for_each_number_of_keys(ids: list[int]):
    built: list[int] = []
    prepared = Prepared(Price, lambda keys: built.append(len(keys)) or prices(keys))  # type: ignore[func-returns-value]
    for asked in (ids[:2], ids[1:], ids[:1], ids[:2]):
        list(prepared(asked))
    assert built == [2, 1]


def test_keys_that_are_not_in_the_sql_are_a_mistake():
    with pytest.raises(ValueError, match="in their order"):
        Prepared(Price, lambda keys: Price.objects.values_list("service"))([1])
