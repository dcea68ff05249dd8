"""Who wins about a fact, as a table, and what is kept of what it said before."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from fysfinder.clinics import actions, ledger
from fysfinder.clinics.actions import Origin
from fysfinder.clinics.attributes import ATTRIBUTES, ROW_FACTS, confirm_days
from fysfinder.clinics.cards import Wait
from fysfinder.clinics.models import Clinic, Fact, PastFact
from fysfinder.clinics.opening import CLOSED, SpecialDays, open_day
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.provenance import FACT_NAMES, wins
from tests.make import TODAY, make_clinic, make_topic

HOWS = ("owner", "editor", "visitor", "register", "import", "demo")
# Rows: who holds the fact. Columns: who speaks, in the order of HOWS. Who speaks …
OLDER = {  # … of a day before: 'x' wins, '.' does not
    "owner": "......",
    "editor": "x.....",
    "visitor": "x.....",
    "register": "xxx...",
    "import": "xxxx..",
    "demo": "xxxxx.",
}
NEWER = {  # … of the same day or within two intervals after
    "owner": "x.....",
    "editor": "xxx...",
    "visitor": "xxx...",
    "register": "xxxx..",
    "import": "xxxxx.",
    "demo": "xxxxxx",
}
LATER_THAN_TWO_INTERVALS = {  # … after the held word has lapsed
    "owner": "xxxxx.",
    "editor": "xxxxx.",
    "visitor": "xxxxx.",
    "register": "xxxxx.",
    "import": "xxxxx.",
    "demo": "xxxxxx",
}
BEFORE_TWO_INTERVALS = {  # … of a day so long before the held word that it has lapsed itself
    "owner": "......",
    "editor": "......",
    "visitor": "......",
    "register": "......",
    "import": "......",
    "demo": "xxxxx.",
}
AGES = (
    (-365 * 2 - 1, BEFORE_TWO_INTERVALS),
    (-365 * 2, OLDER),
    (-1, OLDER),
    (0, NEWER),
    (365 * 2, NEWER),
    (365 * 2 + 1, LATER_THAN_TWO_INTERVALS),
)


@pytest.mark.parametrize(
    ("held", "said", "days", "is_won"),
    [
        (held, said, days, table[held][HOWS.index(said)] == "x")
        for days, table in AGES
        for held, said in itertools.product(HOWS, HOWS)
    ],
)
def test_who_wins(held: str, said: str, days: int, is_won: bool) -> None:
    fact = Fact(name="parking", how=held, confirmed_on=TODAY)
    assert wins(Origin("x", said, TODAY + dt.timedelta(days=days)), fact) is is_won


def test_every_fact_has_an_interval_and_what_changes_fast_a_short_one() -> None:
    assert all(confirm_days(name) > 0 for name in FACT_NAMES)
    assert {*ROW_FACTS, *(attribute.name for attribute in ATTRIBUTES)} == set(ledger.FACTS)
    assert (confirm_days("waiting"), confirm_days("prices"), confirm_days("hours")) == (14, 182, 365)


def test_an_import_renews_a_waiting_time_the_clinic_has_not_renewed_for_a_month() -> None:
    held = Fact(name="waiting", how="owner", confirmed_on=TODAY)
    assert not wins(Origin("x", "import", TODAY + dt.timedelta(days=28)), held)
    assert wins(Origin("x", "import", TODAY + dt.timedelta(days=29)), held)


FIRST = Origin("en liste", "import", TODAY - dt.timedelta(days=30))
SECOND = Origin("klinikken", "owner", TODAY)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic()


def past(clinic: Clinic) -> list[tuple[str, object, str, str]]:
    rows = PastFact.objects.filter(clinic=clinic).order_by("pk")
    return [(row.name, row.value, row.source, row.replaced_by) for row in rows]


def test_what_a_fact_said_before_is_kept_with_who_said_it(clinic: Clinic) -> None:
    actions.update_clinic(clinic=clinic, changes={"lift": True, "parking": True}, origin=FIRST)
    actions.update_clinic(clinic=clinic, changes={"lift": False}, origin=SECOND)
    assert past(clinic) == [("lift", {"lift": True}, "en liste", "klinikken")]
    assert Fact.objects.get(clinic=clinic, name="parking").confirmed_on == FIRST.confirmed_on


def test_nothing_is_kept_of_an_unknown_of_a_confirmation_or_of_a_word_that_lost(clinic: Clinic) -> None:
    actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=SECOND)
    actions.update_clinic(clinic=clinic, changes={"lift": True}, origin=SECOND)
    actions.update_clinic(clinic=clinic, changes={"lift": False}, origin=FIRST)
    assert past(clinic) == [] and clinic.lift is True


def test_a_fact_that_becomes_unknown_leaves_what_it_was(clinic: Clinic) -> None:
    actions.update_clinic(clinic=clinic, changes={"phone": "33 23 25 65"}, origin=FIRST)
    actions.update_clinic(clinic=clinic, changes={"phone": ""}, origin=SECOND)
    assert past(clinic) == [("phone", {"phone": "+4533232565"}, "en liste", "klinikken")]


def test_rows_and_names_are_kept_whole(clinic: Clinic) -> None:
    week = (open_day((480, 960)),) * 7
    actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 50000, 50000)], origin=FIRST)
    actions.replace_hours(clinic=clinic, hours=week, origin=FIRST)
    actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 60000, 60000)], origin=SECOND)
    actions.replace_hours(clinic=clinic, hours=(CLOSED,) * 7, origin=SECOND)
    actions.rename(clinic=clinic, name="Nyt navn", origin=SECOND)
    found = {name: value for name, value, _, _ in past(clinic)}
    assert set(found) == {"prices", "hours", "name"}
    assert isinstance(found["prices"], dict) and found["prices"]["Price"][0][:3] == ["first", None, 50000]


def test_a_waiting_time_said_again_on_another_day_is_no_other_waiting_time(clinic: Clinic) -> None:
    for days in (0, 1):
        day = TODAY + dt.timedelta(days=days)
        origin = Origin("klinikken", "owner", day)
        actions.replace_waiting(clinic=clinic, waiting=[Wait("general", 3, day, "klinikken")], origin=origin)
    assert past(clinic) == []


def test_every_fact_can_be_written_back_as_it_was(clinic: Clinic) -> None:
    actions.update_clinic(clinic=clinic, changes={"lift": True, "street": "Åvej 1", "languages": ["da"]}, origin=FIRST)
    actions.replace_prices(clinic=clinic, prices=[PriceRow("first", 50000, 60000, minutes=45)], origin=FIRST)
    holiday = SpecialDays(TODAY, TODAY + dt.timedelta(days=3), CLOSED)
    actions.replace_hours(clinic=clinic, hours=(open_day((480, 960)),) * 7, exceptions=[holiday], origin=FIRST)
    actions.replace_topics(clinic=clinic, topics=[make_topic().pk], origin=FIRST)
    actions.replace_waiting(clinic=clinic, waiting=[Wait("general", 3, TODAY, "x")], origin=FIRST)
    before = ledger.states_of(clinic)
    for fact in ledger.FACTS:
        ledger.write_state(clinic, fact, {"value": dict(before[fact]["value"]), "said": ["x", "owner", "2026-01-01"]})
        ledger.write_state(clinic, fact, before[fact])
    clinic.save()
    assert ledger.states_of(Clinic.objects.get(pk=clinic.pk)) == before
