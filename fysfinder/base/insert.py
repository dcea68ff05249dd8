"""Many rows into a table without an object for each: for tables whose new keys nobody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
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
    prepare = [field.get_db_prep_save for field in fields]
    values = [tuple(rule(value, connection) for rule, value in zip(prepare, row, strict=True)) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _fields(model: type[Model], names: Iterable[str]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]
