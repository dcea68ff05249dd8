"""What a page shows, as tags: a write names the tags it touches, and kept pages that carry one are dropped.

Denmark is divided in cells of a quarter of a degree of latitude by half a degree of longitude (about 28 by 31 km), so
that a page about an area is dropped by writes within its reach and by no others.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from fysfinder.clinics.models import Clinic, ClinicTopic
from fysfinder.topics.queries import with_ancestors

DIRECTORY = "directory"  # touched by every write about a clinic
CELL_LAT, CELL_LON = 0.25, 0.5  # degrees
KM_PER_DEGREE = 111.2


def clinic_tag(slug: str) -> str:
    return f"clinic-{slug}"


def topic_tag(slug: str) -> str:
    return f"topic-{slug}"


def area_tag(lat: float, lon: float) -> str:
    return f"area-{math.floor(lat / CELL_LAT)}-{math.floor(lon / CELL_LON)}"


def area_tags(lat: float, lon: float, radius_km: float) -> set[str]:
    """Every cell that a circle may reach into: those of the square around it."""
    lats = radius_km / KM_PER_DEGREE
    lons = lats / math.cos(math.radians(min(abs(lat) + lats, 89)))
    rows = range(math.floor((lat - lats) / CELL_LAT), math.floor((lat + lats) / CELL_LAT) + 1)
    columns = range(math.floor((lon - lons) / CELL_LON), math.floor((lon + lons) / CELL_LON) + 1)
    return {f"area-{row}-{column}" for row in rows for column in columns}


def clinic_tags(clinic: Clinic) -> set[str]:
    """All that a write about this clinic may change: itself, its area, what it offers and what that is a kind of."""
    return tags_of([clinic])


def tags_of(clinics: Collection[Clinic]) -> set[str]:
    """The same for a batch of clinics. One query."""
    pks = [clinic.pk for clinic in clinics]
    offered = ClinicTopic.objects.filter(clinic__in=pks).values_list("topic__slug", flat=True).distinct()
    topics = {slug for each in offered for slug in with_ancestors(each)}
    places = {tag for clinic in clinics for tag in (clinic_tag(clinic.slug), area_tag(clinic.lat, clinic.lon))}
    return {DIRECTORY, *places, *map(topic_tag, topics)}
