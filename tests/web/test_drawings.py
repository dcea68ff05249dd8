"""Every treatment and every place of the body leads to a drawing that exists."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from fysfinder.topics.models import TopicLink
from fysfinder.topics.queries import forget_taxonomy
from fysfinder.web.drawings import DOTS, TREATMENTS, Drawing, drawing_of
from tests.make import make_topic

SHEET = settings.BASE_DIR / "fysfinder/templates/components/drawing.html"


@pytest.mark.django_db
def test_a_treatment_is_drawn_by_its_kind_and_a_condition_by_where_it_sits():
    hands = make_topic("manuel-behandling")
    make_topic("massage", parent=hands)
    place = make_topic("knae", kind="body_part")
    TopicLink.objects.create(
        from_topic=make_topic("loeberknae", kind="condition"), to_topic=place, relation="located_in"
    )
    make_topic("gigt", kind="condition")
    forget_taxonomy()
    assert drawing_of("massage") == Drawing("haand")
    assert drawing_of("loeberknae") == Drawing("", DOTS["knae"])
    assert drawing_of("gigt") is None and drawing_of("nothing-like-it") is None


def test_no_drawing_is_missing_or_never_used():
    drawn = set(re.findall(r'^  "(\w+)": \(', SHEET.read_text(), re.M))
    assert drawn == set(TREATMENTS.values())
    assert len(SHEET.read_bytes()) < 5_000
