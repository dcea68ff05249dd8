"""Names of many clinics at once, where a card would be too much: the map."""

from __future__ import annotations

from collections.abc import Sequence

from fysfinder.clinics.models import Clinic


def names_of(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Slug and name of each published clinic of these."""
    rows = Clinic.objects.published().filter(pk__in=ids).values_list("pk", "slug", "name")
    return {pk: (slug, name) for pk, slug, name in rows}
