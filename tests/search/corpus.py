"""A made corpus: one article a topic of the data file, mentioning its neighbours; no text but ours, no synonyms."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from fysfinder.base.text import slugify
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


def unseen() -> list[tuple[str, tuple[str, ...]]]:
    """Titles we wrote that the taxonomy does not have, several sharing words, and ways people write each."""
    with (Path(__file__).parent / "unseen.csv").open(encoding="utf-8", newline="") as file:
        return [(row["title"], tuple(row["forms"].split("|"))) for row in csv.DictReader(file)]


def unseen_questions() -> list[tuple[str, str]]:
    """(what is asked, the slug of the article it names)."""
    return [(text, slugify(title)) for title, forms in unseen() for text in (title, *forms)]


def _paragraphs(title: str, chance: random.Random) -> list[tuple[str, str]]:
    """(heading, text) of a short article that mentions eight others more often than itself."""
    others = chance.sample([other.lower() for other, _forms in unseen() if other != title], 8)
    mentions = " ".join(
        f"Tilstanden forveksles med {other}, og ved {other} gælder andre råd. Læs om {other}." for other in others
    )
    return [
        (f"Hvad er {title.lower()}?", "Det kan give smerter og stivhed, og mange søger en fysioterapeut."),
        ("Hvad ligner det?", mentions),
        ("Hvad kan du gøre?", "Bevæg dig i et roligt tempo."),
    ]


def unseen_articles() -> list[ArticleText]:
    chance = random.Random(11)
    found = []
    for title, _forms in unseen():
        parts = _paragraphs(title, chance)
        headings = tuple((str(at), heading) for at, (heading, _text) in enumerate(parts))
        passages = tuple((str(at), text) for at, (_heading, text) in enumerate(parts))
        found.append(ArticleText("ordbog", slugify(title), title, f"Om {title.lower()}.", (), headings, passages))
    return found


def write_unseen(folder: Path) -> None:
    """The same articles as a folder for load_content."""
    (folder / "ordbog").mkdir(parents=True)
    for article in unseen_articles():
        dates = 'datePublished: "01/11/2026"\nlastUpdated: "01/11/2026"\nstatus: published'
        text = f'---\ntitle: "{article.title}"\ndescription: "{article.description}"\n{dates}\n---\n\nKort fortalt.\n'
        for (_at, heading), (_same, passage) in zip(article.headings, article.passages, strict=True):
            text += f"\n## {heading}\n\n{passage}\n"
        (folder / "ordbog" / f"{article.slug}.md").write_text(text, encoding="utf-8")


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
