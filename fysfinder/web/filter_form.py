"""The filter form of a find page: the search's facets as groups of boxes, in sections a visitor understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from markupsafe import Markup

from fysfinder.base.jinja import GAP, cut, language, number, url
from fysfinder.search.answer import Results
from fysfinder.search.clinic_search import ClinicSearch
from fysfinder.search.results import FacetGroup, FacetOption, SortChoice
from fysfinder.web.situation_view import SHOWN_IN_FILTERS

SHOWN = 5  # options before 'Vis flere'; the chosen ones are always among them
OPEN = {"emner", "radius", "maks-ventetid", "subsidy"}  # the rest is folded until something in it is chosen
# Single boxes gather under a common question; a filter nobody named here stands by itself.
SECTIONS = {
    "ydernummer": "subsidy",
    "vederlagsfri": "subsidy",
    "hjemmebesoeg": "manner",
    "hold": "manner",
    "online": "manner",
    "hjemmetraening": "manner",
}


@dataclass(frozen=True, slots=True)
class GroupView:
    key: str
    is_single_choice: bool
    text: str
    any_label: str
    shown: Markup  # the options' rows
    folded: Markup
    folded_count: int


class Said(NamedTuple):
    """What every group is worded with, asked for once."""

    language: str
    any: str


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    groups: tuple[GroupView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class FilterForm:
    action: str
    reset: str
    hidden: tuple[tuple[str, str], ...]
    sorts: tuple[SortChoice, ...]
    sections: tuple[Section, ...]


def filter_form(search: ClinicSearch, results: Results) -> FilterForm:
    """The form's action is the place alone: the path's topic is one of its boxes, so it can be unticked."""
    own = {group.key for group in results.facets} | {"sorter", "side", *SHOWN_IN_FILTERS}
    return FilterForm(
        action=url("find", search.place.slug),
        reset=_reset(search),
        hidden=tuple(pair for pair in search.canonical_pairs() if pair[0] not in own),
        sorts=results.sorts,
        sections=tuple(_sections(search, (group for group in results.facets if group.options))),
    )


def _reset(search: ClinicSearch) -> str:
    place, topic = search.canonical_path()
    return url("find_topic", place, topic) if topic else url("find", place)


def _sections(search: ClinicSearch, groups: Iterable[FacetGroup]) -> list[Section]:
    names = {"subsidy": _("Tilskud"), "manner": _("Sådan kan det foregå")}
    said = Said(language(), _("Alle"))
    gathered: dict[str, list[FacetGroup]] = {}
    for group in groups:
        gathered.setdefault(SECTIONS.get(group.key, group.key), []).append(group)
    return [
        Section(
            names.get(name, held[0].label),
            tuple(_view(search, group, said) for group in held),
            is_open=name in OPEN or any(group.text for group in held),
        )
        for name, held in gathered.items()
    ]


def _view(search: ClinicSearch, group: FacetGroup, said: Said) -> GroupView:
    options = group.options
    is_single_choice = group.combines == "one" and len(options) > 1
    if not is_single_choice and len(options) > SHOWN + 1:
        options = tuple(sorted(options, key=lambda option: not option.is_chosen))
    most = len(options) if is_single_choice or len(options) <= SHOWN + 1 else SHOWN
    most = max(most, sum(option.is_chosen for option in options)) if not is_single_choice else most
    kind = "radio" if is_single_choice else "checkbox"
    return GroupView(
        key=group.key,
        is_single_choice=is_single_choice,
        text=group.text,
        # A place with a usual radius has it ticked: there is no 'any' beside it.
        any_label="" if group.key == "radius" and search.radius_km else said.any,
        shown=_rows(kind, group.key, options[:most], said.language),
        folded=_rows(kind, group.key, options[most:], said.language) if most < len(options) else Markup(""),
        folded_count=len(options[most:]),
    )


def _rows(kind: str, key: str, options: Iterable[FacetOption], spoken: str) -> Markup:
    """A page has a hundred rows, and only their counts are its own."""
    rows = []
    for value, label, count, is_chosen in options:
        before, after = _row(kind, key, value, label, is_chosen, not count and not is_chosen, spoken)
        rows.append(f"{before}{number(count, spoken)}{after}")
    return Markup("".join(rows))


@lru_cache(maxsize=4_000)
def _row(kind: str, key: str, value: str, label: str, is_chosen: bool, is_none: bool, spoken: str) -> tuple[str, ...]:
    """What stands around an option's count."""
    return cut("components/filter_column.html", "row", kind, key, value, label, is_chosen, is_none, GAP)
