"""Which kept pages a write about a clinic makes old: its own, those of its area, those of what it offers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.base.geo import haversine_km
from fysfinder.changes.queries import changes_since, latest_number
from fysfinder.clinics import actions
from fysfinder.clinics.models import Clinic
from fysfinder.clinics.provenance import Origin
from fysfinder.clinics.tags import DIRECTORY, area_tag, area_tags, clinic_tag, clinic_tags, topic_tag
from tests.make import TODAY, make_clinic, make_postcode, make_topic

LATS, LONS = st.floats(54.5, 57.8), st.floats(8.0, 15.2)


@given(LATS, LONS, LATS, LONS, st.floats(0.1, 200))
def test_a_circle_reaches_every_cell_with_a_point_inside_it(
    lat: float, lon: float, lat2: float, lon2: float, km: float
):
    if haversine_km(lat, lon, lat2, lon2) <= km:
        assert area_tag(lat2, lon2) in area_tags(lat, lon, km)


def test_a_town_does_not_reach_the_other_end_of_the_country():
    assert area_tag(55.06, 14.9) not in area_tags(57.04, 9.92, 50)
    assert len(area_tags(56.15, 10.2, 50)) < 40


@pytest.fixture
def editor() -> Origin:
    return Origin("redaktionen", "editor", TODAY)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic("Klinik Frost", topics=[make_topic("kryoterapi")])


def told(write: Callable[[], object]) -> set[str]:
    before = latest_number()
    write()
    tags = changes_since(before)[1]
    assert tags is not None
    return set().union(*tags)


def test_a_new_phone_number_is_told_to_the_clinics_pages_and_its_area(clinic: Clinic, editor: Origin):
    change = {"phone": "+4586123456"}
    tags = told(lambda: actions.update_clinic(clinic=clinic, changes=change, origin=editor))
    assert tags == {DIRECTORY, clinic_tag("klinik-frost"), area_tag(clinic.lat, clinic.lon), topic_tag("kryoterapi")}


def test_saying_again_what_was_said_that_day_is_no_change(clinic: Clinic, editor: Origin):
    change = {"phone": "+4586123456"}
    actions.update_clinic(clinic=clinic, changes=change, origin=editor)
    assert told(lambda: actions.update_clinic(clinic=clinic, changes=change, origin=editor)) == set()


def test_a_clinic_that_moves_is_told_to_both_areas(clinic: Clinic, editor: Origin):
    make_postcode("3700", "Rønne", 55.1, 14.7)
    old = area_tag(clinic.lat, clinic.lon)
    change = {"postcode": "3700", "street": "Havnen 1"}
    tags = told(lambda: actions.update_clinic(clinic=clinic, changes=change, origin=editor))
    assert {old, area_tag(55.1, 14.7)} <= tags


def test_other_topics_are_told_to_the_pages_of_both(clinic: Clinic, editor: Origin):
    other = make_topic("massage")
    tags = told(lambda: actions.replace_topics(clinic=clinic, topics=[other.pk], origin=editor))
    assert {topic_tag("kryoterapi"), topic_tag("massage")} <= tags


def test_a_new_name_is_told_to_the_pages_of_both_addresses(clinic: Clinic, editor: Origin):
    tags = told(lambda: actions.rename(clinic=clinic, name="Klinik Rim", origin=editor))
    assert {clinic_tag("klinik-frost"), clinic_tag("klinik-rim")} <= tags


def test_closing_is_told(clinic: Clinic):
    assert told(lambda: actions.close_clinic(clinic=clinic)) == clinic_tags(clinic)


def test_an_undone_write_is_not_told(clinic: Clinic, editor: Origin):
    def fail() -> None:
        with pytest.raises(Exception, match="postcode"):
            actions.update_clinic(clinic=clinic, changes={"postcode": "0001"}, origin=editor)

    assert told(fail) == set()
