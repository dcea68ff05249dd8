"""Every kind of page, once: what the checks of markup, accessibility and language go through.

CLINIC and COMPARE stand for the first clinics of the find page, which differ from one demo to the next.
"""

from __future__ import annotations

from pathlib import Path

from fysfinder.encyclopedia.kinds import PAGE_KINDS, Kind
from scripts.site import ROOT

FIND = "/find/fysioterapeut/aarhus/kryoterapi/"


def first_file(kind: Kind) -> Path | None:
    return min((ROOT / "content" / kind.folder).glob("*.md"), default=None)


PAGES = {
    "home": "/",
    "find_index": "/find/",
    "find": FIND,
    "find_filtered": FIND + "?adgang=trinfri&maks-pris=600&sorter=pris",
    "zero": "/find/fysioterapeut/anholt/kryoterapi/?maks-pris=100&maks-ventetid=1",
    "denmark": "/find/fysioterapeut/danmark/",
    "online": "/find/fysioterapeut/online/",
    "clinic": "CLINIC/",
    "clinic_report": "CLINIC/ret/",
    "compare": "COMPARE",
    "compare_nothing": "/sammenlign/",
    **{kind.index_url_name: kind.path for kind in PAGE_KINDS},
    **{kind.url_name: f"{kind.path}{file.stem}/" for kind in PAGE_KINDS if (file := first_file(kind))},
    "article": "/ordbog/kryoterapi/",
    "condition": "/ordbog/laendesmerter/",
    "article_search": "/ordbog/?soeg=kryo",
    "body_part": "/styrkeoevelser/kropsdel/knae/",
    "search": "/soeg/?q=smerte",
    "search_nothing": "/soeg/?q=xyzxyz",
    "prices": "/priser/",
    "receipt": "/priser/?henvisning=ja&postnr=8000&danmark=5&gange=6",
    "prices_error": "/priser/?henvisning=ja&postnr=80&gange=999",
    "tool_index": "/vaerktoejer/",
    "tool": "/vaerktoejer/bmi/",
    "tool_result": "/vaerktoejer/bmi/?vaegt=80&hoejde=180",
    "tool_error": "/vaerktoejer/bmi/?vaegt=-1&hoejde=x",
    "scan_report": "/forstaa-din-scanning/",
    "feedback": "/sig-til/ordbog/kryoterapi/",
    "ranking": "/saadan-rangerer-vi/",
    "about": "/om/",
    "sources": "/kilder/",
    "accessibility": "/tilgaengelighed/",
    "privacy": "/privatliv/",
    "missing": "/findes-ikke/",
    "catalogue": "/stil/",
}


def address(clinics: list[str], path: str, language: str = "da") -> str:
    """The path on the site, with real clinics in it."""
    compare = "/sammenlign/?" + "&".join(f"k={slug}" for slug in clinics[:3])
    prefix = "" if language == "da" else f"/{language}"
    return prefix + path.replace("COMPARE", compare).replace("CLINIC", f"/klinik/{clinics[0]}")
