"""The history of many clinics at once: the rows that simple_history writes when one is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.utils import timezone

from fysfinder.base.insert import insert_rows
from fysfinder.clinics.models import Clinic

_MODEL: Any = Clinic.history.model
_TRACKED = tuple(field.attname for field in _MODEL.tracked_fields)


def history_of(clinic: Clinic, kind: Literal["+", "~"]) -> Mapping[str, Any]:
    """The clinic as it stands in memory: '+' when it is new, '~' when it has become another."""
    user = _MODEL.get_default_history_user(clinic)
    said = {"history_date": timezone.now(), "history_type": kind, "history_user_id": user and user.pk}
    return said | {name: getattr(clinic, name) for name in _TRACKED}


def write_history(rows: Iterable[Mapping[str, Any]]) -> None:
    names = ("history_date", "history_type", "history_user_id", *_TRACKED)
    insert_rows(_MODEL, names, ([row[name] for name in names] for row in rows))
