"""Body fat from a tape measure: the US Navy's circumference equations by Hodgdon and Beckett."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import SEXES, Example, Field, Limit, Result, Source, Tool, ToolError, Values
from fysfinder.tools.reading import missing
from fysfinder.tools.wording import decimal, rounded

CM_PER_INCH = 2.54
# Percentage points either side (medicalalgorithms.com: 3.52 for men, 3.72 for women).
ERROR_POINTS = {"kvinde": 3.7, "mand": 3.5}
PLAUSIBLE = (2.0, 65.0)  # a lower or higher figure is a slip of the tape, not a body


@dataclass(frozen=True, slots=True)
class BodyFat:
    body_fat_percent: float
    low_percent: float
    high_percent: float
    fat_kg: float | None
    lean_kg: float | None


def men(waist_cm: float, neck_cm: float, height_cm: float) -> float:
    girth, height = (waist_cm - neck_cm) / CM_PER_INCH, height_cm / CM_PER_INCH
    return 86.010 * math.log10(girth) - 70.041 * math.log10(height) + 36.76


def women(waist_cm: float, hip_cm: float, neck_cm: float, height_cm: float) -> float:
    girth, height = (waist_cm + hip_cm - neck_cm) / CM_PER_INCH, height_cm / CM_PER_INCH
    return 163.205 * math.log10(girth) - 97.684 * math.log10(height) - 78.387


def percent(values: Values) -> float:
    """The estimate, refused when the measures cannot belong to one body."""
    waist, neck, height = (values.number(name) for name in ("waist_cm", "neck_cm", "height_cm"))
    if values.text("sex") == "kvinde":
        if not values.has("hip_cm"):
            hip = next(field for field in TOOL.fields if field.name == "hip_cm")
            raise ToolError({"hip_cm": missing(hip)})
        found = women(waist, values.number("hip_cm"), neck, height)
    else:
        if waist <= neck:
            raise ToolError({"waist_cm": gettext("Taljen skal måle mere end halsen. Mål igen, eller tjek tallene.")})
        found = men(waist, neck, height)
    if not PLAUSIBLE[0] <= found <= PLAUSIBLE[1]:
        raise ToolError({"waist_cm": gettext("Målene passer ikke sammen til et rimeligt tal. Mål talje og hals igen.")})
    return found


def compute(values: Values) -> BodyFat:
    found, error = percent(values), ERROR_POINTS[values.text("sex")]
    weight = values.number("weight_kg") if values.has("weight_kg") else None
    return BodyFat(
        body_fat_percent=rounded(found, 1),
        low_percent=rounded(max(found - error, 0), 0),
        high_percent=rounded(found + error, 0),
        fat_kg=None if weight is None else rounded(weight * found / 100, 1),
        lean_kg=None if weight is None else rounded(weight * (100 - found) / 100, 1),
    )


def present(output: BodyFat) -> Result:
    span = f"{decimal(output.low_percent, 0)}–{decimal(output.high_percent, 0)} %"
    rows = [(gettext("Usikkerhed: oftest mellem"), span)]
    if output.fat_kg is not None and output.lean_kg is not None:
        rows.append((gettext("Fedt"), f"{decimal(output.fat_kg, 1)} kg"))
        rows.append((gettext("Alt andet end fedt"), f"{decimal(output.lean_kg, 1)} kg"))
    return Result(gettext("Skøn over din fedtprocent"), f"{decimal(output.body_fat_percent, 1)} %", rows=tuple(rows))


TOOL = Tool(
    name="body_fat",
    slug="fedtprocent",
    topics=("overvaegt",),
    keywords=("fedtprocent", "kropsfedt", "fedt procent", "body fat", "body fat percentage"),
    title=_("Fedtprocent med målebånd"),
    summary=_("Et skøn efter den amerikanske flådes metode: kun målebånd, ingen vægt nødvendig."),
    fields=(
        Field("sex", "koen", _("Køn"), "choice", choices=SEXES, hint=_("Formlerne findes kun for to køn.")),
        Field(
            "height_cm",
            "hoejde",
            _("Højde"),
            unit=_("cm"),
            low=Limit(130, _("Skriv højden i centimeter. Metoden er lavet for voksne.")),
            high=Limit(230, _("Skriv højden i centimeter.")),
            example="175",
        ),
        Field(
            "neck_cm",
            "hals",
            _("Hals"),
            unit=_("cm"),
            low=Limit(20, _("Skriv målet i centimeter.")),
            high=Limit(80, _("Skriv målet i centimeter.")),
            hint=_("Lige under strubehovedet."),
            example="38",
        ),
        Field(
            "waist_cm",
            "talje",
            _("Talje"),
            unit=_("cm"),
            low=Limit(40, _("Skriv målet i centimeter.")),
            high=Limit(220, _("Skriv målet i centimeter.")),
            hint=_("Mænd: ud for navlen. Kvinder: hvor taljen er smallest."),
            example="86",
        ),
        Field(
            "hip_cm",
            "hofte",
            _("Hofte"),
            unit=_("cm"),
            low=Limit(50, _("Skriv målet i centimeter.")),
            high=Limit(230, _("Skriv målet i centimeter.")),
            is_required=False,
            is_conditional=True,
            hint=_("Kun for kvinder: hvor hoften er bredest."),
            example="98",
        ),
        Field(
            "weight_kg",
            "vaegt",
            _("Vægt"),
            unit=_("kg"),
            low=Limit(30, _("Skriv vægten i kilo.")),
            high=Limit(300, _("Skriv vægten i kilo.")),
            is_required=False,
            hint=_("Kun for at regne procenten om til kilo."),
            example="72,5",
        ),
    ),
    compute=compute,
    present=present,
    method=(
        _(
            "Hodgdon og Becketts ligninger (mål i tommer, vi regner om fra centimeter). "
            "Mænd: 86,010 × log(talje − hals) − 70,041 × log(højde) + 36,76. "
            "Kvinder: 163,205 × log(talje + hofte − hals) − 97,684 × log(højde) − 78,387."
        ),
        _("Usikkerheden er ligningernes egen: omkring 3,5 procentpoint for mænd og 3,7 for kvinder."),
    ),
    cautions=(
        _("Metoden er lavet på voksne i militæret og kan ramme skævt hos andre."),
        _("Brug den hellere til at følge dig selv over tid end som et tal for sig."),
    ),
    examples=(
        Example(
            {"sex": "mand", "height_cm": "177,8", "waist_cm": "86,36", "neck_cm": "38,1"},
            {"body_fat_percent": 17.5, "fat_kg": None},
            _("Det regnede eksempel 70, 34 og 15 tommer: 17,5 %"),
            2,
        ),
        Example(
            {"sex": "kvinde", "height_cm": 165, "waist_cm": 75, "hip_cm": 98, "neck_cm": 33, "weight_kg": 62},
            {"body_fat_percent": 28.7, "fat_kg": 17.8, "lean_kg": 44.2},
            _("Inden for 0,5 procentpoint af samme forfatteres ligning for kroppens tæthed"),
            1,
        ),
    ),
    sources=(
        Source(
            "Equations of Hodgdon and Beckett for predicting body density and percent body fat",
            "Medical Algorithms Company",
            "https://www.medicalalgorithms.com/equations-of-hodgdon-and-beckett-for-predicting-body-density-and-percent-body-fat-in-adults-us-navy-equations",
            _("Hvor der måles, ligningerne for tæthed og usikkerheden."),
        ),
        Source(
            "Body fat calculator",
            "qcalculator",
            "https://qcalculator.pages.dev/health/body-fat-calculator",
            _("Ligningerne i tommer og det regnede eksempel."),
        ),
        Source(
            "Development of the DoD body composition estimation equations (1999)",
            "Naval Health Research Center",
            "https://fr.scribd.com/document/235446888/kurilla5",
            _("At ligningerne er lavet til forsvarets mænd og kvinder."),
        ),
    ),
)
