"""'Hvor gør det ondt?': the eight places on the walking figure and what they ask the search for."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class BodyPlace:
    """dot: x and y in the figure's 64 box; None shows a magnifier."""

    label: Promise
    examples: Promise
    query: Promise
    dot: tuple[str, str] | None


BODY_LIST = (
    BodyPlace(_("Nakke og hoved"), _("Spændinger, svimmelhed"), _("nakke"), ("33", "15")),
    BodyPlace(_("Skulder"), _("Frossen skulder, slidgigt"), _("skulder"), ("33", "20.5")),
    BodyPlace(_("Albue og hånd"), _("Tennisalbue, karpaltunnel"), _("albue"), ("41", "28")),
    BodyPlace(_("Ryg"), _("Hold i ryggen, diskusprolaps"), _("ryg"), ("31.5", "28")),
    BodyPlace(_("Hofte og lyske"), _("Slidgigt, ny hofte"), _("hofte"), ("30", "36")),
    BodyPlace(_("Knæ"), _("Løberknæ, korsbånd"), _("knæ"), ("38.5", "45.5")),
    BodyPlace(_("Fod og ankel"), _("Forstuvning, hælspore"), _("fod"), ("36.5", "57.5")),
)
