"""Offers vederlagsfri fysioterapi (speciale 62), which is not the same as ydernummer: ?vederlagsfri=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

VEDERLAGSFRI = FactFilter(
    key="vederlagsfri",
    fact="vederlagsfri",
    label=_("Vederlagsfri fysioterapi"),
    words=_("Vederlagsfri fysioterapi"),
    explanation=_("Viser klinikker, der vides at tilbyde vederlagsfri fysioterapi. Det kræver en særlig henvisning."),
)
