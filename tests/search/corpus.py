"""A made corpus: one article a topic of the data file, mentioning its neighbours; no text but ours, no synonyms."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from fysfinder.search.article_text import ArticleText

_DATA = Path(__file__).resolve().parents[2] / "data/topics"
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
# Last parts of titles and how they are inflected: the words whose forms we are sure of.
_ENDINGS = {
    **dict.fromkeys(("ing", "hed", "skade", "albue", "prolaps", "terapi", "massage", "sygdom"), ("{}en", "{}ens")),
    "ing": ("{}en", "{}er", "{}erne", "{}ens"),
    "skade": ("{}n", "{}r", "{}rne", "{}ns"),
    "smerter": ("{}ne", "{}nes", "{}s"),
    "skader": ("{}ne", "{}s"),
    "gigt": ("{}en", "{}ens"),
    "terapi": ("{}en", "{}er", "{}erne", "{}s"),
    "massage": ("{}n", "{}r", "{}rne"),
    "syndrom": ("{}et", "{}er", "{}erne"),
    "brud": ("{}det", "{}dene", "{}s"),
    "knæ": ("{}et", "{}ene", "{}ets"),
    "led": ("{}det", "{}dene"),
    "finger": ("{}en", "{}ens"),
    "ankel": (),
    "hold": ("{}et", "{}ene", "{}ets"),
    "pine": ("{}n", "{}r", "{}ns"),
    "betændelse": ("{}n", "{}r", "{}rne"),
    "fod": ("{}en", "{}ens"),
    "øvelser": ("{}ne", "{}s"),
}


def articles() -> list[ArticleText]:
    with (_DATA / "topics.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["slug"]: row for row in csv.DictReader(file)}
    near: dict[str, list[str]] = defaultdict(list)
    with (_DATA / "links.csv").open(encoding="utf-8", newline="") as file:
        for link in csv.DictReader(file):
            near[link["from_topic"]].append(link["to_topic"])
            near[link["to_topic"]].append(link["from_topic"])
    return [_article(row, [rows[slug] for slug in near[row["slug"]][:12]]) for row in rows.values()]


def _article(row: dict[str, str], others: list[dict[str, str]]) -> ArticleText:
    title = row["name_da"]
    passages = [("hvad", row["summary_da"]), ("hvad", f"Her kan du læse om {title}.")]
    passages += [
        (
            "ofte",
            f"Det nævnes ofte sammen med {other['name_da']}. {other['summary_da']} {other['name_da']} er noget andet.",
        )
        for other in others
    ]
    headings = (("hvad", f"Hvad er {title}?"), ("ofte", "Hvad hører sammen?"))
    return ArticleText("ordbog", row["slug"], title, row["summary_da"], (), headings, tuple(passages))


def inflected(texts: list[ArticleText]) -> Iterator[tuple[str, str]]:
    """(an inflected form of a one-word title, the article's slug)."""
    for text in texts:
        word = text.title.lower()
        ending = max((each for each in _ENDINGS if word.endswith(each)), key=len, default="")
        if word.isalpha() and ending:
            yield from ((pattern.format(word), text.slug) for pattern in _ENDINGS[ending])


def misspelt(word: str, chance: random.Random) -> str:
    """The word with one slip: a letter left out, put in, exchanged, or two in the wrong order."""
    at = chance.randrange(len(word) - 1)
    kind = chance.choice(("out", "in", "other", "swap"))
    if kind == "out":
        return word[:at] + word[at + 1 :]
    if kind == "swap" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    letter = chance.choice([each for each in _LETTERS if each != word[at]])
    return word[:at] + letter + word[at + (kind == "other") :]
