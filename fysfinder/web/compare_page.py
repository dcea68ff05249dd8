"""All the compare page prints: two to four clinics side by side, or how to get there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.http import query_string
from fysfinder.clinics.cards import ClinicCard
from fysfinder.clinics.queries import MOST_COMPARED, similar
from fysfinder.web.clinic_page import OtherClinic, other_clinics
from fysfinder.web.compare_rows import Row, rows

LETTERS = "ABCD"
SUGGESTED = 4
MOST_READ = 50  # of a hostile address


@dataclass(frozen=True, slots=True)
class Column:
    letter: str
    slug: str
    path: str
    name: str
    address: str
    phone: str
    remove: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    heading: str
    lead: str
    caption: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    different: tuple[Row, ...]
    different_title: str
    same: tuple[Row, ...]
    same_title: str
    suggestions: tuple[OtherClinic, ...]
    today: dt.date


def wanted_slugs(values: Sequence[str]) -> list[str]:
    """The slugs asked for, each once."""
    return list(dict.fromkeys(value.strip()[:100] for value in values[:MOST_READ] if value.strip()))


def compare_path(slugs: Sequence[str]) -> str:
    return reverse("compare") + query_string(("k", slug) for slug in slugs)


def compare_page(cards: Sequence[ClinicCard], asked: Sequence[str], *, now: dt.datetime) -> ComparePage:
    """cards are those found for the first slugs asked for, in their order."""
    found = rows(cards, now) if len(cards) > 1 else []
    different, same = [row for row in found if not row.is_same], [row for row in found if row.is_same]
    heading = ngettext("Sammenlign %(n)d klinik", "Sammenlign %(n)d klinikker", len(cards)) % {"n": len(cards)}
    near = similar(cards[0], today=now.date(), limit=SUGGESTED) if len(cards) == 1 else []
    return ComparePage(
        heading=heading if len(cards) > 1 else _("Sammenlign klinikker"),
        lead=lead(len(cards)),
        caption=heading,
        notes=notes(len(cards), asked),
        columns=tuple(column(card, place, cards) for place, card in enumerate(cards)),
        different=tuple(different),
        different_title=_("Her er de forskellige (%(n)d)") % {"n": len(different)},
        same=tuple(same),
        same_title=_("Her er de ens (%(n)d)") % {"n": len(same)},
        suggestions=other_clinics(near),
        today=now.date(),
    )


def lead(count: int) -> str:
    if count == 0:
        return _(
            "Vælg to til fire klinikker, så stiller vi deres ventetid, pris, adgang og resten op ved siden af hinanden."
        )
    if count == 1:
        return _("Du har valgt én klinik. Vælg en til, så kan du sammenligne.")
    return _("Alt, klinikkerne har oplyst, med dato. Det, vi ikke ved, står som ikke oplyst.")


def notes(found: int, asked: Sequence[str]) -> tuple[str, ...]:
    """What could not be shown as asked for, and why."""
    said = []
    if len(asked) > MOST_COMPARED:
        said.append(_("Du kan sammenligne fire ad gangen. Her er de fire første."))
    missing = min(len(asked), MOST_COMPARED) - found
    if missing > 0:
        words = ngettext(
            "%(n)d klinik fra adressen findes ikke længere.",
            "%(n)d klinikker fra adressen findes ikke længere.",
            missing,
        )
        said.append(words % {"n": missing})
    return tuple(said)


def column(card: ClinicCard, place: int, cards: Sequence[ClinicCard]) -> Column:
    rest = [other.slug for other in cards if other.slug != card.slug]
    path = reverse("clinic", args=[card.slug])
    return Column(LETTERS[place], card.slug, path, card.name, card.address, card.phone, compare_path(rest))
