"""Comes home to the patient: ?hjemmebesoeg=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

HOME_VISIT = FactFilter(
    key="hjemmebesoeg",
    fact="home_visits",
    label=_("Hjemmebesøg"),
    words=_("Kommer hjem til dig"),
    explanation=_("Viser klinikker, der vides at komme på hjemmebesøg."),
)
