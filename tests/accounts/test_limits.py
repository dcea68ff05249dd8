"""Limits hold over workers, store no address, and give back with time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.accounts import limits
from fysfinder.accounts.limits import Limit, client_network, take
from fysfinder.accounts.models import Bucket

pytestmark = pytest.mark.django_db
TRIES = Limit("tries", 3, 60.0)


def test_so_many_at_once_and_then_one_for_each_share_of_the_time() -> None:
    assert [take(TRIES, "a", now=1000.0) for _ in range(5)] == [0, 0, 0, 20, 20]
    assert take(TRIES, "a", now=1020.0) == 0
    assert take(TRIES, "a", now=1020.5) == 20
    assert [take(TRIES, "a", now=2000.0) for _ in range(4)] == [0, 0, 0, 20]


def test_a_clock_that_is_set_back_keeps_nobody_out() -> None:
    assert [take(TRIES, "a", now=9000.0) for _ in range(4)] == [0, 0, 0, 20]
    assert [take(TRIES, "a", now=1000.0) for _ in range(4)] == [0, 0, 0, 20]


def test_callers_and_limits_do_not_share() -> None:
    for _ in range(3):
        take(TRIES, "a", now=0.0)
    assert take(TRIES, "b", now=0.0) == 0
    assert take(Limit("other", 1, 60.0), "a", now=0.0) == 0
    assert take(TRIES, "a", now=0.0) > 0


def test_no_address_is_stored_and_tomorrow_the_same_caller_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    take(TRIES, "192.0.2.7/32", now=0.0)
    take(TRIES, "192.0.2.7/32", now=0.0)
    assert Bucket.objects.count() == 1
    assert "192" not in str(Bucket.objects.values_list())
    monkeypatch.setattr(timezone, "localdate", lambda: dt.date(2026, 11, 19))
    take(TRIES, "192.0.2.7/32", now=0.0)
    assert Bucket.objects.count() == 2


def test_rows_that_are_over_go_away() -> None:
    for number in range(300):
        take(TRIES, str(number), now=float(number) * 100)
    assert Bucket.objects.count() < 295


def test_a_database_that_cannot_answer_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> int:
        raise DatabaseError("gone")

    monkeypatch.setattr(limits, "_take", broken)
    assert take(TRIES, "a") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2%eth0", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_caller_is_an_address_or_what_an_ipv6_customer_is_given(rf: RequestFactory, address: str, network: str):
    assert client_network(rf.get("/", REMOTE_ADDR=address)) == network


def test_a_forwarded_address_counts_only_behind_a_proxy_and_only_the_last_of_a_list(rf: RequestFactory, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.7"})
    assert client_network(request) == "10.0.0.1/32"
    settings.IS_BEHIND_PROXY = True
    assert client_network(request) == "192.0.2.7/32"
    assert client_network(rf.get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1/32"
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    assert client_network(request) == "10.0.0.1/32"


@given(st.text(max_size=60))
def test_no_text_in_the_header_breaks_anything(text: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=text)
    assert isinstance(client_network(request), str)


def test_the_staff_login_slows_down_guessing_from_one_place_and_of_one_name(client: Client, settings) -> None:

    def attempt(number: int, address: str) -> int:
        data = {"username": "Ida", "password": f"gæt{number}"}
        return client.post("/admin/login/", data, REMOTE_ADDR=address).status_code

    assert [attempt(n, "192.0.2.1") for n in range(12)] == [200] * 10 + [429] * 2
    codes = [attempt(n, f"198.51.100.{n}") for n in range(30)]
    assert codes[0] == 200 and codes[-1] == 429
