"""Energy for a day: Mifflin–St Jeor and the revised Harris–Benedict, times activity, with a floor under any diet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import SEXES, Choice, Example, Field, Limit, Result, Source, Tone, Tool, Values
from fysfinder.tools.wording import decimal, half_up

FLOOR_KCAL = {"kvinde": 1200, "mand": 1500}
STUDIED_YEARS = range(19, 79)  # the ages Mifflin and St Jeor measured
KJ_PER_KCAL = Fraction(4184, 1000)

ACTIVITY = {
    "stillesiddende": Fraction("1.2"),
    "let": Fraction("1.375"),
    "moderat": Fraction("1.55"),
    "aktiv": Fraction("1.725"),
    "meget-aktiv": Fraction("1.9"),
}

# sex → (constant, per kg, per cm, per year)
MIFFLIN = {
    "kvinde": (Fraction(-161), Fraction(10), Fraction("6.25"), Fraction(-5)),
    "mand": (Fraction(5), Fraction(10), Fraction("6.25"), Fraction(-5)),
}
HARRIS_BENEDICT = {
    "kvinde": (Fraction("447.593"), Fraction("9.247"), Fraction("3.098"), Fraction("-4.330")),
    "mand": (Fraction("88.362"), Fraction("13.397"), Fraction("4.799"), Fraction("-5.677")),
}


@dataclass(frozen=True, slots=True)
class Calories:
    """All in kcal a day, whole. is_raised: the target was lifted to the floor."""

    resting_mifflin_kcal: int
    resting_harris_benedict_kcal: int
    daily_kcal: int
    daily_harris_benedict_kcal: int
    target_kcal: int
    floor_kcal: int
    is_raised: bool
    is_within_studied_ages: bool


def resting(formula: Mapping[str, tuple[Fraction, Fraction, Fraction, Fraction]], values: Values) -> Fraction:
    constant, per_kg, per_cm, per_year = formula[values.text("sex")]
    body = per_kg * values.exact("weight_kg") + per_cm * values.exact("height_cm")
    return constant + body + per_year * values.exact("age_years")


def compute(values: Values) -> Calories:
    factor, floor = ACTIVITY[values.text("activity")], FLOOR_KCAL[values.text("sex")]
    mifflin, harris_benedict = resting(MIFFLIN, values), resting(HARRIS_BENEDICT, values)
    deficit = values.exact("deficit_kcal") if values.has("deficit_kcal") else Fraction(0)
    wanted = half_up(mifflin * factor - deficit)
    return Calories(
        resting_mifflin_kcal=half_up(mifflin),
        resting_harris_benedict_kcal=half_up(harris_benedict),
        daily_kcal=half_up(mifflin * factor),
        daily_harris_benedict_kcal=half_up(harris_benedict * factor),
        target_kcal=max(wanted, floor),
        floor_kcal=floor,
        is_raised=wanted < floor,
        is_within_studied_ages=int(values.exact("age_years")) in STUDIED_YEARS,
    )


def kcal(value: int) -> str:
    """'1.675 kcal (7.008 kJ)'"""
    words = {"kcal": decimal(value, 0), "kj": decimal(half_up(value * KJ_PER_KCAL), 0)}
    return gettext("%(kcal)s kcal (%(kj)s kJ)") % words


def present(output: Calories) -> Result:
    rows = (
        (gettext("I hvile, Mifflin–St Jeor"), kcal(output.resting_mifflin_kcal)),
        (gettext("I hvile, Harris–Benedict (1984)"), kcal(output.resting_harris_benedict_kcal)),
        (gettext("Hele dagen, Mifflin–St Jeor"), kcal(output.daily_kcal)),
        (gettext("Hele dagen, Harris–Benedict (1984)"), kcal(output.daily_harris_benedict_kcal)),
    )
    notes: list[tuple[Tone, str]] = []
    if output.is_raised:
        text = gettext(
            "Det blev under %(floor)s kcal, så vi viser grænsen i stedet. Spis ikke mindre end det uden at tale med "
            "din læge eller en diætist. Under 800 kcal om dagen kræver lægekontrol."
        )
        notes.append(("warn", text % {"floor": decimal(output.floor_kcal, 0)}))
    if not output.is_within_studied_ages:
        text = gettext(
            "Formlen bygger på målinger af voksne fra 19 til 78 år. Uden for den alder er tallet mere usikkert."
        )
        notes.append(("note", text))
    return Result(gettext("Om dagen, omtrent"), kcal(output.target_kcal), rows=rows, notes=tuple(notes))


TOOL = Tool(
    name="calories",
    slug="kalorier",
    topics=("overvaegt", "kostvejledning"),
    keywords=(
        "kalorier",
        "kaloriebehov",
        "kalorieindtag",
        "dagligt kaloriebehov",
        "energibehov",
        "forbrænding",
        "hvilestofskifte",
        "bmr",
        "tdee",
        "calorie",
        "calories",
    ),
    title=_("Kalorier: hvor meget energi bruger du?"),
    summary=_("Et skøn over din krops energiforbrug i hvile og på en hel dag, efter to kendte formler."),
    fields=(
        Field("sex", "koen", _("Køn"), "choice", choices=SEXES, hint=_("Formlerne findes kun for to køn.")),
        Field(
            "age_years",
            "alder",
            _("Alder"),
            unit=_("år"),
            low=Limit(18, _("Formlerne er lavet for voksne. Børn og unge vokser og skal spørge lægen.")),
            high=Limit(110, _("Skriv alderen i år.")),
            is_whole=True,
            example="45",
        ),
        Field(
            "height_cm",
            "hoejde",
            _("Højde"),
            unit=_("cm"),
            low=Limit(120, _("Skriv højden i centimeter. Formlerne er ikke målt på lavere personer.")),
            high=Limit(230, _("Skriv højden i centimeter.")),
            example="175",
        ),
        Field(
            "weight_kg",
            "vaegt",
            _("Vægt"),
            unit=_("kg"),
            low=Limit(30, _("Formlerne er ikke målt på lettere personer.")),
            high=Limit(300, _("Formlerne er ikke målt på tungere personer.")),
            example="72,5",
        ),
        Field(
            "activity",
            "aktivitet",
            _("Hvor meget bevæger du dig?"),
            "choice",
            choices=(
                Choice("stillesiddende", _("Stillesiddende, næsten ingen motion")),
                Choice("let", _("Let aktiv, motion 1–3 dage om ugen")),
                Choice("moderat", _("Moderat aktiv, motion 3–5 dage om ugen")),
                Choice("aktiv", _("Aktiv, hård motion 6–7 dage om ugen")),
                Choice("meget-aktiv", _("Meget aktiv, hård træning og fysisk arbejde")),
            ),
        ),
        Field(
            "deficit_kcal",
            "underskud",
            _("Vil du spise mindre end det? Hvor meget mindre om dagen?"),
            unit=_("kcal"),
            low=Limit(0, _("Lad feltet stå tomt, hvis du vil holde vægten.")),
            high=Limit(1000, _("Et større underskud bør aftales med en læge eller diætist.")),
            is_whole=True,
            is_required=False,
            example="300",
        ),
    ),
    compute=compute,
    present=present,
    method=(
        _(
            "Mifflin–St Jeor (1990): 10 × kg + 6,25 × cm − 5 × år, og så + 5 for mænd og − 161 for kvinder. "
            "Hele dagen er tallet ganget med 1,2 til 1,9 efter, hvor meget du bevæger dig."
        ),
        _(
            "Harris–Benedict i Roza og Shizgals udgave fra 1984. Mænd: 88,362 + 13,397 × kg + 4,799 × cm − 5,677 × år. "
            "Kvinder: 447,593 + 9,247 × kg + 3,098 × cm − 4,330 × år. Vi viser begge, så du ser forskellen."
        ),
        _(
            "Nederst går vi aldrig under 1.200 kcal for kvinder og 1.500 for mænd. "
            "Det er en udbredt tommelfingerregel. Vi har ikke fundet den hos en dansk myndighed."
        ),
    ),
    cautions=(
        _("Et skøn. Målt i hvile rammer Mifflin–St Jeor inden for 10 % hos omkring tre ud af fire, ikke hos alle."),
        _("Brug det ikke, hvis du er gravid, ammer eller har eller har haft en spiseforstyrrelse. Tal med din læge."),
    ),
    examples=(
        Example(
            {"sex": "kvinde", "age_years": 45, "height_cm": "165,1", "weight_kg": 75, "activity": "stillesiddende"},
            {"resting_mifflin_kcal": 1396, "daily_kcal": 1675, "is_raised": False},
            _("Det regnede eksempel hos Dummies: 1.396 i hvile og 1.675 på en dag"),
            4,
        ),
        Example(
            {"sex": "mand", "age_years": 30, "height_cm": 180, "weight_kg": 80, "activity": "moderat"},
            {"resting_mifflin_kcal": 1780, "resting_harris_benedict_kcal": 1854},
            _("Regnet i hånden efter formlerne i kilderne"),
            2,
        ),
        Example(
            {
                "sex": "kvinde",
                "age_years": 70,
                "height_cm": 155,
                "weight_kg": 50,
                "activity": "stillesiddende",
                "deficit_kcal": 500,
            },
            {"target_kcal": 1200, "is_raised": True},
            _("Under grænsen: vi viser grænsen og siger det"),
            5,
        ),
    ),
    sources=(
        Source(
            "Mifflin-St Jeor Equation",
            "Medscape",
            "https://reference.medscape.com/calculator/846/mifflin-st-jeor-equation",
            _("Formlen og faktorerne for aktivitet 1,2 til 1,9."),
        ),
        Source(
            "Calculating energy expenditure",
            "Maastricht UMC+",
            "http://nutritionalassessment.mumc.nl/en/calculating-energy-expenditure",
            _("Harris–Benedict i Roza og Shizgals udgave fra 1984."),
        ),
        Source(
            "The Practical Use of Charts to Estimate Resting Energy Expenditure in Adults",
            "Topics in Clinical Nutrition",
            "https://journals.lww.com/topicsinclinicalnutrition/Fulltext/2004/01000/The_Practical_Use_of_Charts_to_Estimate_Resting.9.aspx",
            _("Hvem formlen er målt på (498 raske fra 19 til 78 år), og at 78 % lå inden for 10 %."),
        ),
        Source(
            "How to calculate your metabolic rate",
            "Dummies",
            "https://dummies.com/article/body-mind-spirit/physical-health-well-being/common-ailments/metabolism/how-to-calculate-your-metabolic-rate-166764",
            _("Det regnede eksempel."),
        ),
        Source(
            "How many calories are too few?",
            "caloriecounter.app",
            "https://caloriecounter.app/blog/minimum-calories-per-day.html",
            _("Grænserne 1.200, 1.500 og 800 kcal. Ikke en myndighed."),
        ),
    ),
)
