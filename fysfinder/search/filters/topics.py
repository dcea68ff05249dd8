"""What the patient needs: ?emner=kryoterapi,akupunktur. Every chosen topic must be offered; narrower topics count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fysfinder.search.bits import Mask
from fysfinder.search.filters.base import Asked, Filter, Option, parts
from fysfinder.search.filters.kinds import combine
from fysfinder.search.results import Combines
from fysfinder.topics.queries import taxonomy

if TYPE_CHECKING:
    from fysfinder.search.columns import Columns

MAX_TOPICS = 5
OFFERED = 12  # topics in the facet


def topic_name(slug: str) -> str:
    """The topic's name in the language of the page."""
    topic = taxonomy().get_topic(slug)
    if topic is None:
        return slug
    return topic.name_en if (get_language() or "da").startswith("en") else topic.name_da


class TopicsFilter(Filter[tuple[str, ...]]):
    key = "emner"
    label = gettext_lazy("Behandling og problem")
    explanation = gettext_lazy(
        "Viser klinikker, der selv oplyser, at de tilbyder alt det valgte. Et smallere emne tæller med: "
        "akupunktur i øret er også akupunktur."
    )
    combines: Combines = "all"

    def parse(self, values: Sequence[str]) -> tuple[str, ...] | None:
        known = {part.lower() for part in parts(values) if taxonomy().get_topic(part.lower())}
        return tuple(sorted(known)[:MAX_TOPICS]) or None

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(value)

    def describe(self, value: tuple[str, ...]) -> str:
        return _("tilbyder %(topics)s") % {"topics": _(" og ").join(topic_name(slug).lower() for slug in value)}

    def options(self, columns: Columns, value: tuple[str, ...] | None) -> tuple[Option, ...]:
        slugs = dict.fromkeys([*(value or ()), *self._beside(value or ()), *columns.common_topics()])
        offered = [slug for slug in slugs if slug in columns.topics_wide.position or slug in (value or ())]
        return tuple(Option(slug, topic_name(slug)) for slug in offered[:OFFERED])

    def _beside(self, value: tuple[str, ...]) -> list[str]:
        topics = taxonomy()
        return [
            card.slug
            for slug in value
            for card in (*topics.treatments_for(slug), *topics.conditions_for(slug), *topics.related(slug))
        ]

    def mask(self, columns: Columns, value: tuple[str, ...], asked: Asked) -> Mask:
        return combine([columns.topics_wide.mask(slug) for slug in value], "all")


TOPICS = TopicsFilter()
