"""What a clinic search answers around its clinics: plain frozen values that a page, the API and a test read alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Pairs = tuple[tuple[str, str], ...]
# How the chosen options of a group work together: one at a time, every one must hold, or any one is enough.
Combines = Literal["one", "all", "any"]


@dataclass(frozen=True, slots=True)
class Target:
    """Another search to link to: the path's place and topic, and the canonical query pairs."""

    place_slug: str
    topic_slug: str | None
    pairs: Pairs

    @property
    def url_name(self) -> str:
        return "find_topic" if self.topic_slug else "find"

    @property
    def url_args(self) -> tuple[str, ...]:
        return (self.place_slug, self.topic_slug) if self.topic_slug else (self.place_slug,)


class FacetOption(NamedTuple):
    """One choice of a filter. `count` is the exact total you would get by (also) choosing it."""

    value: str  # what stands in the URL: 'trinfri', '450', 'ja'
    label: str
    count: int  # type: ignore[assignment]  # a page has a hundred of these: a tuple is made in half the time
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One filter with its options; `text` is the present canonical value ('' when the filter is not used)."""

    key: str  # the URL parameter
    label: str
    explanation: str
    combines: Combines
    text: str
    options: tuple[FacetOption, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, said in words, and the search without it."""

    key: str
    label: str
    target: Target
    unknown_left_out: int  # clinics that match the rest, left out only because this is not known of them


@dataclass(frozen=True, slots=True)
class Relax:
    """One change that would give results, and how many."""

    key: str  # the filter's parameter, 'sted' for another place, 'alt' for dropping every filter
    label: str
    target: Target
    total: int

    @property
    def pairs(self) -> Pairs:
        return self.target.pairs


@dataclass(frozen=True, slots=True)
class Nearest:
    """A clinic outside the asked area and how far it is, as the crow flies."""

    id: int
    distance_km: float


@dataclass(frozen=True, slots=True)
class SortChoice:
    """A sort order: its URL value ('' for the default), name and one sentence on what it does."""

    value: str
    label: str
    explanation: str
    is_chosen: bool
