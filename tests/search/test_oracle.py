"""Property: masks, totals, facets, order and distance of the columns are those of the brute-force oracle."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fysfinder.base.geo import haversine_km
from fysfinder.clinics.opening_rows import SpecialRow, UsualRow
from fysfinder.search.area import ONLINE
from fysfinder.search.clinic_search import PAGE_SIZE, ClinicSearch
from fysfinder.search.filters import FILTER_BY_KEY, FILTERS
from fysfinder.search.filters.radius import STEPS_KM
from tests.search.conftest import TREE
from tests.search.oracle import distance_km, matching, ordered_ids, total_with, undecided
from tests.search.world import AARHUS, DENMARK, NAMES, NOW, SAMSOE, Known, columns_of

TODAY = NOW.date()
HOLIDAY = dt.datetime(2026, 12, 25, 10, 0, tzinfo=dt.UTC)
MINUTES = (480, 540, 600, 601, 720, 1020, 1021, 1200)


def draw_week(random: Random) -> tuple:
    rows: list[tuple] = []
    for weekday in range(7):
        kind = random.choice(["unknown", "closed", "appointment", "open", "open", "both"])
        if kind == "closed":
            rows.append(UsualRow(weekday, None, None, False))
        if kind in {"appointment", "both"}:
            rows.append(UsualRow(weekday, *random.choice([(None, None), (480, 1200)]), True))
        if kind in {"open", "both"}:
            opens, closes = sorted(random.sample(MINUTES, 2))
            rows.append(UsualRow(weekday, opens, closes, False))
            if random.random() < 0.5:
                rows.append(UsualRow(weekday, closes + 30, closes + 120, False))
    for switch in (7, 8):
        rows += random.choice([[], [UsualRow(switch, None, None, False)], [UsualRow(switch, None, None, False, True)]])
        if rows and rows[-1].weekday < switch and random.random() < 0.3:
            rows.append(UsualRow(switch, 540, 720, False))
    return tuple(rows)


def draw_special(random: Random) -> tuple:
    found = []
    for _ in range(random.choice([0, 0, 1, 3])):
        first = TODAY + dt.timedelta(days=random.randint(-2, 1))
        last = first + dt.timedelta(days=random.randint(0, 3))
        span = random.choice([(None, None), tuple(sorted(random.sample(MINUTES, 2)))])
        weekday, is_yearly = random.choice([None, None, 1, 2, 4]), random.random() < 0.4
        if is_yearly:
            first, last = first.replace(year=2024), last.replace(year=2024)
        found.append(SpecialRow(first, last, *span, "", weekday, is_yearly))
    return tuple(found)


def draw_clinic(random: Random, pk: int) -> Known:
    wait = (random.randint(0, 40), TODAY - dt.timedelta(days=random.randint(-2, 70)))
    return Known(
        id=pk,
        name=random.choice(["Aalborg", "Ærø", "Øster", "Bro", "Åby"]),
        lat=56.153 + random.randint(-60, 60) * 0.00517,
        lon=10.203 + random.randint(-3, 3) * 0.0331,
        postcode=random.choice(["8000", "8305", "9999"]),
        facts={name: random.choice([True, True, False, None]) for name in NAMES},
        topics=random.choice([None, frozenset(random.sample(sorted(TREE), random.randint(1, 3)))]),
        languages=random.choice([None, (), ("en",), ("en", "ar"), ("da",)]),
        insurers=random.choice([None, (), ("tryg",), ("tryg", "pfa")]),
        price_ore=random.choice([None, 30_000, 40_000, 50_001, 90_000]),
        follow_up_ore=random.choice([None, 20_000, 42_000]),
        wait=random.choice([None, wait]),
        week=draw_week(random),
        special=draw_special(random),
    )


def draw_clinics(seed: int, size: int) -> list[Known]:
    """Drawn from a seed: hypothesis shrinks the number of clinics, not each of their facts."""
    random = Random(seed)
    return [draw_clinic(random, pk) for pk in random.sample(range(1, 10_000), size)]


clinics = st.builds(draw_clinics, seed=st.integers(0, 2**32), size=st.integers(0, 60))
params = st.fixed_dictionaries(
    {},
    optional={
        "emner": st.sampled_from([*TREE, "kryoterapi,manuel-terapi"]),
        "radius": st.sampled_from(["2", "7", "20"]),
        "maks-ventetid": st.sampled_from(["3", "14", "21"]),
        "aabent": st.sampled_from(["nu", "aften", "weekend", "nu,aften"]),
        "maks-pris": st.sampled_from(["400", "500", "777"]),
        "maks-forloeb": st.sampled_from(["1500", "2500"]),
        "adgang": st.sampled_from(["trinfri", "trinfri,handicaptoilet", "doerbredde"]),
        "sprog": st.sampled_from(["en", "ar", "en,ar"]),
        "forsikring": st.sampled_from(["tryg", "pfa,tryg"]),
        "ydernummer": st.just("ja"),
        "vederlagsfri": st.just("ja"),
        "hold": st.just("ja"),
        "sorter": st.sampled_from(["afstand", "ventetid", "pris", "navn"]),
        "side": st.sampled_from(["2", "9"]),
    },
)
questions = st.builds(
    lambda place, params, point, now: ClinicSearch.from_query(
        place=place, topic_slug=None, params=params, now=now, point=point
    ),
    place=st.sampled_from([AARHUS, SAMSOE, DENMARK, ONLINE]),
    params=params,
    point=st.sampled_from([None, None, (56.16, 10.21)]),
    now=st.sampled_from([NOW, NOW.replace(hour=17, minute=1), HOLIDAY]),
)
proved = settings(
    max_examples=75,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


def is_on_an_edge(search: ClinicSearch, known: list[Known]) -> bool:
    """A clinic within a millimetre of a radius, or between two metres: there the last bit may decide."""
    if not search.origin:
        return False
    radii = {*STEPS_KM, search.radius_km or 0}
    distances = [distance_km(search, clinic) for clinic in known]
    return any(abs(km - radius) < 1e-6 for km in distances for radius in radii) or any(
        abs(km * 1000 % 1 - 0.5) < 1e-5 for km in distances
    )


@pytest.mark.usefixtures("topics")
@proved
@given(known=clinics, search=questions)
def test_totals_and_unknowns_are_those_of_the_oracle(known, search):
    assume(not is_on_an_edge(search, known))
    results = search.answer(columns_of(known))
    assert results.total == len(matching(search, known))
    assert results.unknown_left_out == undecided(search, known)


@pytest.mark.usefixtures("topics")
@proved
@given(known=clinics, search=questions)
def test_every_page_is_the_oracles_order_with_its_distances(known, search):
    assume(not is_on_an_edge(search, known))
    results = search.answer(columns_of(known))
    expected = ordered_ids(search, known)
    first = (results.page - 1) * PAGE_SIZE
    assert list(results.ids) == expected[first : first + PAGE_SIZE]
    by_id = {clinic.id: clinic for clinic in known}
    for pk, km in zip(results.ids, results.distances_km, strict=True):
        clinic = by_id[pk]
        if search.origin is None:
            assert km is None
        else:
            assert km == pytest.approx(haversine_km(*search.origin, clinic.lat, clinic.lon), abs=1e-6)


@pytest.mark.usefixtures("topics")
@proved
@given(known=clinics, search=questions)
def test_every_facet_count_is_the_total_one_would_get(known, search):
    assume(not is_on_an_edge(search, known))
    groups = {group.key: group for group in search.answer(columns_of(known)).facets}
    assert set(groups) == {each.key for each in FILTERS if each.key != "radius" or search.origin}
    for key, group in groups.items():
        each, present = FILTER_BY_KEY[key], search.values.get(key)
        for option in group.options:
            value = each.parse([option.value])
            if group.combines != "one" and present:
                value = tuple(dict.fromkeys((*present, *value)))
            assert option.count == total_with(search, known, key, value), (key, option)


@pytest.mark.usefixtures("topics")
@proved
@given(known=clinics, search=questions)
def test_every_way_out_gives_what_it_promises(known, search):
    results = search.answer(columns_of(known))
    assume(results.total == 0)
    columns = columns_of(known)
    for relax in results.relax:
        place = DENMARK if relax.target.place_slug == "danmark" else search.place
        changed = ClinicSearch.from_query(
            place=place, topic_slug=relax.target.topic_slug, params=dict(relax.pairs), now=search.now
        )
        assert changed.target() == relax.target
        assert changed.answer(columns).total == relax.total > 0


@pytest.mark.usefixtures("topics")
@proved
@given(known=clinics, search=questions)
def test_a_chip_removes_its_filter_and_counts_its_unknowns(known, search):
    columns = columns_of(known)
    results = search.answer(columns)
    for chip in results.chips:
        wider = ClinicSearch.from_query(
            place=search.place, topic_slug=chip.target.topic_slug, params=dict(chip.target.pairs), now=search.now
        )
        assert wider.target() == chip.target
        without = wider.answer(columns).total
        assert chip.key == "radius" or results.total + chip.unknown_left_out <= without
