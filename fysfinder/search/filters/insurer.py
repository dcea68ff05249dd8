"""A health insurer the clinic works with: ?forsikring=tryg. Any one of the chosen is enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.attributes import INSURERS
from fysfinder.search.filters.kinds import ChoicesFilter


def names() -> dict[str, str]:
    return {choice.slug: str(choice.label) for choice in INSURERS}


INSURER = ChoicesFilter(
    key="forsikring",
    label=_("Forsikring"),
    explanation=_(
        "Viser klinikker, der oplyser, at de samarbejder med mindst ét af de valgte selskaber. "
        "Spørg selskabet, før du starter."
    ),
    combines="any",
    names=names,
    tags=lambda columns: columns.insurers,
    sentence=_("Samarbejder med %(names)s"),
)
