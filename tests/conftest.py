"""The suite's rules: no network, one fixed clock for what asks for it, translations compiled, plain static files."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections

# Before Django reads its settings: a folder of our own, static files without a manifest.
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="fysfinder-test-")
Path(os.environ["VAR_DIR"], "assets").mkdir(parents=True, exist_ok=True)
os.environ["STATIC_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
os.environ.setdefault("LOG_LEVEL", "ERROR")
# pytest-django has read the settings by now: the storage is set once more where it counts.
settings.STORAGES["staticfiles"]["BACKEND"] = os.environ["STATIC_STORAGE"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
# Properties are tried on other examples in every run; half of Hypothesis' hundred keeps a run short. A busy machine
# fails no test for being slow: what may not be slow is measured where it is promised.
hypothesis.settings.register_profile(
    "suite", max_examples=50, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")

# Tables are made of the models, in a tenth of the time; tests/config/test_migrations.py proves that migrations come to
# the same ones.
connections.settings["default"]["TEST"]["MIGRATE"] = False
OWN_DATABASE = connections.settings["default"]["NAME"]

TODAY = dt.date(2026, 11, 18)  # a Wednesday
_connect = socket.socket.connect


def _loopback_only(sock: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and not is_loopback(str(address[0])):
        raise AssertionError(f"a test tried to reach {address[0]}")
    _connect(sock, address)  # type: ignore[arg-type]


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:  # type: ignore[no-untyped-def]
    """The test database as migrations leave it: marked as applied, and what they do besides making tables done."""
    from django.apps import apps
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.operations import RunPython

    if connection.settings_dict["NAME"] == OWN_DATABASE:  # no test of this run asked for a database
        return
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
        for migration, _backwards in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
            if type(migration).__module__.startswith("fysfinder."):
                for operation in migration.operations:
                    if isinstance(operation, RunPython):
                        operation.code(apps, editor)


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogue() -> None:
    from fysfinder.config.messages import compile_catalogue

    compile_catalogue()


@pytest.fixture(autouse=True)
def empty_memories() -> None:
    """What a process keeps in memory (places, topics, titles, counts) belongs to one test's database."""
    from django.core.cache import cache

    from fysfinder.changes.queries import forget_heard
    from fysfinder.encyclopedia.linking import forget_names
    from fysfinder.encyclopedia.shelf import forget_shelf
    from fysfinder.places.queries import reset_gazetteer
    from fysfinder.tariffs.queries import forget_tariffs
    from fysfinder.topics.queries import forget_taxonomy

    cache.clear()
    forget_heard()
    reset_gazetteer()
    forget_taxonomy()
    forget_tariffs()
    forget_names()
    forget_shelf()


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def whole_django() -> Iterator[WSGIHandler]:
    """Django as the server runs it, on the test's own connection: the end of a request does not close it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
