"""The database of an earlier release moves forward with all that is in it, and gets the tables an empty one gets.

baseline_migrations.txt names the last migration of each app in that release. None is tagged yet: it is the schema as of
commit ee0d2b7. When a release is tagged, its migrations replace the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

ALIAS = "earlier"
LINES = Path(__file__).with_name("baseline_migrations.txt").read_text().splitlines()
BASELINE: list[Any] = [tuple(line.split()) for line in LINES]
SEQUENCES = {"sqlite_sequence"}  # SQLite's own

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def empty_database() -> Iterator[Any]:
    """A database of its own beside the test's, on the same engine."""
    values = dict(connection.settings_dict)
    values["NAME"] = ":memory:" if connection.vendor == "sqlite" else f"{values['NAME']}_earlier"
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f'drop database if exists "{values["NAME"]}"')
            cursor.execute(f'create database "{values["NAME"]}"')
    connections[ALIAS] = made = type(connections["default"])(values, ALIAS)
    try:
        yield made
    finally:
        made.close()
        del connections[ALIAS]
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f'drop database "{values["NAME"]}"')


def migrate(database: Any, targets: list[Any] | None = None) -> Any:
    """Migrate to the targets (None: all there is); the apps as they then are."""
    executor = MigrationExecutor(database)
    targets = targets or executor.loader.graph.leaf_nodes()
    return executor.migrate(targets).apps


def tables(database: Any) -> dict[str, list[str]]:
    """Each table's columns, keys, indexes and checks; names that a migration and a model make differently left out."""
    kinds = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
    with database.cursor() as cursor:
        inspect, found = database.introspection, {}
        for name in set(inspect.table_names(cursor)) - SEQUENCES:
            columns = [f"{row.name} {row.null_ok}" for row in inspect.get_table_description(cursor, name)]
            held = inspect.get_constraints(cursor, name).values()
            found[name] = sorted([*columns, *(str([each[kind] for kind in kinds]) for each in held)])
        return found


def insert_rows(apps: Any) -> None:
    """A clinic in its place with a topic and a price, an article, a tariff's worth of relations: what must survive."""

    def insert(app: str, model: str, **values: Any) -> Any:
        return apps.get_model(app, model).objects.using(ALIAS).create(**values)

    region = insert("places", "Region", code="1082", name="Midtjylland")
    town = insert("places", "Municipality", code="0751", name="Aarhus", region=region)
    postcode = insert("places", "Postcode", code="8000", name="Aarhus C", lat=56.15, lon=10.2, municipality=town)
    topic = insert("topics", "Topic", slug="knae", kind="body_part", name_da="Knæ", name_en="Knee")
    clinic = insert(
        "clinics", "Clinic", slug="klinik-frost", name="Klinik Frost", postcode=postcode, lat=56.1, lon=10.2
    )
    insert("clinics", "ClinicTopic", clinic=clinic, topic=topic)
    insert("encyclopedia", "Article", kind="ordbog", slug="knae", title="Knæ", file="knae.md", text_hash="0")
    insert("accounts", "User", email="mette@example.dk", password="!")


def kept_rows(apps: Any) -> dict[str, list[Any]]:
    def values(app: str, model: str, *fields: str) -> list[Any]:
        return list(apps.get_model(app, model).objects.using(ALIAS).values_list(*fields))

    return {
        "places": values("places", "Postcode", "code", "municipality__region__name"),
        "clinics": values("clinics", "Clinic", "slug", "name", "postcode_id", "status"),
        "topics": values("clinics", "ClinicTopic", "clinic__slug", "topic__name_da"),
        "articles": values("encyclopedia", "Article", "kind", "slug", "title"),
        "people": values("accounts", "User", "email"),
    }


def test_an_earlier_database_keeps_its_rows_and_gets_the_tables_of_a_new_one():
    with empty_database() as database:
        earlier = migrate(database, BASELINE)
        insert_rows(earlier)
        before = kept_rows(earlier)
        assert all(before.values())
        assert tables(database) != tables(connection)
        assert kept_rows(migrate(database)) == before
        assert tables(database) == tables(connection)
