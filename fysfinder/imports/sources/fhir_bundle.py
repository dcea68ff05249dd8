"""A FHIR R4 Bundle's resources, found by every way one points at another: ids, addresses, contained ones, identifiers.

What has ended is left out by the bundle's own day: contacts by their period and 'old', closed days that are over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from fysfinder.imports.timetable import day_of

Resource = dict[str, Any]
FARTHEST = 10  # steps up through partOf; a ring of them ends here


def dicts(value: Any) -> list[Resource]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def dict_of(value: Any) -> Resource:
    return value if isinstance(value, dict) else {}


class Bundle:
    """day: what counts as now when a period is looked at."""

    def __init__(self, bundle: Resource, today: dt.date) -> None:
        self.day = day_of(bundle.get("timestamp")) or today
        self.resources: list[Resource] = []
        self._by_reference: dict[str, Resource] = {}
        for entry in dicts(bundle.get("entry")):
            resource = entry.get("resource")
            if isinstance(resource, dict):
                self._file(resource, str(entry.get("fullUrl", "")))

    def _file(self, resource: Resource, address: str) -> None:
        self.resources.append(resource)
        kind = resource.get("resourceType")
        self._by_reference[f"{kind}/{resource.get('id')}"] = resource
        if address:
            self._by_reference[address] = resource
        for identifier in dicts(resource.get("identifier")):
            self._by_reference.setdefault(_key_of(str(kind), identifier), resource)
        for inner in dicts(resource.get("contained")):  # known to its holder alone, and by an id of its own for us
            inner["_holder"] = resource
            inner["id"] = f"{resource.get('id')}#{str(inner.get('id', '')).lstrip('#')}"
            self.resources.append(inner)

    def of(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.get("resourceType") == kind]

    def follow(self, holder: Resource, reference: Any) -> Resource:
        """What the holder's reference points at; empty when it is not in the bundle."""
        said = dict_of(reference)
        text = str(said.get("reference", "")).split("/_history/")[0]
        if text.startswith("#"):
            outer = holder.get("_holder", holder)
            if text == "#":
                return dict_of(outer)
            return next((one for one in dicts(outer.get("contained")) if one["id"] == f"{outer.get('id')}{text}"), {})
        found = self._by_reference.get(text) or self._by_reference.get("/".join(text.split("/")[-2:]))
        if found is None and said.get("identifier"):
            kinds = [str(said["type"])] if said.get("type") else ["Organization", "Location"]
            keys = (_key_of(kind, dict_of(said["identifier"])) for kind in kinds)
            found = next((self._by_reference[key] for key in keys if key in self._by_reference), None)
        return found or {}

    def up(self, resource: Resource) -> Iterator[Resource]:
        """The resource and what it is part of, nearest first."""
        for _step in range(FARTHEST):
            if not resource:
                return
            yield resource
            resource = self.follow(resource, resource.get("partOf"))

    def contacts(self, holders: list[Resource], system: str) -> str:
        """The value to use now: of the first holder that has one, the lowest rank first, 'temp' last."""
        for holder in holders:
            found = [
                contact
                for contact in dicts(holder.get("telecom"))
                if contact.get("system") == system and contact.get("value") and self._is_now(contact)
            ]
            if found:
                return str(min(found, key=_rank)["value"])
        return ""

    def _is_now(self, contact: Resource) -> bool:
        """Parts of a date hold for all of it: a period that ends in '2026' ends with that year."""
        period, now = dict_of(contact.get("period")), self.day.isoformat()
        first, last = (str(period.get(end) or "")[:10] for end in ("start", "end"))
        return contact.get("use") != "old" and first <= now[: len(first)] and (not last or now[: len(last)] <= last)


def _rank(contact: Resource) -> tuple[bool, float]:
    rank = contact.get("rank")
    return contact.get("use") == "temp", rank if isinstance(rank, int) else float("inf")


def _key_of(kind: str, identifier: Resource) -> str:
    return f"{kind}|{identifier.get('system', '')}|{identifier.get('value', '')}"


def is_active(resource: Resource) -> bool:
    """A service or an organization says 'active', a place its status; one entered in error never was."""
    status = resource.get("status", "active")
    return resource.get("active", True) is not False and status == "active"
