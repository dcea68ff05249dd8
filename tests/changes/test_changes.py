"""The log of changes: numbers in the order of commits, and honesty about what is no longer known."""

from __future__ import annotations

import pytest
from django.db import transaction

from fysfinder.changes.actions import MOST_TAGS, record_change
from fysfinder.changes.models import Change
from fysfinder.changes.queries import changes_since

pytestmark = pytest.mark.django_db


def test_nothing_has_changed_in_a_new_database():
    assert changes_since(0) == (0, [])


def test_changes_are_told_in_their_order():
    record_change(tags=["clinic-1", "area-2"])
    record_change(tags=["clinic-3"])
    assert changes_since(0) == (2, [frozenset({"clinic-1", "area-2"}), frozenset({"clinic-3"})])
    assert changes_since(1) == (2, [frozenset({"clinic-3"})])
    assert changes_since(2) == (2, [])


def test_a_write_that_is_rolled_back_is_not_a_change():
    with transaction.atomic():
        record_change(tags=["clinic-1"])
        transaction.set_rollback(True)
    assert changes_since(0) == (0, [])


def test_who_asks_after_rows_that_are_gone_is_told_that_everything_may_be_old():
    record_change(tags=["clinic-1"])
    record_change(tags=["clinic-2"])
    Change.objects.filter(number=1).delete()
    assert changes_since(0) == (2, None)
    assert changes_since(1) == (2, [frozenset({"clinic-2"})])


def test_a_number_from_another_database_means_that_everything_may_be_old():
    record_change(tags=["clinic-1"])
    assert changes_since(99) == (1, None)


def test_a_write_that_touches_very_much_is_told_as_everything():
    record_change(tags=[f"clinic-{number}" for number in range(MOST_TAGS + 1)])
    assert changes_since(0) == (1, [frozenset({"*"})])
