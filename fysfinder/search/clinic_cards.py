"""Cards of the present directory: each is read once a version and day, and then kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from fysfinder.clinics.queries import ClinicCard, cards
from fysfinder.search.directory import directory
from fysfinder.search.memory import Memory
from fysfinder.tariffs.queries import known_tariffs

CARDS_LIMIT = 2_000  # about 10 kB each


def clinic_cards(ids: Sequence[int], *, today: dt.date) -> list[ClinicCard]:
    """As clinics.queries.cards, as new as the columns the ids came from. One query when all are kept."""
    tariffs = known_tariffs()  # a card's prices follow the tariffs, which the directory's version does not
    kept = directory().remember_course(("cards", today, tariffs), lambda: Memory(CARDS_LIMIT))
    found = {pk: cast("ClinicCard | None", kept.peek(pk)) for pk in ids}
    for card in cards([pk for pk, card in found.items() if card is None], today=today):
        found[card.id] = card
        kept.get(card.id, lambda card=card: card)  # type: ignore[misc]  # bound now, not later
    return [card for card in found.values() if card is not None]
