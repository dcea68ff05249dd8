"""Could vederlagsfri fysioterapi be mine? The Health Authority's criteria, one by one; the doctor decides, not we."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import (
    YES_NO_UNSURE,
    Choice,
    Example,
    Field,
    Point,
    Result,
    Section,
    Source,
    Tool,
    Values,
)

Met = Literal["yes", "no", "unknown"]
COVERED = {"medfoedt", "neurologisk", "ulykke", "gigt"}
ACCIDENT = "ulykke"
ANSWERS: dict[str, Met] = {"ja": "yes", "nej": "no"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion as the answers leave it; source counts from 1 in the tool's sources."""

    text: str
    met: Met
    source: int


@dataclass(frozen=True, slots=True)
class Vederlagsfri:
    """verdict: 'worth_asking', 'unlikely' or 'unclear'. Either way in is enough, all criteria of it are needed."""

    verdict: str
    handicap: tuple[Criterion, ...]
    progressive: tuple[Criterion, ...]


def answered(values: Values, name: str) -> Met:
    return ANSWERS.get(values.text(name), "unknown")


def opposite(met: Met) -> Met:
    return "no" if met == "yes" else "yes" if met == "no" else "unknown"


def is_covered(values: Values) -> Met:
    group = values.text("diagnosis_group")
    if group == "ved-ikke":
        return "unknown"
    return "yes" if group in COVERED else "no"


def lasting(values: Values) -> Criterion:
    """Five years ahead; after an accident never before a year has passed."""
    met = answered(values, "is_lasting")
    if values.text("diagnosis_group") == ACCIDENT:
        year = answered(values, "is_year_since_accident")
        met = "no" if "no" in {met, year} else "unknown" if "unknown" in {met, year} else "yes"
        return Criterion(gettext("Varer mindst 5 år endnu, og der er gået et år siden ulykken."), met, 3)
    return Criterion(gettext("Tilstanden er varig: lægen venter, at den varer mindst 5 år."), met, 3)


def compute(values: Values) -> Vederlagsfri:
    covered = is_covered(values)
    listed = Criterion(
        gettext("Diagnosen hører til en gruppe på Sundhedsstyrelsens diagnoseliste."),
        covered,
        2 if covered == "no" else 5,
    )
    severe = gettext(
        "Svært fysisk handicap: du kan ikke klare dig indendørs hele døgnet uden hjælp eller hjælpemidler."
    )
    progressive: Met = "no" if covered == "no" else answered(values, "is_progressive")
    handicap_way = (
        listed,
        Criterion(severe, opposite(answered(values, "manages_alone")), 3),
        lasting(values),
    )
    progressive_way = (
        Criterion(gettext("Diagnosen står på listen som en fremadskridende (progressiv) sygdom."), progressive, 1),
        Criterion(
            gettext("Diagnosen er stillet på et sygehus eller af en speciallæge."), answered(values, "by_specialist"), 1
        ),
        Criterion(gettext("Sygdommen har sat dine funktioner ned."), answered(values, "has_loss"), 1),
        lasting(values),
    )
    return Vederlagsfri(verdict(handicap_way, progressive_way), handicap_way, progressive_way)


def verdict(*ways: tuple[Criterion, ...]) -> str:
    if any(all(criterion.met == "yes" for criterion in way) for way in ways):
        return "worth_asking"
    if all(any(criterion.met == "no" for criterion in way) for way in ways):
        return "unlikely"
    return "unclear"


