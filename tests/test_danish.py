"""Danish as the language council has it, in every sentence we show: genitive, gender, plurals, 'i' and 'på'.

Genitive: Retskrivningsordbogen (2012) § 21 (dsn.dk): -s, a lone apostrophe after s, x and z, 's after abbreviations
without a full stop; never the English 's. How a name ends is not known beforehand: no sentence makes a genitive of one.
'I' and 'på': Nyt fra Sprognævnet (V. Sandersen), as told by fyens.dk/639209: 'på' before smaller islands and
peninsulas, 'i' before countries, parts of the country and towns; parts of towns follow what is said there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

CATALOGUE = settings.BASE_DIR / "fysfinder/locale/en/LC_MESSAGES/django.po"
CITIES = settings.BASE_DIR / "data/places/cities.csv"
COMMON = (
    "klinik|behandling|pris|side|oplysning|øvelse|artikel|henvisning|kommune|region|by|smerte|ventetid|aftale|uge|dag"
    "|time|læge|skulder|hofte|ryg|fod|ankel|nakke|takst|kilde|liste|søgning|adresse|fejl"
)
NEUTER = (
    "emne|sted|besøg|forløb|spørgsmål|svar|postnummer|ydernummer|tilskud|knæ|ben|hold|navn|telefonnummer|beløb|ord"
    "|billede|problem|link|felt|tal|område"
)
IN, ON = "i", "på"
PLACES = {
    **dict.fromkeys(("aarhus", "koebenhavn", "odense", "svendborg", "nexoe", "valby", "vanloese"), IN),
    **dict.fromkeys(("bornholm", "samsoe", "fyn", "sjaelland", "lolland", "aeroe", "fanoe", "amager"), ON),
    **dict.fromkeys(("frederiksberg", "noerrebro", "vesterbro", "oesterbro", "christianshavn", "djursland"), ON),
}


def sentences() -> Iterator[str]:
    """Every Danish sentence of the catalogue and of the encyclopedia."""
    text = CATALOGUE.read_text("utf-8")
    for entry in re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', text, re.M):
        yield "".join(line.strip('"') for line in entry.splitlines())
    for path in sorted((settings.BASE_DIR / "content").rglob("*.md")):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith(
                ("  - title:", "    publisher:", "summary_en:", "synonyms:")
            ):  # as others wrote it, and English
                yield line


def wrong_genders(sentence: str) -> list[str]:
    pattern = rf"\b(?:(?:en|din|min|ingen|denne) (?:{NEUTER})|(?:et|dit|mit|intet|dette) (?:{COMMON}))\b"
    return re.findall(pattern, sentence, re.I)


def wrong_genitives(sentence: str) -> list[str]:
    """A name with an ending glued to it, the English 's after a word of small letters, s twice."""
    sentence = re.sub(r'"[^"]*"|”[^”]*”', "", sentence)  # what is quoted may be English
    return re.findall(r"%\((?!num|count|shown)\w+\)s['’]?s\b|\b[a-zæøå]{2,}['’]s\b|\b\w+[sxz]['’]s\b", sentence)


@pytest.mark.parametrize(
    ("sentence", "gender", "genitive"),
    [
        ("Find en emne på et klinik", ["en emne", "et klinik"], []),
        ("Et besøg på en klinik, din pris og dit tilskud", [], []),
        ("%(name)ss åbningstider, klinikken's side, Lars's knæ", [], ["%(name)ss", "klinikken's", "Lars's"]),
        ("klinikkens side, Lars' knæ, DR's og USA's", [], []),
    ],
)
def test_the_rules_see_what_is_wrong_and_nothing_else(sentence: str, gender: list[str], genitive: list[str]):
    assert wrong_genders(sentence) == gender and wrong_genitives(sentence) == genitive


def test_every_sentence_keeps_gender_and_genitive():
    said = [line for line in sentences() if " " in line]
    assert len(said) > 2_000
    found = {line: wrong for line in said if (wrong := wrong_genders(line) + wrong_genitives(line))}
    assert found == {}


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 klinikker"), (1, "1 klinik"), (2, "2 klinikker"), (21, "21 klinikker")]
)
def test_a_clinic_is_counted_as_danes_count(count: int, words: str):
    with translation.override("da"):
        assert ngettext("%(num)s klinik", "%(num)s klinikker", count) % {"num": count} == words


def test_towns_are_in_and_islands_are_on():
    with CITIES.open(encoding="utf-8", newline="") as file:
        rows = {row["slug"]: row for row in csv.DictReader(file)}
    assert {slug: rows[slug]["preposition"] for slug in PLACES if slug in rows} == {
        slug: word for slug, word in PLACES.items() if slug in rows
    }
    assert {row["name"] for row in rows.values() if row["kind"] == "island" and row["preposition"] != ON} == set()
