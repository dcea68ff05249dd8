"""Tables out of the database a column at a time, on either database."""

from __future__ import annotations

import numpy as np
import pytest

from fysfinder.clinics.models import Clinic, WaitingTime
from fysfinder.search.bulk import UNKNOWN, read_table
from tests.make import make_clinic

pytestmark = pytest.mark.django_db


def test_each_column_keeps_its_values_and_what_is_null() -> None:
    first = make_clinic("Å, \"b\" 'c'\n", lat=56.123456, agreement=True, languages=None)
    second = make_clinic("Zoë", lat=55.5, agreement=None, languages=["da", "en"])
    kinds = {"id": int, "name": str, "lat": float, "agreement": int, "languages": str, "postcode_id": int}
    found = read_table(Clinic.objects.order_by("pk"), kinds)
    assert found["id"].tolist() == [first.pk, second.pk]
    assert found["name"] == [first.name, second.name]
    assert found["lat"].tolist() == [56.123456, 55.5]
    assert found["agreement"].tolist() == [1, UNKNOWN]
    assert found["languages"][0] is None
    assert found["postcode_id"].tolist() == [int(first.postcode_id), int(second.postcode_id)]


def test_dates_are_iso_texts_and_no_rows_are_empty_columns() -> None:
    kinds = {"clinic_id": int, "as_of": str}
    empty = read_table(WaitingTime.objects.all(), kinds)
    assert empty["as_of"] == [] and empty["clinic_id"].dtype == np.int64 and not len(empty["clinic_id"])
    make_clinic(waiting=3)
    said = WaitingTime.objects.get()
    assert read_table(WaitingTime.objects.all(), kinds)["as_of"] == [said.as_of.isoformat()]
