"""A weak source's word about a clinic: taken only where nobody else has said anything."""

from __future__ import annotations

from fysfinder.clinics.bulk_changes import Edit
from fysfinder.clinics.provenance import Origin
from fysfinder.imports.record import Record
from fysfinder.imports.states import State

NEVER = frozenset({"street", "postcode", "name"})  # where a clinic is and what it is called is not for guests to say


def suggestion(clinic_id: int, record: Record, state: State, origin: Origin) -> Edit:
    """Set what is unknown, and renew what this source has said before. state: states_of."""
    said = {key.removeprefix("fact "): value[0] for key, value in state.items() if key.startswith("fact ")}
    mine = {name for name, source in said.items() if source == origin.source}
    held = said.keys() - mine
    changes = {
        name: value
        for name, value in record.facts.items()
        if name not in held | NEVER and (name in mine or state[f"field {name}"] in (None, ""))
    }
    is_free = "hours" in mine or not (state["rows hours"] or state["rows exceptions"])
    if "hours" in held or not is_free:
        return Edit(clinic_id, origin, changes=changes)
    return Edit(clinic_id, origin, changes=changes, hours=record.week or None, exceptions=record.seasons or None)
