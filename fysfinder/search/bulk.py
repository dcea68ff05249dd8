"""Whole tables out of the database, each column as one text that numpy or json reads: no Python object a row.

The database joins a column's values itself (a million rows in a second); a row at a time costs ten times as much.
All columns of a call come from one statement, so they belong together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet

UNKNOWN = -1
_NUMBER = {
    "sqlite": "group_concat(coalesce({0}, -1))",
    "postgresql": "string_agg(CASE {0}::text WHEN 'true' THEN '1' WHEN 'false' THEN '0'"
    " ELSE coalesce({0}::text, '-1') END, ',')",
}
_TEXT = {"sqlite": "json_group_array({0})", "postgresql": "json_agg({0}::text)::text"}


def read_table(queryset: QuerySet[Any, Any], kinds: Mapping[str, type]) -> dict[str, Any]:
    """The columns named in `kinds`: of int or float an array where NULL is UNKNOWN, of str a list with None.

    Whole numbers, truth values (0 and 1) and digits kept as text are ints; dates are ISO texts, lists are JSON.
    """
    sql, params = queryset.values_list(*kinds).query.sql_with_params()
    names = [f"c{at}" for at in range(len(kinds))]
    joined = [
        (_TEXT if kind is str else _NUMBER)[connection.vendor].format(name)
        for name, kind in zip(names, kinds.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH t ({', '.join(names)}) AS ({sql}) SELECT {', '.join(joined)} FROM t", params)
        row = cursor.fetchone()
    return {name: _read(text, kind) for text, (name, kind) in zip(row, kinds.items(), strict=True)}


def _read(text: str | None, kind: type) -> Any:
    if kind is str:
        return json.loads(text or "[]")
    return np.fromstring(text or "", dtype=np.int64 if kind is int else np.float64, sep=",")
