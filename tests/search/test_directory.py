"""The columns as read from the database, and when a process reads them again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fysfinder.clinics.models import DirectoryVersion
from fysfinder.search import bits
from fysfinder.search import directory as module
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.directory import directory, forget_directory, is_current, refresh_directory
from fysfinder.search.names import ClinicName, build_names
from fysfinder.search.reading import read_columns
from tests.make import make_clinic, make_topic
from tests.search.world import AARHUS, NOW

pytestmark = pytest.mark.django_db


def moved() -> None:
    row, _ = DirectoryVersion.objects.get_or_create(pk=1)
    DirectoryVersion.objects.filter(pk=1).update(number=row.number + 1)


def ids(columns, chosen) -> list[int]:
    return [int(columns.ids[row]) for row in bits.rows_of(chosen, columns.size)]


def test_every_fact_reaches_its_column():
    clinic = make_clinic(
        "Åben Fys",
        agreement=True,
        vederlagsfri=False,
        door_width_cm=80,
        languages=["en"],
        insurers=[],
        prices={"first": (45_000, 60_000), "follow_up": 30_000},
        waiting=3,
        topics=[make_topic("kryoterapi")],
        hours={2: [(480, 720), (780, 1080)], 6: "closed"},
        exceptions=[(dt.date(2026, 12, 1), dt.date(2026, 12, 2), None, None, "Ferie")],
    )
    make_clinic("Lukket for altid", status="closed")
    columns = read_columns()
    assert columns.ids.tolist() == [clinic.pk]
    assert ids(columns, columns.facts.mask("agreement").yes) == [clinic.pk]
    assert ids(columns, columns.facts.mask("vederlagsfri").yes) == []
    assert ids(columns, columns.facts.mask("vederlagsfri").known) == [clinic.pk]
    assert ids(columns, columns.facts.mask("parking").known) == []
    assert ids(columns, columns.facts.mask("door_width_cm").yes) == [clinic.pk]
    assert ids(columns, columns.languages.mask("en").yes) == [clinic.pk]
    assert ids(columns, columns.insurers.mask("tryg").known) == [clinic.pk]  # it said: none
    assert columns.first_price.tolist() == [45_000]
    assert columns.fresh_waiting_days(NOW.date()).tolist() == [3]
    assert ids(columns, columns.topics.mask("kryoterapi").yes) == [clinic.pk]
    assert ids(columns, columns.hours.open_at(NOW).yes) == [clinic.pk]
    assert ids(columns, columns.hours.open_at(NOW.replace(hour=12, minute=30)).yes) == []
    assert columns.postcodes == {"8000": (0, 1)}


def test_reading_takes_the_same_queries_for_one_clinic_and_for_three():
    make_topic("kryoterapi")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            read_columns()
        return len(made)

    make_clinic(topics=["kryoterapi"], waiting=1, prices={"first": 1}, hours={0: [(480, 960)]})
    read_columns()  # the taxonomy is read once
    one = queries()
    for _ in range(2):
        make_clinic(topics=["kryoterapi"], waiting=1, prices={"first": 1}, hours={0: [(480, 960)]})
    assert queries() == one <= 9


def test_columns_are_kept_until_the_directory_moves_and_asked_at_most_once_a_second():
    time = iter([0.0, 0.5, 1.0, 2.5, 3.0])
    clock = lambda: next(time)  # noqa: E731
    make_clinic("A")
    first = directory(clock)
    make_clinic("B")
    moved()
    with CaptureQueriesContext(connection) as made:
        assert directory(clock) is first  # half a second later nobody asks
    assert len(made) == 0
    second = directory(clock)
    assert (second.size, second.version) == (2, first.version + 1)
    with CaptureQueriesContext(connection) as made:
        assert directory(clock) is second  # asked, not moved
    assert len(made) == 1
    assert directory(clock) is second


@pytest.mark.django_db(transaction=True)  # outside a transaction, as a request is
def test_requests_during_a_slow_rebuild_answer_from_the_old_columns(monkeypatch):
    time = iter(range(0, 100, 2))
    clock = lambda: next(time)  # noqa: E731
    make_clinic("A")
    old = directory(clock)
    moved()
    new = dataclasses.replace(old, version=old.version + 1)
    begun, is_read, readings = threading.Event(), threading.Event(), []

    def slow() -> object:
        readings.append(threading.current_thread())
        begun.set()
        assert is_read.wait(10)
        return new

    monkeypatch.setattr("fysfinder.search.directory.read_columns", slow)
    assert directory(clock) is old
    assert begun.wait(10)
    assert directory(clock) is old  # and no second thread reads
    is_read.set()
    readings[0].join(10)
    assert directory(clock) is new
    assert len(readings) == 1 and readings[0] is not threading.current_thread()


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_fails_leaves_the_old_columns_and_is_tried_again(monkeypatch):
    time = iter(range(0, 100, 2))
    clock = lambda: next(time)  # noqa: E731
    old = directory(clock)
    moved()
    readings = []

    def fails() -> object:
        readings.append(threading.current_thread())
        raise OSError("no disk")

    monkeypatch.setattr("fysfinder.search.directory.read_columns", fails)
    for number in (1, 2):
        assert directory(clock) is old
        for thread in [each for each in threading.enumerate() if each.name == "directory"]:
            thread.join(10)
        assert len(readings) == number


def test_a_search_runs_on_the_present_directory():
    make_clinic("A", agreement=True)
    forget_directory()
    search = ClinicSearch.from_query(place=AARHUS, topic_slug=None, params={"ydernummer": "ja"}, now=NOW)
    assert search.run().total == 1


def test_names_are_found_by_any_word_but_not_by_those_all_have():
    names = build_names(
        [ClinicName(1, "a", "Østerbro Fysioterapi", "Aarhus C"), ClinicName(2, "b", "Fysioterapien Bro", "Ry")]
    )
    found = lambda text: [name.slug for name in names.starting_with(text, 5)]  # noqa: E731
    assert found("øst") == ["a"]
    assert found("bro") == ["b"]
    assert found("fys") == ["b"]
    assert found("") == found("zz") == []


def test_columns_are_not_current_until_those_read_after_the_change_are_here(monkeypatch: pytest.MonkeyPatch):
    make_clinic("Åben Fys")
    directory()
    seen: list[bool] = []

    def read() -> object:
        """Another change of a topic comes while the columns are read for the first one."""
        seen.append(is_current())
        columns = read_columns()
        if len(seen) == 1:
            refresh_directory()
        return columns

    monkeypatch.setattr(module, "read_columns", read)
    refresh_directory()
    directory()
    seen.append(is_current())
    directory()
    assert seen == [False, False, False] and is_current()
