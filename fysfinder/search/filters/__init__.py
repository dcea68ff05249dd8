"""Every filter of the clinic search, in the order of the canonical URL, the page and the API.

To add one: a file beside this and a line in FILTERS.
"""

from __future__ import annotations

from typing import Any

from fysfinder.search.filters.access import ACCESS
from fysfinder.search.filters.agreement import AGREEMENT
from fysfinder.search.filters.base import Filter
from fysfinder.search.filters.group_class import GROUP_CLASS
from fysfinder.search.filters.home_training import HOME_TRAINING
from fysfinder.search.filters.home_visit import HOME_VISIT
from fysfinder.search.filters.insurer import INSURER
from fysfinder.search.filters.language import LANGUAGE
from fysfinder.search.filters.map_view import MAP_VIEW
from fysfinder.search.filters.online import ONLINE
from fysfinder.search.filters.opening import OPENING
from fysfinder.search.filters.price import COURSE, PRICE
from fysfinder.search.filters.radius import RADIUS
from fysfinder.search.filters.topics import TOPICS
from fysfinder.search.filters.vederlagsfri import VEDERLAGSFRI
from fysfinder.search.filters.waiting import WAITING

FILTERS: tuple[Filter[Any], ...] = (
    TOPICS,
    RADIUS,
    MAP_VIEW,
    WAITING,
    OPENING,
    PRICE,
    COURSE,
    AGREEMENT,
    VEDERLAGSFRI,
    ACCESS,
    HOME_VISIT,
    GROUP_CLASS,
    ONLINE,
    HOME_TRAINING,
    LANGUAGE,
    INSURER,
)
FILTER_BY_KEY = {each.key: each for each in FILTERS}
