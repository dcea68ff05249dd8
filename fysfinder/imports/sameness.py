"""What a record would make another of a clinic: whether it has moved, and whether it says anything new at all."""

from __future__ import annotations

from collections.abc import Sequence

from fysfinder.clinics.ledger import plain_rows
from fysfinder.clinics.prices import PriceRow
from fysfinder.clinics.rows import exception_values, hour_values
from fysfinder.imports.record import Record
from fysfinder.imports.states import State


def says_the_same(record: Record, prices: Sequence[PriceRow], state: State) -> bool:
    """Whether nothing but the dates of the clinic would become another. state: states_of."""
    if record.name != state["field name"] or has_moved(record, state["field street"], state["field postcode_id"]):
        return False
    if any(state[f"field {name}"] != value for name, value in record.facts.items()):
        return False
    services = {price.service for price in prices}
    held = [row[:6] for row in state["rows prices"] if row[0] in services]
    wanted = [[price.service, None, price.low_ore, price.high_ore, None, price.is_agreement_tariff] for price in prices]
    hours = [list(row) for row in hour_values(record.week)]
    known = [row for row in state["rows hours"] if row[0] < len(record.week)]  # a week of seven leaves the switches be
    is_same_week = not record.week or sorted(hours, key=repr) == known
    is_same_season = not record.seasons or plain_rows(exception_values(record.seasons)) == state["rows exceptions"]
    return sorted(held, key=repr) == sorted(wanted, key=repr) and is_same_week and is_same_season


def has_moved(record: Record, street: str, postcode: str) -> bool:
    """A guessed postcode never replaces one we have; a stated one, or another street, does."""
    if record.location is None:
        return False
    if street != record.facts.get("street", street):
        return True
    return record.location.is_stated and postcode != record.location.postcode
