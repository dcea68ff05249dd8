"""What an operator sees: health, readiness, counters and log lines, and nothing about a visitor in any of them."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from fysfinder.config import health, observe
from fysfinder.config.observe import JsonLines

QUESTION = "hemmeligt-knæ"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_a_living_process_answers_without_its_database(client: Client):
    assert client.get("/healthz").content == b"ok\n"  # no django_db here: a query would fail the test


def test_a_page_is_answered_though_nothing_can_be_counted(client: Client, monkeypatch: pytest.MonkeyPatch):
    def full(*_labels: object) -> None:
        raise PermissionError

    monkeypatch.setattr(observe.REQUESTS, "labels", full)
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_site_without_clinics_says_that_it_is_not_ready(client: Client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["clinics"] == "no clinics are published"
    assert response.json()["parts"]["database"] == "ok"


@pytest.mark.django_db
def test_what_fails_is_named_by_its_kind_and_not_by_its_words(client: Client, monkeypatch: pytest.MonkeyPatch):
    def gone() -> str:
        raise OSError("host db.internal, user fysfinder")

    monkeypatch.setitem(health.CHECKS, "database", gone)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "OSError"
    assert b"internal" not in response.content


@pytest.mark.django_db
def test_each_answer_has_a_number_of_its_own(client: Client):
    first, second = client.get("/healthz"), client.get("/healthz", headers={"X-Request-ID": "from-a-visitor"})
    assert len({first["X-Request-ID"], second["X-Request-ID"], "from-a-visitor"}) == 3


@pytest.mark.django_db
def test_a_proxys_number_is_taken_over_when_it_looks_like_one(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "IS_BEHIND_PROXY", True)
    assert client.get("/healthz", headers={"X-Request-ID": "abc-12345"})["X-Request-ID"] == "abc-12345"
    assert client.get("/healthz", headers={"X-Request-ID": "a\tb {}"})["X-Request-ID"] != "a\tb {}"


@pytest.mark.django_db
def test_a_log_line_says_the_route_and_nothing_of_what_was_asked(client: Client, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, logger="fysfinder.requests")
    client.get(f"/soeg/?q={QUESTION}", headers={"User-Agent": "Tester"}, REMOTE_ADDR="192.0.2.7")
    client.get(f"/findes-ikke/{QUESTION}/")
    shown = lines(caplog)
    ours = [line for line in shown if line["logger"] == "fysfinder.requests"]
    assert [(line["route"], line["status"]) for line in ours] == [("search", 200), ("none", 404)]
    text = json.dumps(shown, ensure_ascii=False)
    assert not [word for word in (QUESTION, "Tester", "192.0.2.7") if word in text]


@pytest.mark.django_db
def test_counters_are_for_those_who_know_the_token(client: Client, monkeypatch: pytest.MonkeyPatch):
    assert client.get("/metrics").status_code == 404
    monkeypatch.setattr(settings, "METRICS_TOKEN", "a-long-token")
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    client.get("/healthz")
    response = client.get("/metrics", headers={"Authorization": "Bearer a-long-token"})
    assert response.status_code == 200
    assert b'fysfinder_requests_total{method="GET",route="healthz",status="200"}' in response.content
