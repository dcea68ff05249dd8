"""A language somebody there speaks: ?sprog=en,ar. Any one of the chosen is enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.clinics.attributes import LANGUAGES
from fysfinder.search.filters.kinds import ChoicesFilter


def names() -> dict[str, str]:
    return {choice.slug: str(choice.label) for choice in LANGUAGES}


LANGUAGE = ChoicesFilter(
    key="sprog",
    label=_("Sprog"),
    explanation=_("Viser klinikker, der oplyser, at de taler mindst ét af de valgte sprog."),
    combines="any",
    names=names,
    tags=lambda columns: columns.languages,
    sentence=_("Taler %(names)s"),
)
