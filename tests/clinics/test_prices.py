from __future__ import annotations

import datetime as dt

import pytest

from fysfinder.clinics.prices import PriceRow, extras, first_price, per_half_hour_ore, price_answer, price_list
from fysfinder.tariffs.queries import TariffRow
from tests.make import TODAY

TARIFFS = {
    "first": TariffRow(51, "first", None, None, 29929, dt.date(2024, 1, 1), "en kilde", TODAY, False),
    "follow_up": TariffRow(51, "follow_up", 32000, 12000, 20000, dt.date(2026, 10, 1), "en kilde", TODAY, True),
}
OLD, NEW = dt.date(2025, 1, 1), dt.date(2026, 11, 1)
ROWS = (
    PriceRow("first", 60000, 70000, confirmed_on=NEW, source="listen"),
    PriceRow("first", 65000, 90000, confirmed_on=OLD, source="andet"),
    PriceRow("extra", 10000, 10000, topic_id=7),
    PriceRow("group", 9000, 9000, minutes=60),
)


def test_several_prices_of_a_service_are_one_range_with_the_oldest_date() -> None:
    answer = first_price(rows=ROWS, agreement=None, tariffs=TARIFFS, today=TODAY)
    assert answer is not None
    assert (answer.low_ore, answer.high_ore, answer.confirmed_on) == (60000, 90000, OLD)
    assert answer.label == "Første konsultation" and answer.condition == "uden tilskud"


@pytest.mark.parametrize(("agreement", "share"), [(True, 29929), (False, None), (None, None)])
def test_only_a_clinic_known_to_have_the_agreement_gives_a_share(agreement: bool | None, share: int | None) -> None:
    answer = first_price(rows=ROWS, agreement=agreement, tariffs=TARIFFS, today=TODAY)
    assert answer is not None
    assert (answer.share.patient_ore if answer.share else None) == share


def test_share_is_said_alone_when_the_clinic_s_own_price_is_unknown() -> None:
    answer = first_price(rows=(), agreement=True, tariffs=TARIFFS, today=TODAY)
    assert answer is not None and answer.share is not None
    assert answer.low_ore is None and answer.high_ore is None and answer.confirmed_on is None


def test_share_tells_its_date_and_whether_it_is_older_than_a_year() -> None:
    shares = [
        answer.share
        for answer in price_list(rows=ROWS, agreement=True, tariffs=TARIFFS, today=TODAY)
        if answer.share is not None
    ]
    assert [(share.valid_from.year, share.is_old) for share in shares] == [(2024, True), (2026, False)]


def test_nothing_known_is_no_answer() -> None:
    assert first_price(rows=(), agreement=None, tariffs=TARIFFS, today=TODAY) is None
    assert first_price(rows=(), agreement=True, tariffs={}, today=TODAY) is None
    assert price_answer("online", rows=ROWS, agreement=True, tariffs=TARIFFS, today=TODAY) is None


def test_price_list_has_services_in_order_and_extras_apart() -> None:
    found = price_list(rows=ROWS, agreement=True, tariffs=TARIFFS, today=TODAY)
    assert [answer.service for answer in found] == ["first", "follow_up", "group"]
    assert found[2].minutes == 60
    assert [row.topic_id for row in extras(ROWS)] == [7]


def test_full_tariff_is_said_as_such() -> None:
    rows = [PriceRow("first", 51370, 51370, is_agreement_tariff=True)]
    answer = first_price(rows=rows, agreement=True, tariffs={}, today=TODAY)
    assert answer is not None and answer.condition == "fuld takst, uden tilskud"


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="range"):
        PriceRow("first", 2, 1)


@pytest.mark.parametrize(("ore", "minutes", "half"), [(60000, 60, 30000), (50000, 45, 33333), (0, 30, 0), (1, 0, None)])
def test_a_price_is_turned_into_thirty_minutes(ore: int, minutes: int, half: int | None) -> None:
    assert per_half_hour_ore(ore, minutes) == half
