"""What the patient needs: ?emner=kryoterapi,akupunktur. Every chosen topic must be offered; narrower topics count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fysfinder.base.jinja import language
from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.filters.kinds import combine
from fysfinder.search.results import Combines
from fysfinder.topics import queries

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

MAX_TOPICS = 5
OFFERED = 12  # topics in the facet
VERBS = {
    "treatment": gettext_noop("Tilbyder"),
    "programme": gettext_noop("Tilbyder"),
    "patient_group": gettext_noop("Behandler"),
    "body_part": gettext_noop("Hjælper med problemer i"),
}
OTHER_VERB = gettext_noop("Hjælper med")


def verb(kind: str) -> str:
    """What a clinic does with a topic of this kind, before the topic's name in a sentence."""
    return _(VERBS.get(kind, OTHER_VERB))


class TopicsFilter(Filter[tuple[str, ...]]):
    key = "emner"
    label = gettext_lazy("Behandling og problem")
    explanation = gettext_lazy(
        "Viser klinikker, der selv oplyser, at de tilbyder alt det valgte. "
        "Et emne, der hører under det valgte, tæller med."
    )
    combines: Combines = "all"
    is_fixed = False

    def parse(self, values: Sequence[str]) -> tuple[str, ...] | None:
        known = {part.lower() for part in parts(values) if queries.get_topic(part.lower())}
        return tuple(sorted(known)[:MAX_TOPICS]) or None

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def describe(self, value: tuple[str, ...]) -> str:
        cards = queries.taxonomy().cards(value)
        by_verb: dict[str, list[str]] = {}
        for card in cards:
            by_verb.setdefault(verb(card.kind), []).append(queries.name_in_sentence(card, language()))
        said = [f"{words} {_(' og ').join(names)}" for words, names in by_verb.items()]
        return ", ".join([*said[:1], *(words[:1].lower() + words[1:] for words in said[1:])])

    def options(self, columns: Columns, value: tuple[str, ...] | None) -> tuple[Option, ...]:
        slugs = [*(value or ()), *self._beside(value or ()), *columns.common_topics()]
        offered = [slug for slug in slugs if slug in columns.topics_wide.position or slug in (value or ())]
        cards = queries.taxonomy().cards(offered)[:OFFERED]
        return tuple(Option(card.slug, queries.name(card, language())) for card in cards)

    def _beside(self, value: tuple[str, ...]) -> list[str]:
        return [
            card.slug
            for slug in value
            for card in (*queries.treatments_for(slug), *queries.conditions_for(slug), *queries.related(slug))
        ]

    def mask(self, columns: Columns, value: tuple[str, ...], asked: Asked) -> Mask:
        return combine([columns.topics_wide.mask(slug) for slug in value], "all")


TOPICS = TopicsFilter()
