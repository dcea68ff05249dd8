"""The body as a way in: a figure with a link on each part that has a topic. Beside it the same links as a list."""

from __future__ import annotations

from dataclasses import dataclass

from fysfinder.base.jinja import language, url
from fysfinder.encyclopedia.queries import pages_per_topic
from fysfinder.topics.queries import get_topic, name
from fysfinder.web.article_page import EXERCISE, family_of

# Topic and where it sits on components/body_map.html, seen from the front; the back is drawn as its own side.
POINTS = (
    ("hoved", 100, 30),
    ("nakke", 100, 68),
    ("skulder", 63, 92),
    ("albue", 45, 152),
    ("haand", 33, 214),
    ("brystkasse", 100, 112),
    ("ryg", 268, 112),
    ("laend", 268, 172),
    ("mave", 100, 160),
    ("balde", 254, 212),
    ("hofte", 78, 204),
    ("laar", 82, 250),
    ("knae", 82, 302),
    ("underben", 252, 348),
    ("ankel", 84, 388),
    ("fod", 78, 406),
)


@dataclass(frozen=True)
class BodyPoint:
    label: str
    path: str
    x: int
    y: int
    exercises: int


def body_map() -> list[BodyPoint]:
    """The parts of the figure that are topics, from the head down, with the number of exercises for each."""
    counts = pages_per_topic(EXERCISE)
    points = []
    for slug, x, y in POINTS:
        if card := get_topic(slug):
            exercises = set().union(*(counts.get(pk, set()) for pk in family_of(card)))
            path = url("body_part", slug)
            points.append(BodyPoint(name(card, language()), path, x, y, len(exercises)))
    return points
