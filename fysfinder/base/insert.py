"""Many rows into a table without an object for each: for tables whose new keys nobody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.models import Model


def insert_rows(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, unique: Sequence[str] = ()
) -> None:
    """names: the fields (a foreign key as its column), in the order of each row's values. auto_now is not seen to.

    unique: fields of which a row that is there already has the same values; its others become those of the new one.
    """
    connection = connections[router.db_for_write(model)]
    fields = _fields(model, names)
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in fields]
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(fields))})"
    if unique:
        same = [quote(field.column) for field in _fields(model, unique)]
        sets = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in same)
        sql += f" ON CONFLICT ({', '.join(same)}) DO UPDATE SET {sets}"
    rules = [(_plain_types(field), field.get_db_prep_save) for field in fields]
    values = [
        tuple(
            value if type(value) in plain else prepare(value, connection)
            for (plain, prepare), value in zip(rules, row, strict=True)
        )
        for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


_NONE = type(None)
_PLAIN: dict[type[Any], frozenset[type]] = {
    models.CharField: frozenset({str, _NONE}),
    models.TextField: frozenset({str, _NONE}),
    models.SlugField: frozenset({str, _NONE}),
    models.IntegerField: frozenset({int, _NONE}),
    models.BigIntegerField: frozenset({int, _NONE}),
    models.PositiveIntegerField: frozenset({int, _NONE}),
    models.PositiveSmallIntegerField: frozenset({int, _NONE}),
    models.FloatField: frozenset({float, _NONE}),
    models.BooleanField: frozenset({bool, _NONE}),
    models.ForeignKey: frozenset({int, str, _NONE}),
}


def _plain_types(field: Any) -> frozenset[type]:
    """Types of values the database takes as they are, without Django's preparing, which costs more than the insert."""
    return _PLAIN.get(type(field), frozenset())


def _fields(model: type[Model], names: Iterable[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]
