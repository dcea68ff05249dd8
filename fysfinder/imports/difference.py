"""What became another: a clinic before and after, in words for the one who runs the import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.clinics.models import Clinic

Snapshot = dict[str, Any]
_FIELDS = ("name", "postcode_id", "precision", "lat", "lon", *(attribute.name for attribute in ATTRIBUTES))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def snapshot(clinic: Clinic) -> Snapshot:
    """Everything an import can change. Two queries."""
    state: Snapshot = {name: getattr(clinic, name) for name in _FIELDS}
    for price in clinic.prices.all():
        state[f"price {price.service}"] = _amount(price.low_ore, price.high_ore)
    for row in clinic.opening_hours.all():
        name = f"hours {_DAYS[row.weekday]}"
        span = "closed" if row.opens is None or row.closes is None else f"{_clock(row.opens)}-{_clock(row.closes)}"
        words = ("by appointment" if row.opens is None else f"{span} by appointment") if row.by_appointment else span
        state[name] = f"{state[name]} {words}" if name in state else words
    return {name: value for name, value in state.items() if value not in (None, "")}


def differences(before: Snapshot | None, after: Snapshot) -> Iterator[str]:
    """'therapist_count: 7 → 8', one line per fact; of a new clinic every fact."""
    for name in sorted(set(before or ()) | set(after)):
        old, new = (before or {}).get(name), after.get(name)
        if before is None:
            yield f"{name}: {_word(new)}"
        elif old != new:
            yield f"{name}: {_word(old)} → {_word(new)}"


def _word(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _amount(low_ore: int, high_ore: int) -> str:
    low, high = (f"{ore / 100:.2f}" for ore in (low_ore, high_ore))
    return low if low == high else f"{low}-{high}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
