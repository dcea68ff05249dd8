"""What the sources' tests share: the postcode their samples stand in, and the clinic they speak of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fysfinder.clinics.models import Clinic
from fysfinder.places.queries import reset_gazetteer
from tests.make import make_clinic, make_postcode


@pytest.fixture
def places(db: None) -> Iterator[None]:
    make_postcode("8000", "Aarhus C")
    reset_gazetteer()
    yield
    reset_gazetteer()


@pytest.fixture
def clinic(places: None) -> Clinic:
    return make_clinic("Bakkens Fysioterapi ApS", postcode="8000", street="Ahornv. 1")
