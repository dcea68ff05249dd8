"""One-repetition maximum: Brzycki to ten repetitions, Epley from there. At ten the two agree, so nothing jumps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import Choice, Example, Field, Limit, Result, Source, Table, Tool, Values
from fysfinder.tools.wording import decimal, rounded

MEETING_REPS = 10
PERCENTS = (95, 90, 85, 80, 75, 70, 65, 60, 50)
STEPS = {"0-5": Fraction(1, 2), "1": Fraction(1), "2-5": Fraction(5, 2), "5": Fraction(5)}
DEFAULT_STEP = "2-5"


@dataclass(frozen=True, slots=True)
class Share:
    percent: int
    kg: float
    loadable_kg: float


@dataclass(frozen=True, slots=True)
class OneRepMax:
    """loadable_kg is the heaviest weight of the chosen step that is not above the estimate."""

    one_rep_max_kg: float
    loadable_kg: float
    brzycki_kg: float | None
    epley_kg: float
    shares: tuple[Share, ...]
    is_uncertain: bool


def brzycki(weight: Fraction, reps: int) -> Fraction:
    return weight * 36 / (37 - reps)


def epley(weight: Fraction, reps: int) -> Fraction:
    return weight * (1 + Fraction(reps, 30))


def estimate(weight: Fraction, reps: int) -> Fraction:
    return brzycki(weight, reps) if reps <= MEETING_REPS else epley(weight, reps)


def loadable(weight: Fraction, step: Fraction) -> Fraction:
    """Down to what the plates can make: an estimate is no reason to lift more."""
    return math.floor(weight / step) * step


def compute(values: Values) -> OneRepMax:
    weight, reps = values.exact("weight_kg"), int(values.exact("repetitions"))
    step = STEPS[values.text("step_kg") or DEFAULT_STEP]
    best = estimate(weight, reps)
    shares = []
    for percent in PERCENTS:
        part = best * percent / 100
        shares.append(Share(percent, rounded(part, 1), rounded(loadable(part, step), 1)))
    return OneRepMax(
        one_rep_max_kg=rounded(best, 1),
        loadable_kg=rounded(loadable(best, step), 1),
        brzycki_kg=rounded(brzycki(weight, reps), 1) if reps <= MEETING_REPS else None,
        epley_kg=rounded(epley(weight, reps), 1),
        shares=tuple(shares),
        is_uncertain=reps > MEETING_REPS,
    )


def present(output: OneRepMax) -> Result:
    rows = [(gettext("På stangen, rundet ned"), f"{decimal(output.loadable_kg, 1)} kg")]
    if output.brzycki_kg is not None:
        rows.append(("Brzycki", f"{decimal(output.brzycki_kg, 1)} kg"))
    rows.append(("Epley", f"{decimal(output.epley_kg, 1)} kg"))
    uncertain = gettext("Over 10 gentagelser bliver skønnet usikkert. Prøv med en vægt, du kan løfte færre gange.")
    table = Table(
        gettext("Vægt til træning"),
        (gettext("Af 1RM"), gettext("Beregnet"), gettext("På stangen")),
        tuple(
            (f"{share.percent} %", f"{decimal(share.kg, 1)} kg", f"{decimal(share.loadable_kg, 1)} kg")
            for share in output.shares
        ),
    )
    return Result(
        gettext("Skøn over det, du kan løfte én gang"),
        f"{decimal(output.one_rep_max_kg, 1)} kg",
        rows=tuple(rows),
        notes=(("warn", uncertain),) if output.is_uncertain else (),
        table=table,
    )


TOOL = Tool(
    name="one_rep_max",
    slug="1rm",
    topics=("styrketraening",),
    keywords=(
        "1rm",
        "1 rm",
        "rm",
        "one rep max",
        "one repetition maximum",
        "maksimal styrke",
        "maxløft",
        "max løft",
        "hvor meget kan jeg løfte",
    ),
    title=_("1RM: hvor meget kan du løfte én gang?"),
    summary=_("Et skøn ud fra en vægt og det antal gange, du kan løfte den, rundet til de skiver, du har."),
    fields=(
        Field(
            "weight_kg",
            "vaegt",
            _("Vægten du løftede"),
            unit=_("kg"),
            low=Limit(1, _("Skriv vægten i kilo.")),
            high=Limit(500, _("Skriv vægten i kilo.")),
            example="80",
        ),
        Field(
            "repetitions",
            "gentagelser",
            _("Gentagelser, til du ikke kunne flere"),
            low=Limit(1, _("Du skal have løftet den mindst én gang.")),
            high=Limit(20, _("Over 20 siger tallet mere om udholdenhed end om styrke.")),
            is_whole=True,
            hint=_("Mest sikkert fra 1 til 10."),
            example="5",
        ),
        Field(
            "step_kg",
            "skiver",
            _("Mindste spring på stangen"),
            "choice",
            choices=(
                Choice("0-5", _("0,5 kg")),
                Choice("1", _("1 kg")),
                Choice("2-5", _("2,5 kg")),
                Choice("5", _("5 kg")),
            ),
            is_required=False,
            hint=_("Vælger du intet, bruger vi 2,5 kg."),
        ),
    ),
    compute=compute,
    present=present,
    method=(
        _("Til og med 10 gentagelser: Brzycki, vægt × 36 ÷ (37 − gentagelser). Ved 1 gentagelse er det vægten selv."),
        _(
            "Fra 11: Epley, vægt × (1 + gentagelser ÷ 30). Ved 10 giver de to det samme, "
            "så tallet springer ikke fra 10 til 11."
        ),
        _("Vægten på stangen runder vi altid ned."),
    ),
    cautions=(
        _("Prøv ikke at løfte tallet alene. Varm op, og hav en hjælper."),
        _("Har du smerter, en skade eller en hjertesygdom, så spørg din læge eller fysioterapeut først."),
    ),
    examples=(
        Example(
            {"weight_kg": 100, "repetitions": 5},
            {"one_rep_max_kg": 112.5, "brzycki_kg": 112.5, "epley_kg": 116.7, "loadable_kg": 112.5},
            _("Det regnede eksempel: Brzycki 112,5 og Epley 116,67"),
            2,
        ),
        Example(
            {"weight_kg": 60, "repetitions": 10},
            {"one_rep_max_kg": 80.0, "brzycki_kg": 80.0, "epley_kg": 80.0},
            _("De to formler er ens ved 10 gentagelser"),
            3,
        ),
        Example(
            {"weight_kg": 60, "repetitions": 11, "step_kg": "5"},
            {"one_rep_max_kg": 82.0, "brzycki_kg": None, "loadable_kg": 80.0, "is_uncertain": True},
            _("Epley fra 11"),
            1,
        ),
    ),
    sources=(
        Source(
            "Maximum load (1RM)",
            "BrianMac Sports Coach",
            "https://www.brianmac.co.uk/maxload.htm",
            _("Brzyckis (1993) og Epleys (1985) formler, og at de holder til højst 10 gentagelser."),
        ),
        Source(
            "Rep max calculator (Epley vs Brzycki)",
            "AbraCalc",
            "https://www.abracalc.com/calculator/rep-max-from-reps/",
            _("Formlerne som brøker og det regnede eksempel."),
        ),
        Source(
            "1RM formulae and its applications",
            "cdchester.co.uk",
            "https://cdchester.co.uk/2019/01/20/1rm-formulae-and-its-applications/",
            _("At formlerne giver det samme ved 10."),
        ),
        Source(
            "Prediction of one repetition maximum strength from multiple repetition maximum testing",
            "Journal of Strength and Conditioning Research, 2006",
            "https://studylib.net/doc/26029413/478rmstrengthprediction",
            _("At højst 10 gentagelser bør bruges i lineære ligninger."),
        ),
    ),
)