def present(output: Vederlagsfri) -> Result:
    words = {
        "worth_asking": gettext("Måske. Spørg din læge"),
        "unlikely": gettext("Nok ikke efter de svar"),
        "unclear": gettext("Det kan vi ikke sige endnu"),
    }
    notes = {
        "worth_asking": gettext("Efter dine svar er kriterierne på mindst én vej opfyldt. Lægen vurderer og henviser."),
        "unlikely": gettext(
            "På begge veje mangler mindst ét kriterium. Er du i tvivl om et svar, så spørg din læge. "
            "Almindelig fysioterapi med tilskud kan stadig være en mulighed."
        ),
        "unclear": gettext("Spørg din læge om det, du svarede ”ved ikke” til. Så ved du, om det er værd at gå videre."),
    }
    return Result(
        gettext("Kan du få vederlagsfri fysioterapi?"),
        words[output.verdict],
        notes=(("note", notes[output.verdict]),),
        sections=(
            Section(gettext("Vej 1: svært fysisk handicap"), points(output.handicap)),
            Section(gettext("Vej 2: fremadskridende sygdom"), points(output.progressive)),
        ),
    )


def points(criteria: tuple[Criterion, ...]) -> tuple[Point, ...]:
    return tuple(Point(criterion.text, criterion.met, criterion.source) for criterion in criteria)


_CASE = {
    "diagnosis_group": "neurologisk",
    "manages_alone": "ja",
    "is_progressive": "ja",
    "by_specialist": "ja",
    "has_loss": "ja",
    "is_lasting": "ja",
}

