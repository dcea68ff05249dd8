"""STarT Back: Keele University's nine-item rule for the risk of lasting back trouble, after a screen for danger signs.

The tool is © 2021 Keele University. Its licence is free for non-commercial use, which we cannot promise for whoever
runs this site, and we have not seen the validated Danish wording. So the nine questions are not here: each item has a
short label of our own, and the page says to have Keele's form beside it. The scoring rule is published and is here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import (
    YES_NO,
    Choice,
    Example,
    Field,
    Result,
    Source,
    Tool,
    ToolError,
    Values,
    Words,
)
from fysfinder.tools.reading import missing

LOW_AT_MOST = 3  # of nine
HIGH_FROM = 4  # of the last five
AGREES = "ja"
BOTHERED = ("meget", "ekstremt")  # the two answers of item 9 that count

# (name, address parameter, our own label): items 1–8 in Keele's order. 5–9 are the psychosocial subscale.
ITEMS: tuple[tuple[str, str, Words], ...] = (
    ("leg_pain", "punkt1", _("Punkt 1: smerter ned i benet")),
    ("shoulder_neck_pain", "punkt2", _("Punkt 2: smerter i skulder eller nakke")),
    ("walking", "punkt3", _("Punkt 3: kun korte gåture")),
    ("dressing", "punkt4", _("Punkt 4: længere tid om at klæde sig på")),
    ("fear", "punkt5", _("Punkt 5: utryg ved at være fysisk aktiv")),
    ("worry", "punkt6", _("Punkt 6: mange bekymringer")),
    ("hopelessness", "punkt7", _("Punkt 7: tro på, at det ikke bliver bedre")),
    ("enjoyment", "punkt8", _("Punkt 8: mindre glæde ved det, man plejer")),
)
SUBSCALE = ("fear", "worry", "hopelessness", "enjoyment")
AGREE_OR_NOT = (Choice("ja", _("Enig (ja)")), Choice("nej", _("Uenig (nej)")))


@dataclass(frozen=True, slots=True)
class StartBack:
    """stopped_by is 'urgent' or 'doctor' when the screen ended it; then there is no score."""

    stopped_by: str | None
    total: int | None
    subscale: int | None
    risk: str | None


def risk(total: int, subscale: int) -> str:
    """Keele's rule: 'low' to three points in all, else 'high' from four of the last five, else 'medium'."""
    if total <= LOW_AT_MOST:
        return "low"
    return "high" if subscale >= HIGH_FROM else "medium"


def compute(values: Values) -> StartBack:
    for name, kind in (("urgent_signs", "urgent"), ("doctor_signs", "doctor")):
        if values.text(name) == "ja":
            return StartBack(kind, None, None, None)
    items = [field for field in TOOL.fields if not field.is_required]
    if unanswered := {field.name: missing(field) for field in items if not values.has(field.name)}:
        raise ToolError(unanswered)
    points = {name: int(values.text(name) == AGREES) for name, _param, _label in ITEMS}
    bothered = int(values.text("bothersomeness") in BOTHERED)
    total = sum(points.values()) + bothered
    subscale = sum(points[name] for name in SUBSCALE) + bothered
    return StartBack(None, total, subscale, risk(total, subscale))


def present(output: StartBack) -> Result:
    if output.stopped_by == "urgent":
        text = gettext(
            "Ring til din læge nu. Har lægen lukket, så ring til lægevagten, i Hovedstaden 1813. Er der akut livsfare, "
            "så ring 112. Vi regner ingen score ud, for tegnene skal vurderes først."
        )
        return Result(gettext("Dine svar"), gettext("Søg læge nu"), tone="urgent", notes=(("urgent", text),))
    if output.stopped_by == "doctor":
        text = gettext("Tal med din læge om tegnene, før du bruger skemaet. Vi regner ingen score ud.")
        return Result(gettext("Dine svar"), gettext("Ring til din læge"), notes=(("warn", text),))
    words = {"low": gettext("Lav risiko"), "medium": gettext("Mellem risiko"), "high": gettext("Høj risiko")}
    show = gettext(
        "Gruppen siger noget om risikoen for, at ryggen bliver ved med at genere dig, ikke om årsagen. "
        "Vis svaret til din læge eller fysioterapeut: til hver gruppe hører et forløb."
    )
    return Result(
        gettext("Skemaets gruppe"),
        words[str(output.risk)],
        rows=(
            (gettext("Point i alt"), gettext("%(points)s af 9") % {"points": output.total}),
            (gettext("Heraf de sidste fem punkter"), gettext("%(points)s af 5") % {"points": output.subscale}),
        ),
        notes=(("note", show),),
    )


def _example(agreed: int, bothersomeness: str) -> dict[str, str]:
    """Answers that agree with the last so many of items 1–8, so that the subscale fills first."""
    answers = {name: "ja" if 8 - number <= agreed else "nej" for number, (name, _p, _l) in enumerate(ITEMS)}
    return {"urgent_signs": "nej", "doctor_signs": "nej", **answers, "bothersomeness": bothersomeness}


