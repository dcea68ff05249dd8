"""The words of scan reports in plain Danish: data/glossary.csv, with the sources each explanation rests on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fysfinder.base.cpr import mask
from fysfinder.base.text import slugify
from fysfinder.encyclopedia.links import Name, Names, Target

ABOVE_ALL = "ajnr"  # the source that says findings are common without pain
COMMON = "Det ses også hos mange, der ikke har ondt."
_KNOWN = {"akut", "kronisk", "subakut", "progression", "brusk", "cyste", "ligament", "degeneration", "menisk"}


@dataclass(frozen=True, slots=True)
class Source:
    """A page we opened for the explanations."""

    key: str
    title: str
    publisher: str
    url: str
    seen: str  # ISO date


@dataclass(frozen=True, slots=True)
class Term:
    """One word and what it means. common: the source that says people without pain often have it too; else ''."""

    slug: str
    term: str
    forms: tuple[str, ...]  # other spellings and the Latin
    explanation: str
    sources: tuple[str, ...]  # keys
    common: str

    @property
    def text(self) -> str:
        return f"{self.explanation} {COMMON}" if self.common else self.explanation


@dataclass(frozen=True, slots=True)
class Glossary:
    terms: dict[str, Term]  # by slug, in the order of the file
    sources: dict[str, Source]
    names: Names

    def sources_of(self, terms: list[Term]) -> list[Source]:
        """The sources of some terms and of what is said above them all, each once, in the order of the list."""
        keys = {key for term in terms for key in (*term.sources, term.common)} | {ABOVE_ALL}
        return [source for key, source in self.sources.items() if key in keys]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a report's text, and the word of ours it is; None for the rest."""

    text: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its words marked, in order, and each word once. CPR numbers are masked."""

    pieces: tuple[Piece, ...]
    terms: tuple[Term, ...]
    masked: int


def glossary() -> Glossary:
    """The glossary of this process, read on first use."""
    return read_glossary(settings.DATA_DIR)


@lru_cache(maxsize=4)
def read_glossary(folder: Path) -> Glossary:
    """ValueError names the line of a row that cannot be used."""
    sources = {row["key"]: Source(**row) for _line, row in _rows(folder / "glossary_sources.csv")}
    terms: dict[str, Term] = {}
    for line, row in _rows(folder / "glossary.csv"):
        forms = tuple(form.strip() for form in row["forms"].split(";") if form.strip())
        keys = tuple(row["sources"].split())
        term = Term(slugify(row["term"]), row["term"], forms, row["explanation"], keys, row["common"])
        unknown = {*keys, *filter(None, [term.common])} - set(sources)
        if unknown or not keys or not term.explanation or term.slug in terms:
            raise ValueError(f"glossary.csv:{line}: {term.term}: a source is missing or unknown, or the word is twice")
        terms[term.slug] = term
    return Glossary(terms, sources, Names(names_of(terms.values())))


def headwords() -> Iterator[Name]:
    """The words that are explained in articles: without their everyday spellings, and without words everybody knows."""
    return (Name(term.term, Target("term", "", slug)) for slug, term in glossary().terms.items() if slug not in _KNOWN)


def names_of(terms: Iterable[Term]) -> Iterator[Name]:
    """Every spelling of the terms, the terms themselves first."""
    listed = list(terms)
    yield from (Name(term.term, Target("term", "", term.slug)) for term in listed)
    yield from (Name(form, Target("term", "", term.slug)) for term in listed for form in term.forms)


def explain(text: str) -> Report:
    """A report's words explained. Nothing of it is kept."""
    held = glossary()
    masked_text, masked = mask(text)
    pieces: list[Piece] = []
    found: dict[str, Term] = {}
    place = 0
    for start, end, target in held.names.find(masked_text):
        term = held.terms[target.slug]
        found.setdefault(term.slug, term)
        pieces += [Piece(masked_text[place:start])] if start > place else []
        pieces.append(Piece(masked_text[start:end], term))
        place = end
    pieces += [Piece(masked_text[place:])] if place < len(masked_text) else []
    return Report(tuple(pieces), tuple(found.values()), masked)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if None in row or None in row.values():
                raise ValueError(f"{path.name}:{line}: has another number of columns than the head")
            yield line, row
