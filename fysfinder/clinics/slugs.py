"""The addresses of clinics' pages: the name's slug, as long as it is or was no other clinic's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

from fysfinder.base.text import slugify
from fysfinder.clinics.models import Clinic, ClinicSlug

MAX_SLUG = 100
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """owner: the clinic that wants it, when it has slugs already; it may take one of its own back."""

    name: str
    town: str
    owner: int | None = None


def free_slugs(wishes: Sequence[Wish]) -> list[str]:
    """The name's slug; when it is or was another clinic's, with the town, then with a number. Two queries for all.

    The caller holds the transaction and writes them; a second writer meets the unique constraint.
    """
    starts = [
        tuple(slugify(text, max_length=MAX_SLUG - 5) or "klinik" for text in (wish.name, f"{wish.name} {wish.town}"))
        for wish in wishes
    ]
    owners = _owners({slug for pair in starts for slug in pair})
    free = []
    for wish, (plain, with_town) in zip(wishes, starts, strict=True):
        slug = _first((plain, with_town), wish, owners) or _numbered(with_town, wish, owners)
        owners[slug] = wish.owner
        free.append(slug)
    return free


def _first(slugs: Sequence[str], wish: Wish, owners: dict[str, int | None]) -> str | None:
    return next((slug for slug in slugs if slug not in owners or (owners[slug] == wish.owner is not None)), None)


def _numbered(start: str, wish: Wish, owners: dict[str, int | None]) -> str:
    for first in count(2, _AT_ONCE):
        numbered = [f"{start}-{number}" for number in range(first, first + _AT_ONCE)]
        owners |= {slug: owner for slug, owner in _owners(numbered).items() if slug not in owners}
        if slug := _first(numbered, wish, owners):
            return slug
    raise AssertionError("there is always a next number")


def _owners(slugs: Collection[str]) -> dict[str, int | None]:
    present = Clinic.objects.filter(slug__in=slugs).values_list("slug", "pk")
    past = ClinicSlug.objects.filter(slug__in=slugs).values_list("slug", "clinic_id")
    return dict([*past, *present])
