"""What DATABASE_URL says reaches PostgreSQL: hosts, options, a pool; what is wrong in it is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from fysfinder.config.databases import database

ROOT = Path(__file__).resolve().parents[2]


def test_one_host_with_a_password_of_odd_characters():
    values = database("postgresql://fys%40dk:p%3A%2F%40@db.example.dk:5433/fysfinder")
    named = {name: values[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "fysfinder",
        "USER": "fys@dk",
        "PASSWORD": "p:/@",
        "HOST": "db.example.dk",
        "PORT": "5433",
    }
    assert "target_session_attrs" not in values["OPTIONS"]


def test_of_several_hosts_the_one_that_takes_writes_is_sought():
    values = database("postgresql://u:p@10.0.0.1:5432,10.0.0.2,[fd00::3]:5434/db")
    assert (values["HOST"], values["PORT"]) == ("10.0.0.1,10.0.0.2,fd00::3", "5432,5432,5434")
    assert values["OPTIONS"]["target_session_attrs"] == "read-write"


def test_for_a_copy_one_that_follows_is_sought():
    values = database("postgresql://u@a,b/db", takes_writes=False)
    assert values["OPTIONS"]["target_session_attrs"] == "prefer-standby"


def test_a_socket_folder_and_options_of_libpq_are_passed_on():
    values = database("postgresql://fysfinder@%2Fvar%2Frun%2Fpostgresql/db?sslmode=verify-full&connect_timeout=9")
    assert (values["HOST"], values["PORT"]) == ("/var/run/postgresql", "")
    assert values["OPTIONS"]["sslmode"] == "verify-full" and values["OPTIONS"]["connect_timeout"] == "9"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u@h/db", "not 'mysql'"),
        ("postgresql://u@h:5432", "database's name"),
        ("postgresql://u@h:54x2/db", "'54x2' is no port"),
    ],
)
def test_what_cannot_be_read_is_named(url: str, words: str):
    with pytest.raises(ValueError, match=words):
        database(url)


def test_libpq_takes_every_option_we_set():
    values = database("postgresql://u@a,b/db", statement_timeout_ms=500)
    assert "statement_timeout=500" in make_conninfo(**values["OPTIONS"])


def test_a_pool_keeps_the_connections_instead_of_django():
    values = database("postgresql://u@h/db", pool_size=4)
    assert values["OPTIONS"]["pool"]["max_size"] == 4 and values["CONN_MAX_AGE"] == 0


@pytest.mark.parametrize(("entry", "is_cut"), [("fysfinder.config.wsgi", True), ("fysfinder.config.settings", False)])
def test_only_the_process_that_answers_visitors_cuts_statements_short(entry: str, is_cut: bool, tmp_path: Path):
    script = f"import {entry}; from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    variables = {"DATABASE_URL": "postgresql://u@127.0.0.1:1/db", "VAR_DIR": str(tmp_path), "DB_POOL_SIZE": "3"}
    environment = {**os.environ, **variables, "DJANGO_SETTINGS_MODULE": "fysfinder.config.settings"}
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert ("statement_timeout=10000" in said.stdout) is is_cut
    assert ("'max_size': 3" in said.stdout) is is_cut
