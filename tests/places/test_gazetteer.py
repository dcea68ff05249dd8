"""What people type becomes one place, or choices, and never an error."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fysfinder.base.geo import haversine_km
from fysfinder.base.text import slugify
from fysfinder.places import queries
from fysfinder.places.actions import load_places
from fysfinder.places.queries import Gazetteer

NO_RESET = hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2100", "koebenhavn-oe"),
        ("8000 aarhus", "aarhus-c"),
        ("Aarhus 8000", "aarhus-c"),
        ("DK-8000 Aarhus C, Danmark", "aarhus-c"),
        ("århus c", "aarhus-c"),
        ("Århus  C.", "aarhus-c"),
        ("aarhus", "aarhus"),
        ("arhus", "aarhus"),
        ("kbh", "koebenhavn"),
        ("kbh n", "koebenhavn-n"),
        ("Kbh. NV", "koebenhavn-nv"),
        ("kobenhavn", "koebenhavn"),
        ("Copenhagen", "koebenhavn"),
        ("Copenhagen, Denmark", "koebenhavn"),
        ("København Ø", "koebenhavn-oe"),
        ("Østerbro", "oesterbro"),
        ("Elsinore", "helsingoer"),
        ("Ålborg", "aalborg"),
        ("frederiksberg", "frederiksberg"),
        ("kgs. lyngby", "kongens-lyngby"),
        ("nr nebel", "noerre-nebel"),
        ("nykøbing f", "nykoebing-f"),
        ("Nykøbing Falster", "nykoebing-f"),
        ("ejby køge", "ejby-koege"),
        ("amager", "amager"),
        ("bornholm", "bornholm"),
        ("Aarhus Kommune", "aarhus-kommune"),
        ("københavn kommune", "koebenhavns-kommune"),
        ("region midtjylland", "region-midtjylland"),
        ("midtjylland", "region-midtjylland"),
        ("hele landet", "danmark"),
        ("1240", "koebenhavn-k"),
        ("1001 København", "koebenhavn-k"),
        ("9999 Skagen", "skagen"),
        ("skanderb", "skanderborg"),
    ],
)
def test_what_people_type_becomes_one_place(gazetteer: Gazetteer, text: str, slug: str):
    found = gazetteer.resolve(text)
    assert found.place
    assert found.place.slug == slug
    assert not found.choices


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("nykøbing", {"nykoebing-f", "nykoebing-m", "nykoebing-sj"}),
        ("viby", {"viby-j", "viby-sjaelland"}),
        ("jerslev", {"jerslev-j", "jerslev-sjaelland"}),
        ("ejby", {"ejby", "ejby-koege", "ejby-lejre"}),
        ("8100", {"aarhus-c", "aarhus-n"}),
    ],
)
def test_an_ambiguous_name_offers_its_choices(gazetteer: Gazetteer, text: str, slugs: set[str]):
    found = gazetteer.resolve(text)
    assert found.place is None
    assert {place.slug for place in found.choices} == slugs


def test_a_misspelt_name_offers_the_likely_ones_and_nonsense_offers_nothing(gazetteer: Gazetteer):
    assert gazetteer.resolve("århuus").choices[0].slug == "aarhus"
    assert gazetteer.resolve("xyzzy").choices == ()
    assert gazetteer.resolve("9999").choices == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "💪🏽", "a" * 10_000, "0" * 10_000, "\ud800", "' OR 1=1 --", "<script>"]
)
def test_hostile_text_resolves_to_no_place(gazetteer: Gazetteer, text: str):
    assert gazetteer.resolve(text).place is None
    gazetteer.suggest(text)
    gazetteer.nearest_slugs(text)


@NO_RESET
@given(
    text=st.one_of(
        st.text(), st.text(alphabet="aæøåAÅ 0123456789.-,kbh", max_size=30), st.text().map(lambda text: text * 5_000)
    )
)
def test_resolve_never_raises_and_answers_a_place_or_choices(gazetteer: Gazetteer, text: str):
    found = gazetteer.resolve(text)
    assert found.place is None or not found.choices
    assert len(gazetteer.suggest(text, limit=5)) <= 5
    assert len(gazetteer.nearest_slugs(text, n=3)) <= 3
    gazetteer.get_place(text)


@NO_RESET
@given(lat=st.floats(), lon=st.floats())
def test_nearest_place_never_raises(gazetteer: Gazetteer, lat: float, lon: float):
    gazetteer.nearest_place(lat, lon)


def test_every_place_is_found_under_its_own_slug_and_postcode(gazetteer: Gazetteer):
    for slug, place in gazetteer.places.items():
        assert slug == place.slug == slugify(slug)
        assert gazetteer.get_place(slug) is place
    for code, point in gazetteer.postcodes.items():
        place = gazetteer.get_place(code)
        assert place
        assert place.slug == point.place
        assert code in place.postcodes


def test_every_slug_and_full_name_with_postcode_resolves_to_its_place(gazetteer: Gazetteer):
    for code, point in gazetteer.postcodes.items():
        assert gazetteer.resolve(f"{code} {point.name}").place == gazetteer.places[point.place]
    by_words = [gazetteer.resolve(slug.replace("-", " ")) for slug in gazetteer.places]
    assert all(found.place or found.choices for found in by_words)


def test_every_alias_names_a_place(gazetteer: Gazetteer, django_db_blocker):
    lines = (settings.DATA_DIR / "places" / "aliases.csv").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        alias, _comma, slug = line.partition(",")
        assert gazetteer.places[slug] in (gazetteer.resolve(alias).place, *gazetteer.resolve(alias).choices), alias


@pytest.mark.parametrize(
    ("slug", "phrase"),
    [
        ("danmark", "i hele Danmark"),
        ("aarhus-c", "i Aarhus C"),
        ("amager", "på Amager"),
        ("bornholm", "på Bornholm"),
        ("noerrebro", "på Nørrebro"),
        ("frederiksberg", "på Frederiksberg"),
        ("frederiksberg-c", "på Frederiksberg C"),
        ("fyn", "på Fyn"),
        ("koebenhavn-oe", "i København Ø"),
        ("region-hovedstaden", "i Region Hovedstaden"),
    ],
)
def test_a_place_is_said_with_its_preposition(gazetteer: Gazetteer, slug: str, phrase: str):
    place = gazetteer.get_place(slug)
    assert place
    assert place.phrase == phrase


def test_places_know_their_municipality_region_and_reach(gazetteer: Gazetteer):
    roenne, vejle, noerrebro = (gazetteer.places[slug] for slug in ("roenne", "vejle", "noerrebro"))
    assert (roenne.municipality, roenne.region) == ("bornholms-regionskommune", "region-hovedstaden")
    assert (vejle.region, vejle.kind, vejle.postcodes) == ("region-syddanmark", "city", {"7100", "7120"})
    assert (noerrebro.kind, noerrebro.radius_km, noerrebro.postcode_range) == ("district", 5.0, "2200")
    assert gazetteer.places["bornholm"].radius_km is None
    assert gazetteer.places["danmark"].postcodes == gazetteer.postcodes.keys()
    assert "2000" in gazetteer.places["frederiksberg"].postcodes - gazetteer.places["koebenhavn"].postcodes


def test_regions_and_municipalities_divide_the_country(gazetteer: Gazetteer):
    municipalities = [place for place in gazetteer.places.values() if place.kind == "municipality"]
    for parts in (gazetteer.current_regions, municipalities):
        assert sum(len(place.postcodes) for place in parts) == len(gazetteer.postcodes)
        assert frozenset().union(*(place.postcodes for place in parts)) == gazetteer.postcodes.keys()


@pytest.mark.django_db
def test_region_oestdanmark_takes_over_in_2027():
    load_places(directory=settings.DATA_DIR / "places")
    before, after = (queries.gazetteer(day) for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1)))
    assert before.places["roskilde"].region == "region-sjaelland"
    assert after.places["roskilde"].region == after.places["roenne"].region == "region-oestdanmark"
    assert [len(found.current_regions) for found in (before, after)] == [5, 4]
    merged = before.places["region-hovedstaden"].postcodes | before.places["region-sjaelland"].postcodes
    assert before.places["region-oestdanmark"].postcodes == after.places["region-oestdanmark"].postcodes == merged


def test_suggestions_begin_with_the_words_and_the_largest_stands_first(gazetteer: Gazetteer):
    assert gazetteer.suggest("aa")[0].slug == "aarhus"
    assert gazetteer.suggest("kø")[0].slug == "koebenhavn"
    assert gazetteer.suggest("vig")[0].slug == "vig"
    assert {place.slug for place in gazetteer.suggest("21")} == {"koebenhavn-oe", "nordhavn"}
    assert len(gazetteer.suggest("s", limit=3)) == 3


def test_a_misspelt_slug_finds_its_neighbours_in_spelling(gazetteer: Gazetteer):
    assert gazetteer.nearest_slugs("aarhuus-c")[0] == "aarhus-c"
    assert gazetteer.nearest_slugs("æøå" * 5000) is not None


def test_near_me_is_the_nearest_postcode_and_nothing_far_from_denmark(gazetteer: Gazetteer):
    for point in list(gazetteer.postcodes.values())[::97]:
        nearest = gazetteer.nearest_place(point.lat, point.lon)
        assert nearest
        distance = min(haversine_km(point.lat, point.lon, p.lat, p.lon) for p in gazetteer.postcodes.values())
        assert distance == 0
    assert gazetteer.nearest_place(52.52, 13.40) is None  # Berlin


def test_neighbours_lie_outside_a_town_and_inside_what_is_wide(gazetteer: Gazetteer):
    aarhus, skagen, bornholm = (gazetteer.places[slug] for slug in ("aarhus", "skagen", "bornholm"))
    assert not any(town.postcodes <= aarhus.postcodes for town in gazetteer.neighbours(aarhus))
    assert gazetteer.neighbours(skagen, 2)[0].slug == "aalbaek"
    assert gazetteer.neighbours(bornholm, 1)[0].slug == "roenne"
    assert gazetteer.neighbours(gazetteer.places["danmark"], 1)[0].slug == "koebenhavn"
