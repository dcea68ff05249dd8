"""Has group classes: ?hold=ja."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fysfinder.search.filters.kinds import FactFilter

GROUP_CLASS = FactFilter(
    key="hold",
    fact="group_classes",
    label=_("Holdtræning"),
    words=_("Har holdtræning"),
    explanation=_("Viser klinikker, der vides at have holdtræning."),
)
