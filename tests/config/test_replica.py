"""Public pages may be read from a copy, never from one that is behind; what breaks there, no visitor sees."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, router
from django.test import Client

from fysfinder.accounts.models import User
from fysfinder.changes.actions import record_change
from fysfinder.clinics.models import Clinic, Report
from fysfinder.config import replica
from fysfinder.config.following import followed_changes
from fysfinder.config.replica import ALIAS, REPLICA, Replica, ReplicaRouter
from tests.make import make_clinic
from tests.web.conftest import forget_all

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the copy is an SQLite file; PostgreSQL: scripts/drills"),
    pytest.mark.django_db(transaction=True),
]


class Copy:
    """A second database file that holds what the first held when it was last told to catch up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.catch_up()

    def catch_up(self) -> None:
        connection.ensure_connection()
        with sqlite3.connect(self.path) as file:
            connection.connection.backup(file)
        file.close()

    def mark(self, clinic: Clinic) -> None:
        """Tell the copy's answer from the primary's."""
        with sqlite3.connect(self.path) as file:
            file.execute("update clinics_clinic set name = 'Fra kopien' where id = ?", [clinic.pk])
        file.close()

    def break_off(self) -> None:
        with sqlite3.connect(self.path) as file:
            file.execute("alter table clinics_clinic rename to away")
        file.close()


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic("Klinik Primær")


@pytest.fixture
def copy(clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    forget_all()
    copy = Copy(tmp_path / "copy.sqlite3")
    copy.mark(clinic)
    values = {**connections["default"].settings_dict, "NAME": str(copy.path), "OPTIONS": {}}
    connections[ALIAS] = type(connections["default"])(values, ALIAS)
    monkeypatch.setattr(settings, "DATABASE_ROUTERS", ["fysfinder.config.replica.ReplicaRouter"])
    monkeypatch.setattr(router, "routers", [ReplicaRouter()])
    vars(REPLICA).update(vars(Replica()))
    followed_changes(-1)
    yield copy
    connections[ALIAS].close()
    del connections[ALIAS]
    vars(REPLICA).update(vars(Replica()))
    forget_all()


def page(clinic: Clinic, client: Client | None = None) -> str:
    response = (client or Client()).get(f"/klinik/{clinic.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(REPLICA, "checked_at", float("-inf"))


def test_a_public_page_is_read_from_a_copy_that_holds_all(copy: Copy, clinic: Clinic):
    assert "Fra kopien" in page(clinic)


def test_after_a_change_the_primary_is_read_until_the_copy_has_it(
    copy: Copy, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
):
    assert "Fra kopien" in page(clinic)
    record_change(tags=[f"clinic-{clinic.slug}"])
    followed_changes(0)
    later(monkeypatch)
    assert "Klinik Primær" in page(clinic)
    copy.catch_up()
    copy.mark(clinic)
    assert "Klinik Primær" in page(clinic), "asked again only after a while"
    later(monkeypatch)
    assert "Fra kopien" in page(clinic)


def test_before_the_first_change_number_is_known_the_primary_is_read(copy: Copy, clinic: Clinic):
    vars(REPLICA).update(vars(Replica()))
    assert "Klinik Primær" in page(clinic)


def test_whoever_is_logged_in_reads_the_primary(copy: Copy, clinic: Clinic):
    client = Client()
    client.force_login(User.objects.create_user("mette@example.dk", password="x" * 20))
    assert "Klinik Primær" in page(clinic, client)


def test_a_copy_that_breaks_off_under_a_page_is_left_for_the_primary(
    copy: Copy, clinic: Clinic, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("WARNING")
    assert "Fra kopien" in page(clinic)
    copy.break_off()
    assert "Klinik Primær" in page(clinic)
    assert "broke off" in caplog.text


def test_a_copy_that_never_answers_costs_no_page(copy: Copy, clinic: Clinic, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(connections[ALIAS].settings_dict, "NAME", "/nowhere/at/all.sqlite3")
    connections[ALIAS].close()
    assert "Klinik Primær" in page(clinic)


@pytest.fixture
def in_public_request() -> Iterator[None]:
    token = replica._is_read.set(True)
    yield
    replica._is_read.reset(token)


def test_what_no_visitor_sees_and_every_write_is_the_primarys(in_public_request: None):
    asked: Any = ReplicaRouter()
    assert asked.db_for_read(Clinic) == ALIAS and asked.db_for_read(User) is None
    assert asked.db_for_write(Report) is None
    assert asked.db_for_read(Clinic) is None, "whoever has written reads what they wrote"
    assert not asked.allow_migrate(ALIAS, "clinics")
