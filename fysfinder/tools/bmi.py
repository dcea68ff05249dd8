"""Body mass index with WHO's classes for adults: half-open, so that no number falls between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import Example, Field, Limit, Result, Source, Tool, Values, Words
from fysfinder.tools.wording import decimal, rounded

ADULT_YEARS = 18
HEALTHY_FROM, HEALTHY_BELOW = Fraction(37, 2), Fraction(25)

# (the class begins at, its name, its words): the class goes to the next one's beginning.
CLASSES: tuple[tuple[Fraction, str, Words], ...] = (
    (Fraction(0), "underweight", _("Undervægt")),
    (HEALTHY_FROM, "normal", _("Normalvægt")),
    (HEALTHY_BELOW, "pre_obesity", _("Overvægt")),
    (Fraction(30), "obesity_1", _("Svær overvægt, klasse I")),
    (Fraction(35), "obesity_2", _("Svær overvægt, klasse II")),
    (Fraction(40), "obesity_3", _("Svær overvægt, klasse III")),
)


@dataclass(frozen=True, slots=True)
class Bmi:
    """bmi is rounded to one decimal, the class is found from the exact number; category is None under 18."""

    bmi: float
    category: str | None
    healthy_from_kg: float | None
    healthy_below_kg: float | None
    is_near_limit: bool


def bmi(weight_kg: Fraction, height_cm: Fraction) -> Fraction:
    return weight_kg / (height_cm / 100) ** 2


def category(value: Fraction) -> str:
    """The class of an exact body mass index."""
    return [name for start, name, _words in CLASSES if value >= start][-1]


def compute(values: Values) -> Bmi:
    exact = bmi(values.exact("weight_kg"), values.exact("height_cm"))
    if values.has("age_years") and values.exact("age_years") < ADULT_YEARS:
        return Bmi(rounded(exact, 1), None, None, None, False)
    shown = Fraction(str(rounded(exact, 1)))
    square = (values.exact("height_cm") / 100) ** 2
    return Bmi(
        bmi=rounded(exact, 1),
        category=category(exact),
        healthy_from_kg=rounded(HEALTHY_FROM * square, 1),
        healthy_below_kg=rounded(HEALTHY_BELOW * square, 1),
        is_near_limit=category(shown) != category(exact),
    )


def present(output: Bmi) -> Result:
    value = f"{gettext('BMI')} {decimal(output.bmi, 1)}"
    if output.category is None or output.healthy_from_kg is None or output.healthy_below_kg is None:
        text = gettext(
            "Grænserne for voksne gælder ikke under 18 år. Hos børn og unge skifter de med alder og køn. "
            "Tal med lægen eller sundhedsplejersken, hvis du er i tvivl."
        )
        return Result(gettext("Dit tal"), value, notes=(("note", text),))
    words = {name: str(label) for _start, name, label in CLASSES}[output.category]
    span = gettext("fra %(low)s til under %(high)s kg") % {
        "low": decimal(output.healthy_from_kg, 1),
        "high": decimal(output.healthy_below_kg, 1),
    }
    near = gettext("Tallet er afrundet opad. Uden afrunding ligger det lige under grænsen, og derfor i klassen her.")
    return Result(
        gettext("Dit tal"),
        value,
        rows=((gettext("WHO's klasse for voksne"), words), (gettext("Normalvægt ved din højde"), span)),
        notes=(("note", near),) if output.is_near_limit else (),
    )


TOOL = Tool(
    name="bmi",
    slug="bmi",
    topics=("overvaegt", "kostvejledning"),
    keywords=(
        "bmi",
        "bmi tal",
        "body mass index",
        "kropsmasseindeks",
        "idealvægt",
        "vægt og højde",
        "normalvægt",
        "overvægtig",
    ),
    title=_("BMI: vægt i forhold til højde"),
    summary=_("Regn dit BMI ud, og se WHO's klasser for voksne uden huller mellem dem."),
    fields=(
        Field(
            "weight_kg",
            "vaegt",
            _("Vægt"),
            unit=_("kg"),
            low=Limit(2, _("Skriv vægten i kilo.")),
            high=Limit(500, _("Skriv vægten i kilo, ikke i gram eller pund.")),
            example="72,5",
        ),
        Field(
            "height_cm",
            "hoejde",
            _("Højde"),
            unit=_("cm"),
            low=Limit(50, _("Skriv højden i centimeter: 175, ikke 1,75.")),
            high=Limit(275, _("Skriv højden i centimeter.")),
            example="175",
        ),
        Field(
            "age_years",
            "alder",
            _("Alder"),
            unit=_("år"),
            low=Limit(2, _("Små børns vægt vurderes på anden måde.")),
            high=Limit(120, _("Skriv alderen i år.")),
            is_whole=True,
            is_required=False,
            hint=_("Kun nødvendig, hvis du er under 18 år."),
            example="45",
        ),
    ),
    compute=compute,
    present=present,
    method=(
        _("BMI er vægten i kilo delt med højden i meter ganget med sig selv."),
        _(
            "Klasserne er WHO's for voksne. Tabellerne skriver ”18,5–24,9” og ”25,0–29,9”. "
            "Vi læser dem som ”fra og med 18,5 til under 25”, så alle tal har en klasse."
        ),
    ),
    cautions=(
        _("BMI skelner ikke mellem muskler og fedt og siger ikke, hvor fedtet sidder."),
        _("Sammenhængen mellem BMI og sygdom er ikke ens for alle befolkninger."),
    ),
    examples=(
        Example({"weight_kg": 70, "height_cm": 175}, {"bmi": 22.9, "category": "normal"}, _("WHO's eget eksempel"), 2),
        Example({"weight_kg": 58, "height_cm": 170}, {"bmi": 20.1, "category": "normal"}, _("WHO's eget eksempel"), 1),
        Example(
            {"weight_kg": "100", "height_cm": "200"},
            {"bmi": 25.0, "category": "pre_obesity"},
            _("Grænsen selv hører til klassen over: 25 er overvægt."),
            4,
        ),
        Example(
            {"weight_kg": "101,15", "height_cm": 170},
            {"bmi": 35.0, "category": "obesity_2"},
            _("Grænsen selv hører til klassen over: 35 er klasse II."),
            3,
        ),
        Example(
            {"weight_kg": 160, "height_cm": 200},
            {"bmi": 40.0, "category": "obesity_3"},
            _("Grænsen selv hører til klassen over: 40 er klasse III."),
            3,
        ),
        Example(
            {"weight_kg": 40, "height_cm": 150, "age_years": 14}, {"bmi": 17.8, "category": None}, _("Under 18 år"), 4
        ),
    ),
    sources=(
        Source(
            "Malnutrition in women (NLiS help topic)",
            "WHO",
            "http://apps.who.int/nutrition/landscape/help.aspx?menu=0&helpid=392&lang=EN",
            _("Formlen, grænserne 18,5, 25 og 30 og eksemplet 58 kg og 1,70 m."),
        ),
        Source(
            "A healthy lifestyle: WHO recommendations (gengivet)",
            "infoaboutdiabetes.net.au",
            "http://infoaboutdiabetes.net.au/2023/01/25/a-healthy-lifestyle-who-recommendations-world-health-organization",
            _("WHO Europas tabel med klasse I–III og eksemplet 70 kg og 1,75 m."),
        ),
        Source(
            "Table 8: Classification of overweight in adults according to BMI (WHO/FAO)",
            "GreenFacts",
            "http://greenfacts.org/en/diet-nutrition/figtableboxes/table-8.htm",
            _("Klasserne I–III og forbeholdet om kropsbygning."),
        ),
        Source(
            "BMI – definition",
            "Den Nationale Kosthåndbog",
            "https://xn--kosthndbogen-xcb.dk/content/bmi-%E2%80%93-definition",
            _("Grænserne skrevet med ≤ og <, og at de ikke gælder under 18 år."),
        ),
    ),
)
