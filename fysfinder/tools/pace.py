"""Running pace: distance, time and pace, any one from the two others, in exact fractions and rounded once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import Choice, Example, Field, Limit, Result, Source, Table, Tool, ToolError, Values
from fysfinder.tools.wording import clock, decimal, half_up, rounded

RACES = {
    "5-km": Fraction(5),
    "10-km": Fraction(10),
    "halvmarathon": Fraction("21.0975"),
    "marathon": Fraction("42.195"),
}
LONGEST_BY_KM = 100  # longer runs get a split for every 5 km
MINUTE = 60_000
HOUR = 60 * MINUTE
MAX_KM = 500


@dataclass(frozen=True, slots=True)
class Split:
    km: float
    time: str
    time_ms: int


@dataclass(frozen=True, slots=True)
class Pace:
    """time and pace as shown (to the second) and in milliseconds; solved_for says which was worked out."""

    solved_for: str
    distance_km: float
    time: str
    time_ms: int
    pace: str
    pace_ms: int
    speed_kmh: float
    splits: tuple[Split, ...]


def distance_of(values: Values) -> Fraction | None:
    """The distance in km, by the race or as typed; None when it is what is asked for."""
    race = RACES.get(values.text("race"))
    typed = values.exact("distance_km") if values.has("distance_km") else None
    if race is not None and typed is not None and race != typed:
        message = gettext("Du har både valgt et løb og skrevet en anden distance. Lad det ene felt stå tomt.")
        raise ToolError({"distance_km": message})
    return race if race is not None else typed


def solve(distance: Fraction | None, time: Fraction | None, pace: Fraction | None) -> tuple[Fraction, Fraction, str]:
    """Distance in km, time in milliseconds and which was missing; exactly one must be."""
    known = [value is not None for value in (distance, time, pace)]
    if known == [True, True, True]:
        raise ToolError({"pace": gettext("Lad det felt stå tomt, som skal regnes ud.")})
    if distance is not None and time is not None:
        return distance, time, "pace"
    if distance is not None and pace is not None:
        return distance, distance * pace, "time"
    if time is not None and pace is not None:
        return time / pace, time, "distance"
    field = "distance_km" if distance is None else "time"
    raise ToolError({field: gettext("Udfyld to af de tre: distance, tid og tempo. Så regner vi den tredje ud.")})


def splits(distance: Fraction, time: Fraction, step_km: int) -> tuple[Split, ...]:
    """The time at every step and at the end, each rounded on its own so that nothing adds up wrong."""
    marks = [Fraction(km) for km in range(step_km, int(distance) + 1, step_km)]
    if not marks or marks[-1] != distance:
        marks.append(distance)
    times = [(mark, time * mark / distance) for mark in marks]
    return tuple(Split(rounded(mark, 4), clock(passed), half_up(passed)) for mark, passed in times)


def compute(values: Values) -> Pace:
    time, pace = (values.exact(name) if values.has(name) else None for name in ("time", "pace"))
    distance, time, solved_for = solve(distance_of(values), time, pace)
    if not Fraction("0.1") <= distance <= MAX_KM:
        field = "time" if solved_for == "distance" else "distance_km"
        raise ToolError({field: gettext("Det giver en distance uden for 0,1–500 km. Tjek tallene.")})
    if not MINUTE <= time / distance <= HOUR:
        raise ToolError({"time": gettext("Det giver et tempo uden for 1–60 minutter pr. km. Tjek distance og tid.")})
    step = 5 if values.text("split_km") == "5" or distance > LONGEST_BY_KM else 1
    return Pace(
        solved_for=solved_for,
        distance_km=rounded(distance, 4),
        time=clock(time),
        time_ms=half_up(time),
        pace=clock(time / distance),
        pace_ms=half_up(time / distance),
        speed_kmh=rounded(distance * HOUR / time, 2),
        splits=splits(distance, time, step),
    )


def km(value: float) -> str:
    """'21,0975 km', '5 km': as many decimals as it needs, at most four."""
    digits = next((digits for digits in range(4) if rounded(value, digits) == value), 4)
    return f"{decimal(value, digits)} km"


def present(output: Pace) -> Result:
    words = {
        "pace": (gettext("Dit tempo"), gettext("%(time)s min/km") % {"time": output.pace}),
        "time": (gettext("Din tid"), output.time),
        "distance": (gettext("Din distance"), km(output.distance_km)),
    }
    label, value = words[output.solved_for]
    rows = [
        (gettext("Distance"), km(output.distance_km)),
        (gettext("Tid"), output.time),
        (gettext("Tempo"), gettext("%(time)s min/km") % {"time": output.pace}),
        (gettext("Fart"), gettext("%(speed)s km/t") % {"speed": decimal(output.speed_kmh, 2)}),
    ]
    table = Table(
        gettext("Mellemtider ved jævnt tempo"),
        (gettext("Efter"), gettext("Tid")),
        tuple((km(split.km), split.time) for split in output.splits),
    )
    return Result(label, value, rows=tuple(rows), table=table)


TOOL = Tool(
    name="pace",
    slug="loebetempo",
    topics=("loebeskader", "loebestilsanalyse", "loebere"),
    keywords=(
        "løbetempo",
        "tempo",
        "pace",
        "min pr km",
        "minutter pr km",
        "løbetid",
        "maratontid",
        "halvmarathon tid",
        "løbehastighed",
        "splittider",
        "running pace",
    ),
    title=_("Løbetempo, tid og distance"),
    summary=_("Skriv to af de tre, så regner vi den tredje ud, med mellemtider."),
    fields=(
        Field(
            "race",
            "loeb",
            _("Løb"),
            "choice",
            choices=(
                Choice("5-km", _("5 km")),
                Choice("10-km", _("10 km")),
                Choice("halvmarathon", _("Halvmarathon, 21,0975 km")),
                Choice("marathon", _("Marathon, 42,195 km")),
                Choice("andet", _("En anden distance")),
            ),
            is_required=False,
        ),
        Field(
            "distance_km",
            "distance",
            _("Anden distance"),
            unit=_("km"),
            low=Limit(0, _("Skriv en distance.")),
            high=Limit(MAX_KM, _("Længere løb deler vi ikke op.")),
            is_required=False,
            is_conditional=True,
            example="7,5",
        ),
        Field(
            "time",
            "tid",
            _("Tid"),
            "duration",
            low=Limit(1000, _("Skriv en tid.")),
            high=Limit(100 * HOUR, _("Længere tider regner vi ikke på.")),
            is_required=False,
            is_conditional=True,
            hint=_("Timer:minutter:sekunder eller minutter:sekunder, fx 1:45:30 eller 25:30."),
            example="1:45:30",
        ),
        Field(
            "pace",
            "tempo",
            _("Tempo"),
            "duration",
            unit=_("min/km"),
            low=Limit(MINUTE, _("Hurtigere løber ingen.")),
            high=Limit(HOUR, _("Langsommere regner vi ikke på.")),
            is_required=False,
            is_conditional=True,
            hint=_("Minutter:sekunder pr. kilometer, fx 5:30."),
            example="5:30",
        ),
        Field(
            "split_km",
            "mellemtid",
            _("Mellemtider for hver"),
            "choice",
            choices=(Choice("1", _("1 km")), Choice("5", _("5 km"))),
            is_required=False,
        ),
    ),
    compute=compute,
    present=present,
    method=(
        _("Tempo er tid delt med distance. Vi regner i hele brøker og runder af én gang, til nærmeste sekund."),
        _("Halvmarathon er 21,0975 km, halvdelen af et marathon på 42,195 km."),
        _("Over 100 km viser vi mellemtider for hver 5 km."),
    ),
    cautions=(_("Får du ondt eller trykken i brystet, åndenød eller bliver svimmel, så stop og ring 112."),),
    examples=(
        Example(
            {"race": "halvmarathon", "time": "2:00:00"},
            {"pace": "5:41", "solved_for": "pace", "distance_km": 21.0975},
            _("5:41 pr. km og 1:59:27 efter 21 km i tabellen for 2 timer"),
            2,
        ),
        Example(
            {"race": "halvmarathon", "pace": "5:00"},
            {"time": "1:45:29", "solved_for": "time"},
            _("Tabellen for 5:00 pr. km"),
            3,
        ),
        Example(
            {"time": "50:00", "pace": "5:00"},
            {"distance_km": 10.0, "solved_for": "distance"},
            _("50 minutter i 5:00 pr. km er 10 km"),
            4,
        ),
        Example(
            {"distance_km": 3, "time": "14:59,7"},
            {"pace": "5:00", "pace_ms": 299900, "time": "15:00"},
            _("4:59,9 pr. km afrundes til 5:00, aldrig til 4:60"),
        ),
    ),
    sources=(
        Source(
            "Half marathon",
            "World Athletics",
            "https://worldathletics.org/disciplines/road-running/half-marathon",
            _("At et halvmarathon er 21,0975 km og netop det halve af et marathon."),
        ),
        Source(
            "Pace for a 2 hour half marathon",
            "dangelo.app",
            "https://dangelo.app/pace-calculator/2-hour-half-marathon",
            _("Tempo og alle mellemtider for 2:00:00, til kontrol."),
        ),
        Source(
            "Half marathon pace chart",
            "RunReps",
            "https://runreps.com/pace-charts/half-marathon",
            _("Sluttider for faste tempi, til kontrol."),
        ),
        Source(
            "Half marathon pace calculator",
            "negative.run",
            "https://negative.run/half-marathon-pace-calculator",
            _("10 km i 5:00 pr. km med mellemtider, til kontrol."),
        ),
        Source(
            "Kender du symptomerne på en blodprop i hjertet?",
            "Seniornews, efter Hjerteforeningen",
            "https://seniornews.dk/2023/03/27/kender-du-symptomerne-paa-en-blodprop-i-hjertet/",
            _("At man straks ringer 112 ved smerter i brystet, åndenød og svimmelhed."),
        ),
    ),
)
