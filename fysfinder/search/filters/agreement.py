"""Under the agreement with the regions (ydernummer): ?ydernummer=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

AGREEMENT = FactFilter(
    key="ydernummer",
    fact="agreement",
    label=_("Ydernummer"),
    words=_("Har ydernummer"),
    explanation=_("Viser klinikker, der vides at have ydernummer: med henvisning giver det offentlige tilskud."),
)
