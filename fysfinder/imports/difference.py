"""What became another: a clinic before and after, in words for the one who runs the import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.imports.states import State

Snapshot = dict[str, Any]
_FIELDS = ("name", "status", "postcode_id", "precision", "lat", "lon", *(attribute.name for attribute in ATTRIBUTES))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "public holidays", "customary days")


def snapshot(state: State) -> Snapshot:
    """What of the state a person would call the clinic."""
    shown: Snapshot = {name: state[f"field {name}"] for name in _FIELDS}
    for service, _topic, low_ore, high_ore, *_rest in state["rows prices"]:
        shown[f"price {service}"] = _amount(low_ore, high_ore)
    for weekday, opens, closes, by_appointment, *as_usual in sorted(state["rows hours"], key=str):
        name = f"hours {_DAYS[weekday]}"
        span = "closed" if opens is None or closes is None else f"{_clock(opens)}-{_clock(closes)}"
        span = "as usual" if any(as_usual) else span
        words = ("by appointment" if opens is None else f"{span} by appointment") if by_appointment else span
        shown[name] = f"{shown[name]} {words}" if name in shown else words
    for row in state["rows exceptions"]:
        name, words = _season(*row)
        shown[name] = f"{shown[name]} {words}" if name in shown else words
    return {name: value for name, value in shown.items() if value not in (None, "")}


def _season(
    first: str, last: str, opens: int | None, closes: int | None, note: str, weekday: int | None, is_yearly: bool
) -> tuple[str, str]:
    days = " to ".join(dict.fromkeys((first[5:], last[5:]) if is_yearly else (first, last)))
    name = f"hours {days}{' every year' if is_yearly else ''}{'' if weekday is None else f' {_DAYS[weekday]}'}"
    span = "closed" if opens is None or closes is None else f"{_clock(opens)}-{_clock(closes)}"
    return name, f"{span} {note}".strip()


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
