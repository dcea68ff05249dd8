"""A question to the database that is asked again and again with other keys: its SQL is put together once.

Django puts a queryset's SQL together each time it runs, which costs ten times what reading a few rows does. Only for
what is asked by whole numbers alone and answered in plain rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet

MOST_KEYS = 40  # above, the rows themselves cost more
_FIRST_KEY = 1 << 40  # stands for the first key while the SQL is put together
Row = tuple[Any, ...]
Build = Callable[..., QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Statement:
    compiler: Any
    sql: str
    parameters: Row
    places: tuple[int, ...]  # of the keys among the parameters


class Prepared:
    """Called with keys, gives the rows of build(keys, *fixed): a values_list of `model`. No rows without keys."""

    def __init__(self, model: type[Model], build: Build) -> None:
        self.model, self.build = model, build
        self._statement = lru_cache(maxsize=100)(self._put_together)

    def __call__(self, keys: Sequence[int], *fixed: Hashable) -> Iterator[Row]:
        if len(keys) > MOST_KEYS:
            return iter(self.build(keys, *fixed))
        if not keys:
            return iter(())
        using = router.db_for_read(self.model)
        statement = self._statement(using, len(keys), fixed)
        parameters, times = list(statement.parameters), len(statement.places) // len(keys)
        for place, key in zip(statement.places, [*keys] * times, strict=True):
            parameters[place] = key
        compiler = copy(statement.compiler)
        compiler.connection = connections[using]  # each thread has its own
        compiler.as_sql = lambda: (statement.sql, tuple(parameters))
        rows: Iterator[Row] = compiler.results_iter(tuple_expected=True)
        return rows

    def _put_together(self, using: str, count: int, fixed: tuple[Hashable, ...]) -> _Statement:
        stand_ins = range(_FIRST_KEY, _FIRST_KEY + count)
        compiler = self.build(list(stand_ins), *fixed).using(using).query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        places = tuple(place for place, each in enumerate(parameters) if each in stand_ins)
        expected = [*stand_ins] * (len(places) // count)
        if not places or [parameters[place] for place in places] != expected:
            raise ValueError("the keys must stand in the SQL in their order, whole, as often as they are asked by")
        return _Statement(compiler, sql, tuple(parameters), places)
