"""Getting in: ?adgang=trinfri,handicaptoilet. Every chosen fact must be a known yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fysfinder.clinics.attributes import ATTRIBUTES
from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.filters.kinds import combine
from fysfinder.search.results import Combines

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

# The access facts that declare a filter in clinics/attributes.py, by their URL word.
FACTS = {
    attribute.filter_name: attribute
    for attribute in ATTRIBUTES
    if attribute.group == "access" and attribute.filter_name
}


class AccessFilter(Filter[tuple[str, ...]]):
    key = "adgang"
    label = gettext_lazy("Kan jeg komme ind?")
    explanation = gettext_lazy("Viser klinikker, hvor alt det valgte vides at være i orden.")
    combines: Combines = "all"

    def parse(self, values: Sequence[str]) -> tuple[str, ...] | None:
        chosen = {part.lower() for part in parts(values)}
        return tuple(word for word in FACTS if word in chosen) or None

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def describe(self, value: tuple[str, ...]) -> str:
        return _(" og ").join(str(FACTS[word].filter_label) for word in value)

    def options(self, columns: Columns, value: tuple[str, ...] | None) -> tuple[Option, ...]:
        return tuple(Option(word, str(attribute.filter_label)) for word, attribute in FACTS.items())

    def mask(self, columns: Columns, value: tuple[str, ...], asked: Asked) -> Mask:
        return combine([columns.facts.mask(FACTS[word].name) for word in value], "all")


ACCESS = AccessFilter()
