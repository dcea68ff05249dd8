"""A weak source's word about a clinic: taken only where nobody else has said anything."""

from __future__ import annotations

from fysfinder.clinics.actions import Origin, replace_hours, update_clinic
from fysfinder.clinics.models import Clinic, Fact
from fysfinder.imports.record import Record

NEVER = frozenset({"street", "postcode", "name"})  # where a clinic is and what it is called is not for guests to say


def suggest(*, clinic: Clinic, record: Record, origin: Origin) -> None:
    """Set what is unknown, and renew what this source has said before."""
    mine = set(Fact.objects.filter(clinic=clinic, source=origin.source).values_list("name", flat=True))
    held = set(Fact.objects.filter(clinic=clinic).exclude(source=origin.source).values_list("name", flat=True))
    changes = {
        name: value
        for name, value in record.facts.items()
        if name not in held | NEVER and (name in mine or getattr(clinic, name) in (None, ""))
    }
    if changes:
        update_clinic(clinic=clinic, changes=changes, origin=origin)
    is_free = "hours" in mine or not clinic.opening_hours.exists()
    if record.week and "hours" not in held and is_free:
        replace_hours(clinic=clinic, hours=record.week, origin=origin)
