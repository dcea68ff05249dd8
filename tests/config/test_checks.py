"""A site that is not safe or not lawful to show others says so, fault by fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from fysfinder.base.admission import AT_ONCE, WAITING
from fysfinder.config.checks import unsafe_settings
from scripts.serve import THREADS

SAFE: dict[str, Any] = {
    "IS_HTTPS": True,
    "DEBUG": False,
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": ["example.dk", "127.0.0.1"],
    "OPERATOR_NAME": "Foreningen",
    "OPERATOR_ADDRESS": "Gade 1, 8000 Aarhus C",
    "OPERATOR_CVR": "13585628",
    "OPERATOR_EMAIL": "os@example.dk",
    "IS_DEMO": False,
}


def faults(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> list[str]:
    for name, value in {**SAFE, **changes}.items():
        monkeypatch.setattr(settings, name, value)
    return [str(error.id).removeprefix("fysfinder.") for error in unsafe_settings(None)]


@pytest.mark.parametrize("connections", [0, 6, 20])
def test_a_safe_site_has_no_fault(monkeypatch: pytest.MonkeyPatch, connections: int):
    assert faults(monkeypatch, DB_POOL_SIZE=connections) == []


def test_pages_are_made_by_fewer_threads_than_a_worker_has():
    assert AT_ONCE + WAITING < THREADS


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"IS_HTTPS": False}, "E001"),
        ({"DEBUG": True}, "E002"),
        ({"DB_POOL_SIZE": 3}, "E008"),
        ({"SECRET_KEY": settings.LAPTOP_KEY}, "E003"),
        ({"SECRET_KEY": "short"}, "E003"),
        ({"ALLOWED_HOSTS": ["*"]}, "E004"),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, "E004"),
        ({"OPERATOR_NAME": ""}, "E005"),
        ({"OPERATOR_CVR": ""}, "E005"),
        ({"OPERATOR_CVR": "12345678"}, "E006"),
        ({"IS_DEMO": True}, "E007"),
    ],
)
def test_each_fault_is_named(monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], fault: str):
    assert faults(monkeypatch, **changes) == [fault]
