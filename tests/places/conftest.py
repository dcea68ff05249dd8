"""The whole gazetteer, loaded once from data/places and rolled back: the object needs no database afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from fysfinder.places.actions import load_places
from fysfinder.places.queries import Gazetteer, build_gazetteer, reset_gazetteer
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def forgotten_gazetteer() -> Iterator[None]:
    yield
    reset_gazetteer()


@pytest.fixture(scope="session")
def gazetteer(django_db_setup: None, django_db_blocker) -> Gazetteer:
    with django_db_blocker.unblock(), transaction.atomic():
        load_places(directory=settings.DATA_DIR / "places")
        built = build_gazetteer(TODAY)
        transaction.set_rollback(True)
    reset_gazetteer()
    return built
