"""How we sort, said by the code that sorts: the orders, the figures of "best match" and worked examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.jinja import km, language
from fysfinder.search import sorting
from fysfinder.search.sorting import SORTS, Sort


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that counts in "best match", and how much."""

    label: str
    weight: str


@dataclass(frozen=True, slots=True)
class Example:
    said: str
    sum: str


@dataclass(frozen=True, slots=True)
class RankingPage:
    sorts: tuple[Sort, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]
    unknown_days: int  # what an unknown waiting time counts as


# (metres to the clinic, days of waiting or None, topics it only meets in part)
EXAMPLES: tuple[tuple[int, int | None, int], ...] = ((600, 12, 0), (1_200, 3, 0), (2_400, None, 0), (900, 3, 1))


def ranking_page() -> RankingPage:
    day, unknown = sorting.METRES_A_WAITING_DAY, sorting.WAITING_DAYS_WHEN_UNKNOWN
    narrower = sorting.METRES_A_NARROWER_TOPIC
    return RankingPage(
        sorts=SORTS,
        parameters=(
            Parameter(_("Afstand i luftlinje"), _("tæller, som den er")),
            Parameter(_("En dags ventetid"), _("tæller som %(km)s") % {"km": km(day / 1000)}),
            Parameter(_("Ukendt ventetid"), _("tæller som %(n)d dage") % {"n": unknown}),
            Parameter(
                _("Et emne, som klinikken kun tilbyder en del af"), _("tæller som %(km)s") % {"km": km(narrower / 1000)}
            ),
        ),
        examples=tuple(sorted_examples()),
        unknown_days=unknown,
    )


def sorted_examples() -> list[Example]:
    """The examples in the order the rule gives them."""
    found = []
    for metres, days, narrower in EXAMPLES:
        waiting = sorting.METRES_A_WAITING_DAY * (sorting.WAITING_DAYS_WHEN_UNKNOWN if days is None else days)
        parts = (metres, waiting, narrower * sorting.METRES_A_NARROWER_TOPIC)
        wait = _("ukendt ventetid") if days is None else ngettext("%(n)d dag", "%(n)d dage", days) % {"n": days}
        said = ", ".join([km(metres / 1000), wait, *([_("en del af emnet")] if narrower else [])])
        found.append((sum(parts), Example(said, sum_words(parts))))
    return [example for _total, example in sorted(found, key=lambda pair: pair[0])]


def sum_words(parts: Sequence[int], spoken: str = "") -> str:
    """'1,2 km + 1,5 km = 2,7 km': distance, waiting and a topic met in part, each where it counts."""
    spoken = spoken or language()
    shown = [metres for metres in parts if metres] or [0]
    total = km(sum(parts) / 1000, spoken)
    return f"{' + '.join([km(metres / 1000, spoken) for metres in shown])} = {total}" if len(shown) > 1 else total


def why_maker(*, has_distance: bool) -> Callable[[Sequence[int]], str]:
    """Answers 'hvorfor nr. 3?' for the clinics of a list. Without a place to measure from there is no distance."""
    said = (
        _("Afstand, ventetid omregnet til kilometer%(topics)s: %(sum)s. Lavest sum står først.")
        if has_distance
        else _("Ventetid omregnet til kilometer%(topics)s: %(sum)s. Lavest sum står først.")
    )
    topics, spoken = _(" og et emne, den kun tilbyder en del af"), language()
    return lambda parts: said % {"topics": topics if parts[2] else "", "sum": sum_words(parts, spoken)}
