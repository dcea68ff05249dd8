from __future__ import annotations

import dataclasses

import pytest
from django.utils import translation

from fysfinder.clinics.attributes import (
    ATTRIBUTES,
    GROUPS,
    by_name,
    describe,
    fact_label,
    in_group,
    phone_words,
    waiting_words,
)
from fysfinder.clinics.cards import ClinicCard
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.validation import checked


def test_every_attribute_is_a_column_of_the_clinic_and_a_field_of_its_card() -> None:
    columns = {field.name for field in Clinic._meta.get_fields()}
    on_card = {field.name for field in dataclasses.fields(ClinicCard)}
    names = [attribute.name for attribute in ATTRIBUTES]
    assert set(names) <= columns & on_card
    assert len(set(names)) == len(names)


def test_every_fact_column_of_the_clinic_is_declared() -> None:
    nullable = {field.name for field in Clinic._meta.fields if field.null} - {"merged_into"}
    assert nullable <= {attribute.name for attribute in ATTRIBUTES}


def test_every_attribute_stands_in_a_group_and_has_a_rule() -> None:
    groups = {group.name for group in GROUPS}
    filters = [attribute.filter_name for attribute in ATTRIBUTES if attribute.filter_name]
    assert len(set(filters)) == len(filters) and all(name.isascii() for name in filters)
    for attribute in ATTRIBUTES:
        assert attribute.group in groups
        checked({attribute.name: None})
    assert all(in_group(group.name) for group in GROUPS)


@pytest.mark.parametrize("name", ["agreement", "door_width_cm", "languages", "phone", "parking_note"])
def test_unknown_is_ikke_oplyst(name: str) -> None:
    assert describe(by_name(name), None) == "Ikke oplyst"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("step_free", False, "Ikke trinfri"),
        ("lift", False, "Nej"),
        ("step_height_cm", 0, "0\u00a0cm"),
        ("door_width_cm", 90, "90\u00a0cm"),
        ("therapist_count", 7, "7"),
        ("languages", ["da", "en", "xx"], "Dansk, engelsk, xx"),
        ("insurers", [], "Ingen"),
        ("phone", "+4586000014", "86 00 00 14"),
        ("parking_note", "I gården", "I gården"),
    ],
)
def test_values_are_said_in_words(name: str, value: object, expected: str) -> None:
    with translation.override("da"):
        assert describe(by_name(name), value) == expected


def test_foreign_phone_keeps_its_country_code() -> None:
    assert phone_words("+46812345678") == "+46812345678"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, "Ikke oplyst"),
        (0, "Samme dag"),
        (1, "1 dag"),
        (13, "13 dage"),
        (14, "2 uger"),
        (17, "2–3 uger"),
        (365, "52–53 uger"),
    ],
)
def test_waiting_is_said_in_days_then_weeks(days: int | None, expected: str) -> None:
    assert waiting_words(days) == expected


def test_a_fact_has_a_label_and_an_undeclared_one_has_none() -> None:
    assert fact_label("hours") == "Åbningstider"
    assert fact_label("accessible_toilet") == "Handicaptoilet"
    assert fact_label("<script>") == ""
