"""Do I need a referral? Rules with citations: what a referral changes for this visit, in this region, on this day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import YES_NO_UNSURE, Choice, Example, Field, Point, Result, Section, Source, Tool, Values

# Region Sjælland's trial: begun 31 March 2025, announced for two years (sources 4 and 5).
TRIAL_REGION = "sjaelland"
TRIAL_FROM, TRIAL_LAST = dt.date(2025, 3, 31), dt.date(2027, 3, 30)
ORDINARY, AT_HOME, RIDING, FREE = "almindelig", "hjemme", "ride", "vederlagsfri"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that applies; source counts from 1 in the tool's sources."""

    text: str
    source: int


@dataclass(frozen=True, slots=True)
class Referral:
    """verdict: 'required', 'useful', 'not_needed', 'no_effect' or 'depends'."""

    verdict: str
    reasons: tuple[Reason, ...]
    next_steps: tuple[Reason, ...]


def is_trial(values: Values) -> bool:
    return values.text("region") == TRIAL_REGION and TRIAL_FROM <= values.today <= TRIAL_LAST


def verdict(values: Values) -> str:
    kind, agreement = values.text("kind"), values.text("has_agreement")
    if kind == FREE:
        return "required"
    if agreement == "nej":
        return "no_effect"
    if kind in {AT_HOME, RIDING}:
        return "required"
    if agreement == "ved-ikke":
        return "depends"
    return "not_needed" if is_trial(values) else "useful"


def reasons(values: Values) -> list[Reason]:
    """Why, most decisive first."""
    kind, found = values.text("kind"), list[Reason]()
    if kind == FREE:
        found.append(Reason(gettext("Vederlagsfri fysioterapi kræver altid en henvisning fra en læge."), 1))
    elif values.text("has_agreement") == "nej":
        text = gettext("Uden ydernummer er klinikken ikke med i aftalen om tilskud. Så betaler du hele prisen.")
        found.append(Reason(text, 3))
    elif kind == RIDING:
        found.append(Reason(gettext("Tilskud til ridefysioterapi kræver en henvisning fra en læge."), 1))
    elif verdict(values) == "not_needed":
        found += [
            trial_reason(values),
            Reason(gettext("Tilskuddet er 39,3 % af den aftalte pris. Du betaler resten."), 2),
        ]
    else:
        text = gettext("Regionen giver tilskud, når en læge har henvist dig: 39,3 % af den aftalte pris.")
        found.append(Reason(text, 2))
        if kind in {ORDINARY, AT_HOME} and values.text("region") == TRIAL_REGION:
            found.append(trial_reason(values))
    if kind != FREE and verdict(values) != "not_needed":
        text = gettext("Du kan altid gå til fysioterapeut uden henvisning. Så betaler du den fulde pris.")
        found.append(Reason(text, 3))
    return found


def trial_reason(values: Values) -> Reason:
    if not is_trial(values):
        text = gettext("Forsøget i Region Sjælland var på to år fra 31. marts 2025. Spørg, om det er forlænget.")
        return Reason(text, 5)
    if values.text("kind") == AT_HOME:
        return Reason(gettext("Forsøget i Region Sjælland gælder ikke behandling i hjemmet."), 4)
    text = gettext(
        "Bor du i Region Sjælland, får du i et toårigt forsøg fra 31. marts 2025 tilskud uden henvisning, "
        "hos klinikker med ydernummer i regionen."
    )
    return Reason(text, 4)


def next_steps(values: Values, found: str) -> list[Reason]:
    steps = []
    if found == "depends":
        steps.append(
            Reason(gettext("Spørg klinikken, om den har ydernummer. Kender vi svaret, står det på klinikkens side."), 3)
        )
    if found in {"required", "useful", "depends"} and values.text("has_referral") != "ja":
        steps.append(Reason(gettext("Bestil tid hos din læge, som vurderer, om du skal henvises."), 8))
    if found != "no_effect" and values.text("has_referral") == "ja":
        text = gettext("Brug din henvisning inden 2 måneder. Den gælder i 1 år.")
        steps.append(Reason(text, 6))
    if values.text("is_danmark_member") == "ja":
        text = gettext(
            "En klinik skriver, at ”danmark” ikke kræver henvisning, en anden kilde det modsatte for klinikker uden "
            "ydernummer. Spørg ”danmark”, før du starter."
        )
        steps.append(Reason(text, 7))
    return steps


def compute(values: Values) -> Referral:
    found = verdict(values)
    return Referral(found, tuple(reasons(values)), tuple(next_steps(values, found)))


def present(output: Referral) -> Result:
    words = {
        "required": gettext("Ja, den er nødvendig for at få det betalt eller få tilskud"),
        "useful": gettext("Ja, den giver dig tilskud"),
        "not_needed": gettext("Nej, du får tilskud uden"),
        "no_effect": gettext("Nej, her giver den ikke tilskud"),
        "depends": gettext("Det afhænger af klinikken"),
    }
    sections = [Section(gettext("Fordi"), points(output.reasons))]
    if output.next_steps:
        sections.append(Section(gettext("Det kan du gøre"), points(output.next_steps)))
    return Result(gettext("Skal du bruge en henvisning?"), words[output.verdict], sections=tuple(sections))


def points(rules: tuple[Reason, ...]) -> tuple[Point, ...]:
    return tuple(Point(rule.text, source=rule.source) for rule in rules)


