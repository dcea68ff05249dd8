"""Treats online: ?online=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

ONLINE = FactFilter(
    key="online",
    fact="online",
    label=_("Online konsultation"),
    words=_("Tilbyder online konsultation"),
    explanation=_("Viser klinikker, der vides at tilbyde konsultation online."),
)
