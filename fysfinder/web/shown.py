"""The small shapes that cards, receipts and comparisons print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """When a fact was last confirmed, the word before the date, and by whom."""

    on: dt.date
    how: str
    source: str
    # On the clinic's own page the date opens to all of it (web/fact_sources.py):
    label: str = ""  # the fact's name
    channel: str = ""  # 'klinikken', 'register' …: how it reached us
    is_due: bool = False  # nobody has confirmed it within its interval
    before: str = ""  # what it said before, in words
    report: str = ""  # where to say that it is wrong


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three answers; an empty value is unknown. is_mine: worked out for the visitor's own situation."""

    label: str
    value: str
    note: str = ""
    dated: Dated | None = None
    is_mine: bool = False
    fact: str = ""  # the fact the answer rests on