TOOL = Tool(
    name="referral",
    slug="henvisning",
    topics=("fysioterapi-med-henvisning", "vederlagsfri-fysioterapi"),
    keywords=(
        "henvisning",
        "lægehenvisning",
        "skal jeg have henvisning",
        "behøver jeg henvisning",
        "uden henvisning",
        "referral",
        "do i need a referral",
    ),
    title=_("Skal jeg bruge en henvisning?"),
    summary=_("Svar på få spørgsmål, og se, om en henvisning fra lægen gør en forskel for det, du betaler."),
    fields=(
        Field(
            "kind",
            "behandling",
            _("Hvad skal du have?"),
            "choice",
            choices=(
                Choice(ORDINARY, _("Almindelig fysioterapi på en klinik")),
                Choice(AT_HOME, _("Fysioterapi hjemme hos dig")),
                Choice(RIDING, _("Ridefysioterapi")),
                Choice(FREE, _("Vederlagsfri fysioterapi")),
            ),
        ),
        Field(
            "has_agreement",
            "ydernummer",
            _("Har klinikken ydernummer?"),
            "choice",
            choices=YES_NO_UNSURE,
            hint=_("Et ydernummer betyder, at klinikken er med i aftalen med regionerne."),
        ),
        Field(
            "region",
            "region",
            _("Hvor bor du?"),
            "choice",
            choices=(
                Choice("hovedstaden", _("Region Hovedstaden")),
                Choice("sjaelland", _("Region Sjælland")),
                Choice("syddanmark", _("Region Syddanmark")),
                Choice("midtjylland", _("Region Midtjylland")),
                Choice("nordjylland", _("Region Nordjylland")),
            ),
            hint=_("Fra 2027 er Hovedstaden og Sjælland én region. Vælg den, du boede i før."),
        ),
        Field("has_referral", "har-henvisning", _("Har du en henvisning?"), "choice", choices=YES_NO_UNSURE[:2]),
        Field(
            "is_danmark_member",
            "danmark",
            _("Er du medlem af sygeforsikringen ”danmark”?"),
            "choice",
            choices=YES_NO_UNSURE[:2],
            is_required=False,
        ),
    ),
    compute=compute,
    present=present,
    submit=_("Se svaret"),
    method=(
        _("Reglerne er skrevet som en liste, der læses fra oven. Hver linje i svaret har den kilde, den kommer fra."),
        _("Vi kender ét forsøg uden krav om henvisning: Region Sjællands. Andre forsøg kan være kommet til."),
    ),
    cautions=(
        _("Det er din læge, der afgør, om du skal henvises."),
        _("Regler og satser ændres. Spørg klinikken eller regionen, hvis beløbet betyder noget for dig."),
    ),
    examples=(
        Example(
            {"kind": "almindelig", "has_agreement": "ja", "region": "midtjylland", "has_referral": "nej"},
            {"verdict": "useful"},
            _("Sundhedsloven § 67: tilskud efter lægehenvisning"),
            1,
        ),
        Example(
            {"kind": "almindelig", "has_agreement": "nej", "region": "midtjylland", "has_referral": "ja"},
            {"verdict": "no_effect"},
            _("Tilskud forudsætter en klinik med overenskomst"),
            3,
        ),
        Example(
            {"kind": "vederlagsfri", "has_agreement": "ja", "region": "sjaelland", "has_referral": "nej"},
            {"verdict": "required"},
            _("Region Sjælland: vederlagsfri kræver fortsat henvisning"),
            4,
        ),
        Example(
            {"kind": "almindelig", "has_agreement": "ved-ikke", "region": "nordjylland", "has_referral": "nej"},
            {"verdict": "depends"},
            _("Uden at kende klinikken kan vi ikke svare"),
            3,
        ),
    ),
    sources=(
        Source(
            "Vejledning om træning i regioner og kommuner, kapitel 7",
            "Sundhedsministeriet",
            "https://sum.dk/Aktuelt/Publikationer/Vejledning_om_traening_regioner_kommuner2009/Kapitel%207.aspx",
            _("Sundhedslovens § 67 og § 140 a."),
        ),
        Source(
            "Fysioterapeuter",
            "Indenrigs- og Sundhedsministeriet",
            "http://www.im.dk/Sundhed/Praksissektorene/Oevrig%20praksissektor/Fysioterapeuter.aspx",
            _("At tilskuddet er 39,3 %."),
        ),
        Source(
            "Fysioterapi og tilskud",
            "Gigtforeningen",
            "https://www.gigtforeningen.dk/hjaelp-og-raad/behandling-og-genoptraening/fysioterapi/",
            _("At man kan gå uden henvisning til fuld pris, og at tilskud kræver en klinik med overenskomst."),
        ),
        Source(
            "Fysioterapi uden henvisning",
            "Region Sjælland, sundhed.dk",
            "https://www.sundhed.dk/sundhedsfaglig/information-til-praksis/sjaelland/almen-praksis/regionalt/indsatsomraader/fysioterapi-uden-henvisning/",
            _("Forsøget fra 31. marts 2025, hvem det gælder, og at vederlagsfri og hjemmebehandling ikke er med."),
        ),
        Source(
            "Direkte adgang til fysioterapi i Region Sjælland",
            "fys-dortepihl.dk",
            "https://fys-dortepihl.dk/?p=3932",
            _("At forsøget er toårigt."),
        ),
        Source(
            "Prisliste",
            "EH Fysioterapi",
            "https://ehfysioterapi.dk/prisliste/",
            _("2 måneder og 1 år, og at ”danmark” ikke kræver henvisning."),
        ),
        Source(
            "Fysioterapi – hvad koster det?",
            "Krop+fysik",
            "https://www.krop-fysik.dk/find-fysioterapeut/fysioterapi-hvad-koster-det/",
            _("At ”danmark” uden for sygesikringen giver tilskud, hvis man er henvist."),
        ),
        Source(
            "Henvisninger",
            "dindoktor.dk",
            "https://dindoktor.dk/henvisninger/",
            _("At en henvisning kræver en konsultation og tages i brug inden 2 måneder."),
        ),
    ),
)
