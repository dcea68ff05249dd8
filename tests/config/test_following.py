"""A process that goes on running hears of loaded topics and places, and reads its own again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fysfinder.changes.actions import record_change
from fysfinder.config.following import followed_changes
from fysfinder.places.actions import PLACES
from fysfinder.places.queries import gazetteer
from fysfinder.search.directory import directory
from fysfinder.topics.actions import TOPICS
from fysfinder.topics.models import Topic
from fysfinder.topics.queries import get_topic
from tests.make import make_clinic, make_postcode, make_topic
from tests.web.conftest import forget_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def test_loaded_topics_are_known_without_a_restart():
    make_clinic("Klinik Frost", topics=[make_topic("kryoterapi")])
    number, _tags = followed_changes(-1)
    assert get_topic("musearm") is None and "musearm" not in directory().topics.position
    Topic.objects.filter(slug="kryoterapi").update(slug="musearm")  # as another process would
    record_change(tags=[TOPICS])
    assert get_topic("musearm") is None
    followed_changes(number)
    assert get_topic("musearm") is not None
    assert "musearm" in directory().topics.position


def test_loaded_places_are_known_without_a_restart():
    make_postcode("8000", "Aarhus C")
    number, _tags = followed_changes(-1)
    assert gazetteer().get_place("3700") is None
    make_postcode("3700", "Rønne", 55.1, 14.7)
    record_change(tags=[PLACES])
    followed_changes(number)
    assert gazetteer().get_place("3700") is not None


def test_a_change_about_a_clinic_leaves_topics_and_places_in_memory():
    make_clinic("Klinik Frost", topics=[make_topic("kryoterapi")])
    number, _tags = followed_changes(-1)
    held = get_topic("kryoterapi")
    record_change(tags=["clinic-klinik-frost"])
    followed_changes(number)
    assert get_topic("kryoterapi") is held
