"""Every filter of FILTERS: reads what it writes, drops nonsense, narrows, says itself, and is documented."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.search import bits, filters
from fysfinder.search.filters import FILTER_BY_KEY, FILTERS
from fysfinder.search.filters.access import FACTS as ACCESS_WORDS
from fysfinder.search.filters.base import Asked
from tests.search.world import AARHUS, NAMES, NOW, Known, columns_of

ASKED = Asked(NOW, (AARHUS.lat, AARHUS.lon))
GIVEN = {  # a value every filter understands
    "emner": "kryoterapi",
    "radius": "10",
    "udsnit": "56.000-10.000-56.300-10.400",
    "maks-ventetid": "7",
    "aabent": "nu",
    "maks-pris": "450",
    "maks-forloeb": "1500",
    "adgang": "trinfri",
    "sprog": "en",
    "forsikring": "tryg",
}
YES = Known(
    id=1,
    facts=dict.fromkeys(NAMES, True),
    topics=frozenset({"kryoterapi"}),
    languages=("en",),
    insurers=("tryg",),
    price_ore=45_000,
    follow_up_ore=20_000,
    wait=(7, NOW.date()),
    week=tuple((weekday, 480, 1080, False, False) for weekday in range(7)),
)
NO = replace(
    YES,
    id=2,
    lat=57.0,
    facts=dict.fromkeys(NAMES, False),
    topics=frozenset({"loeberknae"}),
    languages=("da",),
    insurers=(),
    price_ore=45_001,
    follow_up_ore=30_000,
    wait=(8, NOW.date()),
    week=tuple((weekday, None, None, False, False) for weekday in range(7)),
)
UNKNOWN = Known(id=3)
every_filter = pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.key)


def given_text(each) -> str:
    return GIVEN.get(each.key, "ja")


def ids(columns, chosen) -> list[int]:
    return [int(columns.ids[row]) for row in bits.rows_of(chosen, columns.size)]


@every_filter
@pytest.mark.usefixtures("topics")
def test_a_filter_reads_what_it_writes(each):
    value = each.parse([given_text(each)])
    assert value is not None
    assert each.parse([each.text(value)]) == value


@every_filter
@pytest.mark.usefixtures("topics")
@pytest.mark.parametrize(
    "nonsense",
    ["", ",", "-5", "0", "nej", "٤٥٠", "²", "1e3", "99999999999", "x" * 10_000, "\x00", "' OR 1=1 --", "<b>"],
)
def test_a_filter_drops_nonsense(each, nonsense):
    assert each.parse([nonsense]) is None


@every_filter
@pytest.mark.usefixtures("topics")
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(), max_size=5))
def test_whatever_a_filter_reads_it_reads_again(each, texts):
    value = each.parse(texts)
    assert value is None or each.parse([each.text(value)]) == value


@every_filter
@pytest.mark.usefixtures("topics")
def test_a_filter_keeps_known_yes_and_says_who_is_unknown(each):
    columns = columns_of([YES, NO, UNKNOWN])
    mask = each.mask(columns, each.parse([given_text(each)]), ASKED)
    is_place = each.key in {"radius", "udsnit"}  # where a clinic lies is always known
    assert ids(columns, mask.yes) == ([1, 3] if is_place else [1])
    assert ids(columns, mask.known) == ([1, 2, 3] if is_place else [1, 2])


@every_filter
@pytest.mark.usefixtures("topics")
def test_a_filter_offers_readable_options_with_the_chosen_one_among_them(each):
    columns = columns_of([YES, NO, UNKNOWN])
    value = each.parse([given_text(each)])
    options = each.options(columns, value)
    assert set(each.text(value).split(",")) <= {option.value for option in options}
    assert all(option.label and each.parse([option.value]) is not None for option in options)
    assert len({option.value for option in options}) == len(options)


@every_filter
@pytest.mark.usefixtures("topics")
def test_a_filter_says_itself(each):
    assert len(each.describe(each.parse([given_text(each)]))) > 3
    assert str(each.label)
    assert len(str(each.explanation)) > 20
    assert each.combines in {"one", "all", "any"}


def test_keys_are_danish_ascii_and_unlike():
    assert len(FILTER_BY_KEY) == len(FILTERS)
    assert all(re.fullmatch(r"[a-z][a-z-]+", each.key) for each in FILTERS)


def test_every_filter_stands_in_the_documentation_of_its_file():
    documented = ""
    for module in pkgutil.iter_modules(filters.__path__):
        documented += importlib.import_module(f"fysfinder.search.filters.{module.name}").__doc__ or ""
    assert [each.key for each in FILTERS if f"?{each.key}=" not in documented] == []


def test_every_fact_that_declares_a_filter_has_it():
    declared = {attribute.filter_name for attribute in ATTRIBUTES if attribute.filter_name}
    assert declared <= set(FILTER_BY_KEY) | set(ACCESS_WORDS)


@pytest.mark.usefixtures("topics")
@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("emner", "kryoterapi", "Tilbyder kryoterapi"),
        ("radius", "10", "Inden for 10 km"),
        ("udsnit", "56.000-10.000-56.300-10.400", "Udsnit af kortet"),
        ("maks-ventetid", "1", "Ventetid højst 1 dag"),
        ("maks-ventetid", "7", "Ventetid højst 7 dage"),
        ("aabent", "nu,weekend", "Åbent nu og Åbent i weekenden"),
        ("maks-pris", "450", "Første gang højst 450 kr."),
        ("ydernummer", "ja", "Har ydernummer"),
        ("adgang", "handicaptoilet,trinfri", "Trinfri adgang og Handicaptoilet"),
        ("sprog", "ar,en", "Taler Engelsk eller Arabisk"),
    ],
)
def test_a_filter_in_words(key, value, words):
    each = FILTER_BY_KEY[key]
    assert each.describe(each.parse([value])) == words


def test_a_list_may_be_repeated_or_split_by_commas():
    access = FILTER_BY_KEY["adgang"]
    assert access.parse(["parkering", "trinfri"]) == access.parse([" trinfri,PARKERING,,trinfri"])


@pytest.mark.usefixtures("topics")
def test_a_broader_topic_takes_its_narrower_ones_along():
    columns = columns_of([replace(YES, topics=frozenset({"manuel-terapi"}))])
    topics = FILTER_BY_KEY["emner"]
    assert ids(columns, topics.mask(columns, ("manuel-behandling",), ASKED).yes) == [1]
    assert ids(columns, topics.mask(columns, ("mobilisering",), ASKED).yes) == []


@pytest.mark.usefixtures("topics")
def test_a_waiting_time_of_two_months_ago_is_unknown():
    columns = columns_of([replace(YES, wait=(1, NOW.date().replace(month=9, day=18)))])  # 61 days
    mask = FILTER_BY_KEY["maks-ventetid"].mask(columns, 7, ASKED)
    assert (ids(columns, mask.yes), ids(columns, mask.known)) == ([], [])