TOOL = Tool(
    name="vederlagsfri",
    slug="vederlagsfri",
    keywords=("vederlagsfri fysioterapi", "gratis fysioterapi", "free physiotherapy"),
    title=_("Kan jeg få vederlagsfri fysioterapi?"),
    summary=_("Gå Sundhedsstyrelsens kriterier igennem ét for ét, før du spørger din læge."),
    fields=(
        Field(
            "diagnosis_group",
            "diagnose",
            _("Hvad slags diagnose har du?"),
            "choice",
            choices=(
                Choice("medfoedt", _("Medfødt eller arvelig sygdom")),
                Choice("neurologisk", _("Erhvervet neurologisk sygdom")),
                Choice(ACCIDENT, _("Fysisk handicap efter en ulykke")),
                Choice("gigt", _("Gigtsygdom med betændelse i leddene (inflammatorisk)")),
                Choice(
                    "ikke-omfattet",
                    _("Slidgigt, diskusprolaps, knogleskørhed, piskesmæld, hypermobilitet, fibromyalgi eller KOL"),
                ),
                Choice("andet", _("Ingen af dem")),
                Choice("ved-ikke", _("Ved ikke")),
            ),
        ),
        Field(
            "is_year_since_accident",
            "aar-siden-ulykken",
            _("Er der gået et år siden ulykken?"),
            "choice",
            choices=YES_NO_UNSURE,
            is_required=False,
            is_conditional=True,
            hint=_("Kun hvis det er efter en ulykke."),
        ),
        Field(
            "manages_alone",
            "klarer-mig-selv",
            _("Kan du klare dig selv indendørs døgnet rundt, uden hjælp og uden hjælpemidler?"),
            "choice",
            choices=YES_NO_UNSURE,
            hint=_("Det gælder den daglige, personlige livsførelse."),
        ),
        Field(
            "is_progressive",
            "fremadskridende",
            _("Er din sygdom fremadskridende (progressiv)?"),
            "choice",
            choices=YES_NO_UNSURE,
        ),
        Field(
            "by_specialist",
            "speciallaege",
            _("Er diagnosen stillet på et sygehus eller af en speciallæge?"),
            "choice",
            choices=YES_NO_UNSURE,
        ),
        Field(
            "has_loss",
            "nedsat-funktion",
            _("Har sygdommen gjort noget sværere for din krop?"),
            "choice",
            choices=YES_NO_UNSURE,
            hint=_("Fx at gå, løfte eller holde balancen."),
        ),
        Field(
            "is_lasting",
            "varig",
            _("Siger lægen, at det varer mindst 5 år?"),
            "choice",
            choices=YES_NO_UNSURE,
        ),
    ),
    compute=compute,
    present=present,
    submit=_("Se svaret"),
    method=(
        _("Der er to veje. På hver af dem skal alle kriterier være opfyldt. En af vejene er nok."),
        _(
            "Diagnoselisten står i Sundhedsstyrelsens vejledning fra maj 2021. Vi gengiver den ikke: vi har læst "
            "hovedgrupperne og de vigtigste diagnoser, der ikke er med, ikke hele listen. Lægen slår diagnosen op."
        ),
        _("Vederlagsfri fysioterapi betales af kommunen og kræver en henvisning fra en læge."),
    ),
    cautions=(
        _("Svaret er ikke en afgørelse. Det er din læge, der vurderer, om du kan henvises."),
        _("For børn og for mennesker med flere handicap gælder særlige vilkår, som ikke er med her."),
        _("Funktionsnedsættelse alene på grund af alder, smerter eller generel udviklingshæmning er ikke omfattet."),
    ),
    examples=(
        Example(_CASE, {"verdict": "worth_asking"}, _("Fremadskridende sygdom: alle fire kriterier er opfyldt"), 1),
        Example(
            {**_CASE, "diagnosis_group": "ulykke", "is_year_since_accident": "nej", "is_progressive": "nej"},
            {"verdict": "unlikely"},
            _("Efter en ulykke tidligst efter et år"),
            3,
        ),
        Example(
            {**_CASE, "diagnosis_group": "ikke-omfattet"},
            {"verdict": "unlikely"},
            _("Diagnoser, der ikke er omfattet"),
            2,
        ),
        Example(
            {**_CASE, "is_progressive": "ved-ikke"},
            {"verdict": "unclear"},
            _("Ét ”ved ikke” er nok til, at vi ikke svarer"),
            1,
        ),
    ),
    sources=(
        Source(
            "Vederlagsfri fysioterapi: Adgangskriterier (23. november 2022)",
            "Sundhedsstyrelsen",
            "https://sst.dk/da/viden/sygdomme/genoptraening-og-rehabilitering/vederlagsfri-fysioterapi/adgangskriterier",
            _("De to grupper og alle deres kriterier."),
        ),
        Source(
            "Vederlagsfri fysioterapi",
            "Sundhedsstyrelsen",
            "https://www.sundhedsstyrelsen.dk/da/Fagperson/Sygdomme-lidelser-og-behandling/Genoptraening-og-rehabilitering/Vederlagsfri-fysioterapi",
            _("At nogle diagnoser ikke er omfattet: slidgigt, diskusprolaps, knogleskørhed og flere."),
        ),
        Source(
            "Henvisningskriterier til vederlagsfri fysioterapi",
            "Region Syddanmark",
            "https://regionsyddanmark.dk/patienter-og-parorende/praktiserende-laeger-og-andre-behandlere/fysioterapeuter/henvisningskriterier-til-vederlagsfri-fysioterapi",
            _("Hvad svært handicap og varig betyder: døgnet rundt, 5 år, et år efter en ulykke."),
        ),
        Source(
            "Vederlagsfri fysioterapi (2017)",
            "medicin.wiki",
            "https://www.medicin.wiki/vederlagsfri-fysioterapi/",
            _("Hele listen over de diagnoser, der ikke er omfattet."),
        ),
        Source(
            "Vederlagsfri fysioterapi",
            "Fysioterapi og Fitness",
            "https://fysioterapiogfitness.dk/priser/vederlagsfri-fysioterapi",
            _("De fire hovedgrupper af diagnoser."),
        ),
        Source(
            "Vejledning om træning i regioner og kommuner, kapitel 7",
            "Sundhedsministeriet",
            "https://sum.dk/Aktuelt/Publikationer/Vejledning_om_traening_regioner_kommuner2009/Kapitel%207.aspx",
            _("Sundhedslovens § 140 a: kommunen tilbyder behandlingen efter lægehenvisning."),
        ),
        Source(
            "Vederlagsfri behandling",
            "Bene-Fit",
            "http://www.bene-fit.dk/behandlinger/vederlagsfri-behandling.html",
            _("At der gælder særlige vilkår for børn og multihandicappede."),
        ),
    ),
)
