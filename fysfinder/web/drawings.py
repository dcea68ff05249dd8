"""The small drawing of a topic: a treatment's kind, or the walking figure with a dot where a condition sits."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from fysfinder.topics.models import Kind
from fysfinder.topics.queries import body_parts_of, taxonomy, with_ancestors

# The first of a topic and those above it that has a drawing of its own gives it (components/drawing.html has them).
TREATMENTS = {
    "manuel-behandling": "haand",
    "kompressionsbehandling": "tape",
    "varme-og-kuldebehandling": "varme",
    "kryoterapi": "kulde",
    "apparatbehandling": "apparat",
    "ultralydsbehandling": "boelge",
    "trykboelgebehandling": "boelge",
    "laserbehandling": "laser",
    "akupunktur": "naal",
    "taping": "tape",
    "bandager-og-skinner": "tape",
    "traening": "traening",
    "genoptraening": "traening",
    "hydroterapi": "vand",
    "respirationsfysioterapi": "lunger",
    "raadgivning": "samtale",
    "undersoegelse": "samtale",
}
# Where the dot stands on the walking figure (its 64 box); parts below these take the dot of the part above.
DOTS = {
    "hoved": ("35", "8"),
    "nakke": ("33", "15"),
    "skulder": ("33", "20.5"),
    "brystkasse": ("34", "24"),
    "arm": ("41", "28"),
    "haand": ("47", "26"),
    "haandled": ("47", "26"),
    "ryg": ("31.5", "28"),
    "mave": ("32", "31"),
    "baekken": ("30", "36"),
    "baekkenbund": ("30", "36"),
    "balde": ("30", "36"),
    "hofte": ("30", "36"),
    "lyske": ("32", "37"),
    "ben": ("34", "41"),
    "laar": ("34", "41"),
    "knae": ("38.5", "45.5"),
    "underben": ("37.5", "51.5"),
    "ankel": ("36.5", "57"),
    "fod": ("36.5", "57.5"),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """name: one of components/drawing.html, or empty for the figure; dot: x and y on the figure."""

    name: str
    dot: tuple[str, str] | None = None


def drawing_of(slug: str) -> Drawing | None:
    """None when the topic is nothing one can draw: a patient group, a disease of no one place."""
    card = taxonomy().topics.get(slug)
    if card is None:
        return None
    if card.kind in (Kind.TREATMENT, Kind.PROGRAMME):
        own = _nearest(slug, TREATMENTS)
        return Drawing(TREATMENTS[own]) if own else None
    places = [slug] if card.kind == Kind.BODY_PART else [part.slug for part in body_parts_of(slug)]
    place = next(filter(None, (_nearest(place, DOTS) for place in places)), "")
    return Drawing("", DOTS[place]) if place else None


def _nearest(slug: str, held: Container[str]) -> str:
    """The topic or the nearest above it that is held; empty when none is."""
    return next((each for each in with_ancestors(slug) if each in held), "")
