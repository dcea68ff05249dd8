"""Words in a question that ask for help at once, before any clinic: 112, the doctor on call, Livslinien. Pure.

Sources. 1813 (Region Hovedstaden) for illness that cannot wait until the own doctor opens, 112 for what threatens
life: bispebjerghospital.dk, "Hvordan bruger jeg 1813". Bladder, bowel and numbness in the saddle area with back pain:
nhi.no and netdoktor.se, "Cauda equina-syndromet" (at once). Livslinien 70 20 12 01: cphpost.dk, 26 October 2015.
A word too many costs a card above the results; a word too few may cost more.
"""

from __future__ import annotations

import re
from typing import Literal

Flag = Literal["", "urgent", "nerves", "life"]

# Danish and English, as people write them; each is looked for at the beginning of a word.
LIFE = (
    r"selvmord|tage livet af mig|slå mig selv ihjel|ikke (?:orker at |lyst til at )?leve (?:mere|længere)",
    r"suicid|kill myself|end my life|want to die",
)
URGENT = (
    r"lammelse|lammet|lam i |halvsidig|ensidig|hænge[nr]?d? mundvig|bevidstløs|besvime|hjertestop|hjerteanfald",
    r"brystsmerte|smerte[r]? i brystet|ondt i brystet|tryk(?:ken)? (?:for|i) brystet|blodprop|slagtilfælde",
    r"(?:kan ikke|svært ved at) (?:få vejret|trække vejret)|vejrtrækning|åndenød|kvæl",
    r"paraly|one-?sided weakness|unconscious|passed out|faint(?:ed|ing)|stroke\b|heart attack",
    r"chest (?:pain|pressure)|(?:can'?t|cannot|can not|trouble|difficulty) breath|short(?:ness)? of breath|blood clot",
)
NERVES = (
    r"(?:kan ikke|svært ved at) (?:tisse|lade vandet|holde på vandet|holde (?:på )?(?:urin|afføring))",
    r"kan ikke mærke (?:skridtet|underlivet)",
    r"tisse[r]? i bukserne|følelsesløs(?:hed)? i (?:skridtet|underlivet|endebalder|ballerne)|ridebuks|cauda",
    r"(?:can'?t|cannot|can not) (?:pee|urinate|control my (?:bladder|bowel))",
    r"numb(?:ness)? in (?:the |my )?(?:groin|saddle)|numb groin",
)


def _any(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")


WORDS: tuple[tuple[Flag, re.Pattern[str]], ...] = (
    ("life", _any(LIFE)),
    ("urgent", _any(URGENT)),
    ("nerves", _any(NERVES)),
)


def red_flag(text: str) -> Flag:
    """The gravest sign in the words of a question; '' for none."""
    said = " ".join(text.casefold().replace("\u2019", "'").split())
    return next((flag for flag, words in WORDS if words.search(said)), "")
