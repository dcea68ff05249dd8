"""The question of a URL, its one canonical form, and small answers counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.search.area import ONLINE
from fysfinder.search.clinic_search import PAGE_SIZE, ClinicSearch
from fysfinder.search.filters import FILTERS
from tests.search.world import AARHUS, DENMARK, NOW, SAMSOE, Known, columns_of

pytestmark = pytest.mark.usefixtures("topics")
NORTH_KM = 1 / 111.195  # degrees of latitude


def ask(place=AARHUS, topic=None, point=None, **params) -> ClinicSearch:
    params = {key.replace("_", "-"): value for key, value in params.items()}
    return ClinicSearch.from_query(place=place, topic_slug=topic, params=params, now=NOW, point=point)


def north(pk: int, km: float, **kw) -> Known:
    return Known(id=pk, lat=AARHUS.lat + km * NORTH_KM, **kw)


def options(results, key) -> dict[str, int]:
    return {option.value: option.count for group in results.facets if group.key == key for option in group.options}


def test_parameters_come_in_one_order_whatever_the_order_asked():
    query = QueryDict("side=2&sorter=pris&adgang=parkering&adgang=trinfri&ydernummer=JA&utm=x&radius=20&maks-pris=0450")
    search = ClinicSearch.from_query(place=AARHUS, topic_slug="kryoterapi", params=query, now=NOW)
    assert search.canonical_path() == ("aarhus-c", "kryoterapi")
    assert search.canonical_pairs() == (
        ("radius", "20"),
        ("maks-pris", "450"),
        ("ydernummer", "ja"),
        ("adgang", "trinfri,parkering"),
        ("sorter", "pris"),
        ("side", "2"),
    )


def test_a_topic_among_the_parameters_moves_into_the_path():
    search = ask(emner="mobilisering,kryoterapi")
    assert search.target().url_args == ("aarhus-c", "kryoterapi")
    assert search.canonical_pairs() == (("emner", "mobilisering"),)
    assert ask(topic="kryoterapi", emner="kryoterapi").canonical_pairs() == ()


def test_what_means_nothing_here_is_left_out():
    assert ask(radius="10").canonical_pairs() == ()  # the usual radius of the place
    assert ask(DENMARK, radius="10", sorter="afstand").canonical_pairs() == ()  # no middle to measure from
    assert ask(sorter="bedste", side="0", emner="findes-ikke", naer="0,0").canonical_pairs() == ()


def test_a_point_is_rounded_and_gives_the_whole_country_distances():
    search = ask(DENMARK, naer="56.15712345,10.21", sorter="afstand", radius="20")
    assert search.canonical_pairs() == (("radius", "20"), ("naer", "56.157,10.210"), ("sorter", "afstand"))
    assert (
        search.canonical_pairs()
        == ask(DENMARK, point=(56.15712345, 10.21), sorter="afstand", radius="20").target().pairs
    )


hostile = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["\x00", "9" * 5_000, "x" * 10_000, "٤٥٠", "1,2,3," * 5_000, "\udcff", "ja", "2", "56.1,10.2", "nu"]
    ),
)


@pytest.mark.django_db
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    params=st.dictionaries(
        st.sampled_from([each.key for each in FILTERS] + ["sorter", "side", "naer", "henvisning", "gange"])
        | st.text(max_size=5),
        hostile | st.lists(hostile, max_size=4),
    ),
    topic=st.none() | hostile,
    place=st.sampled_from([AARHUS, DENMARK, SAMSOE, ONLINE]),
)
def test_no_query_whatever_raises_and_its_canonical_form_is_stable(params, topic, place):
    search = ClinicSearch.from_query(place=place, topic_slug=topic, params=params, now=NOW)
    target = search.target()
    again = ClinicSearch.from_query(place=place, topic_slug=target.topic_slug, params=dict(target.pairs), now=NOW)
    assert again.target() == target
    assert search.answer(columns_of([Known(id=1)])).total <= 1
    search.sentence()


def test_counts_of_three_clinics_by_hand():
    columns = columns_of(
        [
            Known(id=1, facts={"agreement": True, "step_free": True}, price_ore=40_000, languages=("en",)),
            Known(id=2, facts={"agreement": True, "step_free": False}, price_ore=60_000, languages=("ar",)),
            Known(id=3, facts={"step_free": True, "parking": True}, languages=("en", "ar")),
        ]
    )
    results = ask(ydernummer="ja").answer(columns)
    assert (results.total, results.ids, results.unknown_left_out) == (2, (1, 2), 1)
    assert [(chip.label, chip.unknown_left_out) for chip in results.chips] == [("Har ydernummer", 1)]
    assert options(results, "ydernummer") == {"ja": 2}
    assert options(results, "adgang")["trinfri"] == 1
    assert options(results, "maks-pris") == {"400": 1, "500": 1, "600": 2, "800": 2}
    assert options(ask(sprog="en").answer(columns), "sprog") == {"en": 2, "ar": 3}  # any: English or also Arabic
    assert options(ask(adgang="trinfri").answer(columns), "adgang")["parkering"] == 1  # all: and also parking
    assert options(ask(maks_pris="400").answer(columns), "maks-pris")["600"] == 2  # one: instead of 400


def test_chips_of_a_filter_where_all_must_hold_are_removed_one_by_one():
    columns = columns_of(
        [Known(id=1, facts={"step_free": True, "parking": True}), Known(id=2, facts={"step_free": True})]
    )
    chips = ask(adgang="trinfri,parkering").answer(columns).chips
    assert [(chip.label, chip.target.pairs, chip.unknown_left_out) for chip in chips] == [
        ("Trinfri adgang", (("adgang", "parkering"),), 0),
        ("Parkering", (("adgang", "trinfri"),), 1),
    ]


def test_pages_hold_twenty_and_a_page_beyond_the_last_is_the_last():
    columns = columns_of([north(pk, pk / 10) for pk in range(1, 46)])
    results = ask(sorter="afstand", side="99").answer(columns)
    assert (results.page, results.page_count, results.total) == (3, 3, 45)
    assert (results.first_number, results.last_number, results.ids) == (41, 45, (41, 42, 43, 44, 45))
    assert len(ask(side="2").answer(columns).ids) == PAGE_SIZE


def test_neighbours_at_one_address_come_in_the_order_of_their_numbers():
    columns = columns_of([Known(id=pk, postcode=code) for pk, code in ((7, "8000"), (3, "9000"), (5, "8000"))])
    assert ask(sorter="afstand").answer(columns).ids == (3, 5, 7)


def test_unknown_comes_last_in_every_order():
    columns = columns_of([north(1, 0), north(2, 3, price_ore=50_000, wait=(20, NOW.date()))])
    assert ask(sorter="pris").answer(columns).ids == (2, 1)
    assert ask(sorter="ventetid").answer(columns).ids == (2, 1)


def test_best_match_adds_half_a_kilometre_for_a_day_of_waiting():
    today = NOW.date()
    columns = columns_of([north(1, 0.1, wait=(20, today)), north(2, 3, wait=(3, today)), north(3, 1)])
    assert ask().answer(columns).ids == (2, 3, 1)  # 4.5, 8.0 (unknown: 14 days) and 10.1 km


def test_best_match_prefers_who_names_the_topic_itself():
    columns = columns_of(
        [north(1, 0, topics=frozenset({"mobilisering"})), north(2, 1.9, topics=frozenset({"manuel-behandling"}))]
    )
    assert ask(topic="manuel-behandling").answer(columns).ids == (2, 1)


def test_online_is_a_place_of_clinics_known_to_treat_online():
    columns = columns_of([Known(id=1, facts={"online": True}), Known(id=2, facts={"online": False}), Known(id=3)])
    results = ask(ONLINE).answer(columns)
    assert (results.ids, results.distances_km, results.unknown_left_out) == ((1,), (None,), 1)


def test_a_place_without_a_radius_is_its_postcodes():
    columns = columns_of([Known(id=1, postcode="8305", lat=55.87, lon=10.6), Known(id=2, lat=55.87, lon=10.6)])
    assert ask(SAMSOE).answer(columns).ids == (1,)
    assert ask(SAMSOE, radius="5").answer(columns).ids == (1, 2)


def test_no_result_names_each_single_change_that_helps_and_the_nearest():
    agreed = {"agreement": True}
    columns = columns_of(
        [
            north(1, 1, topics=frozenset({"manuel-terapi"}), facts={"agreement": False}),
            north(2, 2, topics=frozenset({"mobilisering"}), facts=agreed),
            north(3, 15, topics=frozenset({"manuel-terapi"}), facts=agreed),
            north(4, 99, topics=frozenset({"manuel-terapi"}), facts=agreed),
        ]
    )
    results = ask(topic="manuel-terapi", ydernummer="ja").answer(columns)
    assert results.total == 0
    assert {(relax.key, relax.label, relax.total) for relax in results.relax} == {
        ("radius", "Søg inden for 20 km", 1),
        ("emner", "Fjern ”Tilbyder manuel terapi”", 1),
        ("emner", "Søg efter manuel behandling i stedet", 1),
        ("ydernummer", "Fjern ”Har ydernummer”", 1),
    }
    assert [near.id for near in results.nearest] == [3, 4]
    assert results.nearest[0].distance_km == pytest.approx(15, abs=0.01)
    assert not results.nearest_ignores_filters


def test_of_several_things_that_must_all_hold_each_is_offered_alone():
    columns = columns_of([north(1, 1, facts={"step_free": True}), north(2, 2, facts={"step_free": True})])
    relax = ask(adgang="trinfri,parkering").answer(columns).relax
    assert [(each.label, each.total, each.pairs) for each in relax] == [
        ("Fjern ”Parkering”", 2, (("adgang", "trinfri"),)),
        ("Fjern ”Trinfri adgang og Parkering”", 2, ()),
    ]


def test_where_no_single_requirement_is_the_one_too_many_the_pairs_that_help_are_named():
    columns = columns_of([north(1, 1, facts={"agreement": True}), north(2, 2, facts={"group_classes": True})])
    results = ask(ydernummer="ja", hold="ja", hjemmebesoeg="ja").answer(columns)
    assert [(each.label, each.total, each.pairs) for each in results.relax] == [
        ("Fjern ”Kommer hjem til dig” og ”Har holdtræning”", 1, (("ydernummer", "ja"),)),
        ("Fjern ”Har ydernummer” og ”Kommer hjem til dig”", 1, (("hold", "ja"),)),
    ]


def test_when_nobody_anywhere_matches_the_nearest_are_simply_near():
    columns = columns_of([north(1, 30), north(2, 12)])
    results = ask(ydernummer="ja", hold="ja").answer(columns)
    assert [near.id for near in results.nearest] == [2, 1]
    assert results.nearest_ignores_filters


def test_an_empty_directory_answers_with_nothing():
    results = ask(topic="kryoterapi", ydernummer="ja").answer(columns_of([]))
    assert (results.total, results.ids, results.page, results.page_count, results.relax) == (0, (), 1, 1, ())


def test_nothing_of_payment_or_ownership_is_among_the_columns():
    names = set(columns_of([Known(id=1)]).__dataclass_fields__)
    assert not {name for name in names if "paid" in name or "owner" in name or "claim" in name or "sponsor" in name}


def test_the_order_is_the_same_whatever_order_the_clinics_are_read_in():
    clinics = [replace(north(pk, pk % 3), price_ore=40_000) for pk in range(1, 30)]
    for sort in ("", "afstand", "pris", "navn", "ventetid"):
        search = ask(sorter=sort)
        assert search.answer(columns_of(clinics)).ids == search.answer(columns_of(clinics[::-1])).ids
