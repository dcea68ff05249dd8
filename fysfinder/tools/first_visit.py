"""A checklist for the first visit, shaped by a few answers, to print or keep on the phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import YES_NO, YES_NO_UNSURE, Example, Field, Point, Result, Section, Source, Tool, Values


@dataclass(frozen=True, slots=True)
class Item:
    """source counts from 1 in the tool's sources; 0 is plain advice of ours."""

    text: str
    source: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    before: tuple[Item, ...]
    bring: tuple[Item, ...]
    tell: tuple[Item, ...]
    ask: tuple[Item, ...]


def before(values: Values) -> tuple[Item, ...]:
    items = []
    if values.text("has_referral") == "ja":
        items.append(Item(gettext("Sig, at du er henvist. Klinikken henter selv henvisningen elektronisk."), 3))
        items.append(Item(gettext("Brug henvisningen inden 2 måneder."), 4))
    elif values.text("has_referral") == "ved-ikke":
        items.append(Item(gettext("Spørg din læge, om du er henvist. Det ændrer prisen."), 4))
    if values.text("has_insurance") == "ja":
        items.append(
            Item(gettext("Ring til dit forsikringsselskab, før du starter. Nogle kræver at godkende først."), 2)
        )
    items.append(Item(gettext("Spørg, hvad det koster, og hvornår afbud senest skal meldes."), 2))
    if values.text("needs_access") == "ja":
        items.append(Item(gettext("Spørg, om der er trinfri adgang, elevator og parkering tæt på.")))
    if values.text("needs_language") == "ja":
        items.append(Item(gettext("Spørg, om nogen taler dit sprog, eller om du kan tage en med, der oversætter.")))
    return tuple(items)


def bring(values: Values) -> tuple[Item, ...]:
    items = [
        Item(gettext("Sundhedskortet (det gule kort)."), 2),
        Item(gettext("Et håndklæde eller lagen, hvis klinikken beder om det."), 2),
        Item(gettext("Tøj, du kan bevæge dig i, og som kan rulles op over det sted, der gør ondt.")),
        Item(gettext("En liste over din medicin og dine sygdomme.")),
        Item(gettext("Svar på scanninger eller breve fra sygehuset, hvis du har dem.")),
    ]
    if values.text("is_child") == "ja":
        items.append(Item(gettext("En forælder eller værge.")))
    return tuple(items)


def compute(values: Values) -> Checklist:
    tell = (
        Item(gettext("Hvornår og hvordan det begyndte, og hvad der gør det værre eller bedre."), 1),
        Item(gettext("Hvad det forhindrer dig i, og hvad du gerne vil kunne igen."), 1),
        Item(gettext("Hvad du har prøvet, og hvordan det gik.")),
        Item(
            gettext("Feber, vægttab, følelsesløshed eller problemer med at lade vandet. Vent ikke: ring til lægen."), 5
        ),
        Item(gettext("Om der er noget, du ikke har lyst til. Du kan altid sige nej.")),
    )
    ask = (
        Item(gettext("Hvad tror du, det er, og hvor sikker er du?"), 1),
        Item(gettext("Hvad er planen, og hvornår ser vi, om den virker?"), 1),
        Item(gettext("Hvad kan jeg selv gøre, hvor tit og hvor længe?"), 1),
        Item(gettext("Hvor mange gange regner du med, og hvad koster det i alt?")),
        Item(gettext("Hvad skal jeg holde øje med, og hvem ringer jeg til?")),
    )
    return Checklist(before(values), bring(values), tell, ask)


def present(output: Checklist) -> Result:
    titles = (
        (gettext("Før du kommer"), output.before),
        (gettext("Tag med"), output.bring),
        (gettext("Fortæl"), output.tell),
        (gettext("Spørg om"), output.ask),
    )
    sections = tuple(Section(title, points(items), is_checklist=True) for title, items in titles)
    count = sum(len(section.points) for section in sections)
    return Result(gettext("Din huskeliste"), gettext("%(count)s ting at huske") % {"count": count}, sections=sections)


def points(items: tuple[Item, ...]) -> tuple[Point, ...]:
    return tuple(Point(item.text, source=item.source) for item in items)


TOOL = Tool(
    name="first_visit",
    slug="foerste-besoeg",
    topics=("undersoegelse",),
    keywords=(
        "første besøg",
        "første gang hos fysioterapeut",
        "hvad skal jeg medbringe",
        "første konsultation",
        "første tid",
        "tjekliste",
        "first visit",
        "checklist",
    ),
    title=_("Huskeliste til dit første besøg"),
    summary=_("En liste til at udskrive: hvad du ordner før, tager med, fortæller og spørger om."),
    fields=(
        Field("has_referral", "henvisning", _("Har du en henvisning?"), "choice", choices=YES_NO_UNSURE),
        Field(
            "has_insurance",
            "forsikring",
            _("Betaler en sundhedsforsikring?"),
            "choice",
            choices=YES_NO,
            hint=_("Fx gennem dit arbejde."),
        ),
        Field("is_child", "under-18", _("Er det til en under 18 år?"), "choice", choices=YES_NO, is_required=False),
        Field(
            "needs_access",
            "adgang",
            _("Har du brug for trinfri adgang eller hjælp til at komme ind?"),
            "choice",
            choices=YES_NO,
            is_required=False,
        ),
        Field(
            "needs_language",
            "sprog",
            _("Har du brug for et andet sprog end dansk?"),
            "choice",
            choices=YES_NO,
            is_required=False,
        ),
    ),
    compute=compute,
    present=present,
    submit=_("Lav listen"),
    method=(
        _("Punkter med et lille tal har en kilde. Resten er redaktionens råd."),
        _(
            "Efter aftalen skal den første konsultation blandt andet rumme en samtale, en undersøgelse, "
            "en vurdering af tegn på alvorlig sygdom, fælles mål og en plan."
        ),
    ),
    examples=(
        Example(
            {"has_referral": "nej", "has_insurance": "nej"},
            {},
            _("Den korteste liste"),
        ),
        Example(
            {"has_referral": "ja", "has_insurance": "ja", "needs_access": "ja"},
            {},
            _("Med henvisning, forsikring og brug for trinfri adgang"),
        ),
    ),
    sources=(
        Source(
            "Første konsultation (ydelse 0110), 2022",
            "Danske Fysioterapeuter",
            "https://www.fysio.dk/radgivning-regler/kvalitet-i-fysioterapipraksis/ydelser-skifter-navn-og-nye-tilfojes/forste-konsultation",
            _("Hvad den første konsultation skal indeholde."),
        ),
        Source(
            "Praktisk information",
            "FysioDanmark Ølstykke",
            "https://fysiodanmarkolstykke.dk/praktisk-information/",
            _("Sundhedskort, eget lagen, frist for afbud, og at man kontakter sit forsikringsselskab først."),
        ),
        Source(
            "Fysioterapi og vederlagsfri fysioterapi",
            "Skoliose.nu",
            "https://skoliose.nu/vederlagsfri-fysioterapi/",
            _("At henvisningen ligger elektronisk, så klinikken kan hente den."),
        ),
        Source(
            "Prisliste",
            "EH Fysioterapi",
            "https://ehfysioterapi.dk/prisliste/",
            _("At henvisningen giver tilskud og bruges inden 2 måneder."),
        ),
        Source(
            "Akut lændehold (lumbago), 2018",
            "min.medicin.dk",
            "https://min.medicin.dk/Sygdomme/Sygdom/214",
            _("Tegn, man kontakter lægen om."),
        ),
    ),
    is_printed=True,
)
