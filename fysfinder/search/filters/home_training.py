"""Gives an exercise programme for home: ?hjemmetraening=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

HOME_TRAINING = FactFilter(
    key="hjemmetraening",
    fact="home_training",
    label=_("Træning hjemme"),
    words=_("Træningsprogram til hjemmet"),
    explanation=_("Viser klinikker, der vides at give et træningsprogram med hjem."),
)
