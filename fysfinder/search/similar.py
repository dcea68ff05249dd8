"""Clinics like this one: near by, and with most of its topics. From the columns, so it takes no query."""

from __future__ import annotations

import datetime as dt

import numpy as np

from fysfinder.clinics.cards import ClinicCard
from fysfinder.search.area import Circle
from fysfinder.search.bits import Rows
from fysfinder.search.clinic_cards import clinic_cards
from fysfinder.search.columns import Columns, kilometres
from fysfinder.search.directory import directory
from fysfinder.topics.queries import taxonomy

WORD = 64  # bits


def similar(card: ClinicCard, *, today: dt.date, limit: int = 3, km: float = 25) -> list[tuple[ClinicCard, float]]:
    """Published clinics near by that share most topics with this one, nearest first among equals; with distance in km.

    Looks within a fifth of km first, and within km where that finds few.
    """
    columns, distances = directory(), dict[int, float]()
    for reach_km in (km / 5, km):
        rows, squares = Circle(columns, (card.lat, card.lon), reach_km).measured(columns.everyone())
        away = kilometres(squares)
        is_near = (away <= reach_km) & (columns.ids[rows] != card.id)
        rows, away = rows[is_near], away[is_near]
        best = np.lexsort((columns.ids[rows], away, -shared_topics(columns, card, rows)))[:limit]
        distances = dict(zip(columns.ids[rows[best]].tolist(), away[best].tolist(), strict=True))
        if len(rows) >= 4 * limit:
            break
    return [(other, distances[other.id]) for other in clinic_cards(list(distances), today=today)]


def shared_topics(columns: Columns, card: ClinicCard, rows: Rows) -> Rows:
    """How many of the card's topics each of the rows says it offers."""
    held = taxonomy().by_id
    slugs = (held[pk].slug for pk in card.topic_ids if pk in held)
    named = [columns.topics.position[slug] for slug in slugs if slug in columns.topics.position]
    words = columns.topics.yes[named][:, rows // WORD]
    counts: Rows = ((words >> (rows % WORD).astype(np.uint64)) & np.uint64(1)).sum(axis=0).astype(np.intp)
    return counts
