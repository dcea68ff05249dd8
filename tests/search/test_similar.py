"""Clinics like this one: shared topics before nearness, none that is closed, too far or itself."""

from __future__ import annotations

import pytest

from fysfinder.clinics.queries import cards
from fysfinder.search.directory import forget_directory
from fysfinder.search.similar import similar
from tests.make import TODAY, make_clinic, make_postcode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    forget_directory()


def test_similar_prefers_shared_topics_then_the_nearest(django_assert_num_queries) -> None:
    here = make_clinic("Her", topics=["kryoterapi", "loeberknae"])
    make_clinic("Tæt uden emner", lat=56.154)
    make_clinic("Fjernere med emner", lat=56.20, topics=["kryoterapi", "loeberknae"])
    make_clinic("Lukket", topics=["kryoterapi", "loeberknae"], status="closed")
    make_clinic("For langt", postcode=make_postcode("9990", "Skagen", 57.72, 10.58), topics=["kryoterapi"])
    card = cards([here.pk], today=TODAY)[0]
    found = similar(card, today=TODAY)
    assert [other.name for other, _ in found] == ["Fjernere med emner", "Tæt uden emner"]
    assert found[0][1] == pytest.approx(5.2, abs=0.1)
    with django_assert_num_queries(0):
        assert similar(card, today=TODAY) == found


def test_where_many_are_near_nobody_further_away_is_looked_at() -> None:
    here = make_clinic("Her", topics=["kryoterapi"])
    for number in range(12):
        make_clinic(f"Nabo {number:02}", lat=56.153 + number / 10_000)
    make_clinic("Fjern med emnet", lat=56.30, topics=["kryoterapi"])
    found = similar(cards([here.pk], today=TODAY)[0], today=TODAY)
    assert [other.name for other, _ in found] == ["Nabo 00", "Nabo 01", "Nabo 02"]


def test_a_clinic_without_topics_has_its_neighbours() -> None:
    here, other = make_clinic("Her"), make_clinic("Der", lat=56.16)
    assert [card.id for card, _ in similar(cards([here.pk], today=TODAY)[0], today=TODAY)] == [other.pk]


def test_alone_it_has_none() -> None:
    assert similar(cards([make_clinic("Her").pk], today=TODAY)[0], today=TODAY) == []
