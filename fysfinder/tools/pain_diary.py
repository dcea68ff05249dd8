"""A pain diary to print and fill in by hand: nothing about the pain is ever typed in here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fysfinder.tools.base import Choice, Example, Field, Limit, Result, Source, Table, Tool, Values

TIMES = {"1": 1, "3": 3}


@dataclass(frozen=True, slots=True)
class PainDiary:
    days: int
    times_a_day: int
    columns: tuple[str, ...]


def compute(values: Values) -> PainDiary:
    times = TIMES[values.text("times_a_day") or "1"]
    pain = (
        (gettext("Smerte"),)
        if times == 1
        else (gettext("Smerte, morgen"), gettext("Smerte, middag"), gettext("Smerte, aften"))
    )
    more = (
        gettext("Hvor gjorde det ondt?"),
        gettext("Hvad lavede du?"),
        gettext("Hvad hjalp? Medicin?"),
        gettext("Søvn"),
    )
    return PainDiary(int(values.exact("days")), times, (gettext("Dag og dato"), *pain, *more))


def present(output: PainDiary) -> Result:
    blank = ("",) * (len(output.columns) - 1)
    days = (gettext("Dag %(number)s") % {"number": number} for number in range(1, output.days + 1))
    rows = tuple((day, *blank) for day in days)
    value = ngettext("%(count)s dag", "%(count)s dage", output.days) % {"count": output.days}
    scale = gettext("0 er ingen smerte, 10 er den værste smerte, du kan forestille dig.")
    paper = gettext("Skriv den ud, og udfyld den i hånden.")
    return Result(
        gettext("Din smertedagbog"),
        value,
        notes=(("note", scale), ("note", paper)),
        table=Table(gettext("Smertedagbog, smerte fra 0 til 10"), output.columns, rows, is_numeric=False, is_form=True),
    )


TOOL = Tool(
    name="pain_diary",
    slug="smertedagbog",
    topics=("langvarige-smerter", "smertehaandtering", "smertepatienter"),
    keywords=("smertedagbog", "smerteskema", "dagbog over smerter", "smerteregistrering", "vas skala", "pain diary"),
    title=_("Smertedagbog til at skrive ud"),
    summary=_("Et skema på papir, du udfylder i hånden og tager med til fysioterapeuten eller lægen."),
    fields=(
        Field(
            "days",
            "dage",
            _("Hvor mange dage?"),
            unit=_("dage"),
            low=Limit(1, _("Skriv, hvor mange dage du vil føre dagbog.")),
            high=Limit(31, _("Skriv den hellere ud igen for næste måned.")),
            is_whole=True,
            hint=_("Efter en uges tid begynder man ofte at kunne se et mønster."),
            example="14",
        ),
        Field(
            "times_a_day",
            "gange",
            _("Hvor tit vil du notere smerten?"),
            "choice",
            choices=(Choice("1", _("Én gang om dagen")), Choice("3", _("Morgen, middag og aften"))),
            is_required=False,
        ),
    ),
    compute=compute,
    present=present,
    submit=_("Lav skemaet"),
    method=(
        _(
            "Skemaet har det, som kilderne beder om: tid, sted, styrke fra 0 til 10, hvad du lavede, "
            "hvad du gjorde ved det, og hvad det gjorde ved dig."
        ),
    ),
    cautions=(
        _("Dagbogen skal hjælpe samtalen. Fylder smerten mere, fordi du skriver om den, så hold pause med den."),
        _("Bliver smerten pludselig meget værre, eller kommer der nye tegn, så ring til din læge."),
    ),
    examples=(
        Example({"days": 14, "times_a_day": "3"}, {"days": 14, "times_a_day": 3}, _("Morgen, middag og aften"), 2),
        Example({"days": "7"}, {"days": 7, "times_a_day": 1}, _("En uge, én gang om dagen"), 3),
    ),
    sources=(
        Source(
            "Smertekartlegging",
            "helsekompetanse.no",
            "https://smerte.helsekompetanse.no/smertekartlegging/",
            _("Skalaen fra 0, ingen smerte, til 10, værst tænkelige."),
        ),
        Source(
            "What to keep in your pain diary",
            "Health",
            "http://www.health.com/health/condition-article/0,,20189785,00.html",
            _("Flere gange om dagen, medicin og virkning, andet du prøvede, og hvad der gjorde det værre."),
        ),
        Source(
            "Fast facts for patients: using a pain diary",
            "GeriatricPain.org",
            "https://geriatricpain.org/fast-facts-patients-using-pain-diary",
            _("Hvad man noterer, helst dagligt."),
        ),
        Source(
            "Keeping a pain diary",
            "ePsych Clinic",
            "https://epsychclinic.com/courses/coping-with-chronic-pain/lesson/keeping-a-pain-diary/",
            _("At man efter en uges tid kan begynde at se mønstre."),
        ),
    ),
    is_printed=True,
)