TOOL = Tool(
    name="start_back",
    slug="start-back",
    topics=("laendesmerter",),
    keywords=(
        "start back",
        "startback",
        "rygtest",
        "rygskema",
        "spørgeskema om ryg",
        "risiko for langvarige rygsmerter",
        "back screening",
    ),
    title=_("STarT Back: risiko for langvarige rygsmerter"),
    summary=_("Regn Keeles skema med ni punkter sammen. Først spørger vi til tegn, der skal vurderes af en læge."),
    fields=(
        Field("urgent_signs", "akutte-tegn", _("Har du et af tegnene i den røde boks?"), "choice", choices=YES_NO),
        Field("doctor_signs", "laege-tegn", _("Har du et af tegnene i den gule boks?"), "choice", choices=YES_NO),
        *(
            Field(
                name,
                param,
                label,
                "choice",
                choices=AGREE_OR_NOT,
                is_required=False,
                is_conditional=True,
                group=_("De seneste 2 uger"),
            )
            for name, param, label in ITEMS
        ),
        Field(
            "bothersomeness",
            "punkt9",
            _("Punkt 9: hvor meget ryggen har generet"),
            "choice",
            choices=(
                Choice("slet-ikke", _("Slet ikke")),
                Choice("lidt", _("Lidt")),
                Choice("moderat", _("Moderat")),
                Choice("meget", _("Meget")),
                Choice("ekstremt", _("Ekstremt")),
            ),
            is_required=False,
            is_conditional=True,
            group=_("De seneste 2 uger"),
        ),
    ),
    compute=compute,
    present=present,
    submit=_("Regn sammen"),
    urgent_signs=(
        _("du er følelsesløs i skridtet, omkring endetarmen eller på indersiden af lårene"),
        _("du har fået svært ved at komme af med vandet eller holde på vand eller afføring"),
        _("du mister hurtigt kraften i benene, eller du har fået smerter ned i begge ben"),
        _("nedsat kraft eller følesans i benet bliver værre"),
    ),
    doctor_signs=(
        _("smerterne går til under knæet, og du har mindre kraft eller følesans i benet"),
        _("du har feber, taber dig uden grund eller har andre alvorlige symptomer"),
    ),
    method=(
        _("Ét point for hvert punkt, du er enig i, og ét, hvis ryggen har generet dig ”meget” eller ”ekstremt”."),
        _(
            "0–3 point i alt er lav risiko. Ved 4 eller flere ser man på de sidste fem punkter: "
            "4 eller 5 af dem er høj risiko, færre er mellem."
        ),
        _(
            "Skemaet er © 2021 Keele University og delvist støttet af Versus Arthritis. "
            "Det er frit til ikke-kommerciel brug. Vi gengiver ikke spørgsmålene, kun vores egne stikord, "
            "fordi vi ikke har set den afprøvede danske oversættelse. Hav Keeles skema ved siden af. "
            "Svarer du kun efter stikordene, er gruppen et fingerpeg."
        ),
    ),
    cautions=(
        _("Skemaet er lavet til sundhedspersoner og kun til smerter i lænden, ikke til nakke, skulder eller knæ."),
        _("Hos kiropraktorpatienter kunne grupperne ikke forudsige forløbet. Det rammer altså ikke ens overalt."),
    ),
    examples=(
        Example(_example(3, "lidt"), {"total": 3, "subscale": 3, "risk": "low"}, _("0–3 i alt: lav"), 1),
        Example(_example(3, "meget"), {"total": 4, "subscale": 4, "risk": "high"}, _("4 i alt, 4 af de fem: høj"), 1),
        Example(_example(8, "slet-ikke"), {"total": 8, "subscale": 4, "risk": "high"}, _("4 af de fem: høj"), 1),
        Example(
            {**_example(0, "moderat"), "leg_pain": "ja", "shoulder_neck_pain": "ja", "walking": "ja", "dressing": "ja"},
            {"total": 4, "subscale": 0, "risk": "medium"},
            _("4 i alt, 0 af de fem: mellem"),
            1,
        ),
        Example(
            {"urgent_signs": "ja", "doctor_signs": "nej"},
            {"stopped_by": "urgent", "risk": None},
            _("Tegn på fare stopper skemaet"),
            5,
        ),
    ),
    sources=(
        Source(
            "Using and scoring the Keele STarT Back Screening Tool",
            "Keele University",
            "http://www.keele.ac.uk/sbst/usingscoringthesbst/",
            _("Hvad de ni punkter handler om, de sidste fem og grænserne 0–3, 4–9 og 4–5."),
        ),
        Source(
            "STarT Back: copyright",
            "Keele University",
            "https://startback.hfac.keele.ac.uk/privacy-policy/",
            _("Rettigheder, støtte, og hvem og hvad skemaet er lavet til."),
        ),
        Source(
            "Translation and discriminative validation of the STarT Back Screening Tool into Danish",
            "European Spine Journal, 2011",
            "https://link.springer.com/article/10.1007/s00586-011-1911-6",
            _("At der er en afprøvet dansk udgave, hvor fire punkter besvares med ja eller nej."),
        ),
        Source(
            "Akut lændehold (lumbago), 2018",
            "min.medicin.dk",
            "https://min.medicin.dk/Sygdomme/Sygdom/214",
            _("Hvornår man kontakter lægen, og hvornår omgående."),
        ),
        Source(
            "Got back pain?",
            "Norfolk and Waveney Community Health (NHS)",
            "https://norfolkandwaveneycommunityhealth.nhs.uk/msk/refer-yourself/systmconnect/got-back-pain/",
            _("Tegnene på tryk på nerverne nederst i ryggen."),
        ),
        Source(
            "Fakta om 1813",
            "Region Hovedstaden",
            "https://www.regionh.dk/presse-og-nyt/pressemeddelelser-og-nyheder/Sider/Fakta-om-1813.aspx",
            _("Hvornår man ringer 112, 1813 og egen læge."),
        ),
        Source(
            "The STarT Back tool in chiropractic practice",
            "PubMed Central (PMC3422208)",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC3422208",
            _("At grupperne ikke forudsagde forløbet hos 404 kiropraktorpatienter."),
        ),
    ),
)
