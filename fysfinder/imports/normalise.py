"""Names, addresses and contacts in one form for comparing. Nothing here decides; scoring.py does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from fysfinder.base.text import fold
from fysfinder.clinics import validation


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Said by so many clinics that it tells none of them apart.
GENERIC = _words(
    "fysioterapi fysioterapien fysioterapeut fysioterapeuter fysioterapeuterne fysioterapeutisk fysio fys fysik "
    "klinik klinikken klinikker center centret centeret centrum praksis traening traeningscenter traeningsklinik "
    "traeningen genoptraening behandling behandlingen sundhed sundhedshus sundhedshuset sundhedshusets sundhedscenter "
    "sundhedscentret laegehus laegehuset "
    " terapi terapeut "
    "terapeuter physio physiotherapy physiotherapist clinic health rehab aut autoriseret autoriserede privat "
    "og i for af pa paa ved hos the and of din dit det den de til med ny nye"
)
_LEGAL = re.compile(
    r"(?<![\w.])(?:a\.?p\.?s|a/s|i/s|p/s|k/s|ivs|i\.v\.s|smba|amba|s\.m\.b\.a|a\.m\.b\.a|f\.?m\.?b\.?a|holding)\.?(?![\w/])",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:(?:\s+|/|,|\()\s*(?:v\s*/|v\.\s*/?|ved\s|c/o)|/\s*v\s)\s*(?=[^\W\d])", re.IGNORECASE)
_PLUS = re.compile(r"(?<=\w)\+(?=\s|$|\W)")  # 'Fysio+' is a name, 'Ryg + Ro' an and
_AND = re.compile(r"\s*(?:&|\+)\s*")
_FORMERLY = re.compile(r"[\s(,-]*\b(?:tidl\.|tidligere|fhv\.)\s.*", re.IGNORECASE)
_TIMES = re.compile(
    r"[(\[][^()\[\]]*\b(?:lukket|lukker|genåbnet|nyåbnet|flyttet|åbner)\b[^()\[\]]*[)\]]", re.IGNORECASE
)
_AFFIXES = ("fysioterapi", "fysio", "fys", "klinikken", "klinik")
_TITLES = frozenset({"fysioterapeut", "fys", "aut", "autoriseret", "mr", "ms", "exam"})

# What a business does, by the stem of a word of its name. Two that share a house and a name differ in this.
_TRADES = re.compile(
    r"fys|kiropra|osteopat|naprapat|tand(?:l|k|p|h|reg)|laege(?!mid)|apotek|psyk|fod(?:t|k|p)|hudkl|oejen|optik|"
    r"akupunk|zonet|massa|massoer|yoga|pilates|fitness|jordemo|ergoter|diaet|ernaering|logopaed|audiolog|frisoer|"
    r"boernehave|vuggestue|skole|plejehjem|plejecent|sygehus|hospital|kirurg|kosmet"
)
SIDE_TRADES = _words("osteopat naprapat akupunk zonet massa massoer yoga pilates ergoter kiropra fitness")

_ROAD_WORDS = {
    "gl": "gammel",
    "gml": "gammel",
    "glm": "gammel",
    "ndr": "nordre",
    "sdr": "soendre",
    "sndr": "soendre",
    "nr": "noerre",
    "vestr": "vestre",
    "oestr": "oestre",
    "skt": "sankt",
    "sct": "sankt",
    "kgs": "kongens",
    "str": "store",
    "ll": "lille",
    "v": "vej",
    "vj": "vej",
    "g": "gade",
    "gd": "gade",
    "pl": "plads",
    "al": "alle",
    "blvd": "boulevard",
    "boul": "boulevard",
    "dr": "doktor",
    "dronn": "dronning",
    "chr": "christian",
    "fr": "frederik",
    "frdr": "frederik",
    "pr": "prins",
}
_NOT_IN_NAMES = frozenset({"dr", "fr", "pr", "pl", "al", "str"})
_TOWN_WORDS = {"frb": "frederiksberg", "kbh": "koebenhavn", "kbhs": "koebenhavns", "cph": "copenhagen"}
_SHORT_ROAD = re.compile(r"(?<=[^\W\d]{2})(gd|g|vj|v|pl|str)\.(?=\s*(?:\d|,|$))", re.IGNORECASE)  # 'Byg. 4', 'Steng.'
_ENDINGS = {"v": "vej", "vj": "vej", "g": "gade", "gd": "gade", "pl": "plads", "str": "straede", "vejen": "vej"}
_ENDINGS |= {"gaden": "gade", "alleen": "alle", "straedet": "straede", "stien": "sti", "pladsen": "plads"}
_ENDING = re.compile(rf"(?<=[a-z]{{3}})({'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")  # 'ahornv', 'noerreg'
_STREET = re.compile(
    r"^(?P<road>.*?[^\W\d].*?)[\s,]+(?P<number>\d{1,3})\s?(?P<letter>[a-zæøå](?![\wæøå]))?"
    r"(?:\s?[-–/]\s?(?P<last>\d{1,3})\s?[a-zæøå]?(?![\wæøå]))?(?P<rest>(?:[\s,.].*)?)$",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"(?:^|[\s,.])(?P<floor>st(?:uen)?|kl|kælder(?:en)?|parterre|\d{1,2})\.?\s*(?:sal|etage)?[\s.,]*"
    r"(?P<door>tv|th|mf|midt|\d{1,3}|dør\s*\w+)?(?![\w])",
    re.IGNORECASE,
)
_AREA_LETTERS = re.compile(r"\s+(?:c|k|n|s|v|oe|nv|sv|noe|soe)$")
# One host for many businesses: it says nothing about which of them.
SHARED_HOSTS = _words(
    "facebook.com instagram.com linkedin.com google.com sites.google.com goo.gl maps.app.goo.gl wixsite.com wix.com "
    "wordpress.com weebly.com squarespace.com webnode.dk simplesite.com one.com mono.net yolasite.com github.io "
    "linktr.ee planway.com easypractice.net terapeutbooking.dk setmore.com bookeo.com sundhed.dk krak.dk "
    "degulesider.dk youtube.com tiktok.com x.com twitter.com"
)
FREE_MAIL = _words(
    "gmail.com googlemail.com hotmail.com hotmail.dk outlook.com outlook.dk live.dk live.com yahoo.com yahoo.dk "
    "icloud.com me.com mail.dk mail.tele.dk post.tele.dk stofanet.dk youmail.dk jubii.dk sol.dk protonmail.com"
)

LONGEST = 300  # characters that are looked at: more is no name, and patterns are slow in it


@dataclass(frozen=True, slots=True)
class Name:
    """words: all of them. core: those that tell it apart. person: whose clinic it is ('v/ Anne Lind')."""

    core: tuple[str, ...]
    person: tuple[str, ...]
    words: tuple[str, ...]
    joined: str  # everything without spaces
    trades: frozenset[str] = frozenset()  # what the name says is done there; none when it does not say


@lru_cache(maxsize=50_000)
def name_of(text: str) -> Name:
    text = text[:LONGEST]
    plain = _AND.sub(" og ", _PLUS.sub(" plus ", _FORMERLY.sub("", _LEGAL.sub(" ", _TIMES.sub(" ", text)))))
    before, *after = _OWNER.split(plain, maxsplit=1)
    words = fold(before).split()
    person = tuple(word for word in fold(after[0]).split() if word not in _TITLES) if after else ()
    words = [_ROAD_WORDS.get(word, word) if len(word) > 1 and word not in _NOT_IN_NAMES else word for word in words]
    words = [_TOWN_WORDS.get(word, word) for word in words]
    specific = [word for word in words if not _is_generic(word)]
    core = tuple(stem for word in specific if not _is_generic(stem := _bare(word)))
    trades = trades_of(fold(plain))
    return Name(core, person, (*words, *person), "".join(words) + "".join(person), trades)


def trades_of(folded: str) -> frozenset[str]:
    """The stems of what is done there."""
    return frozenset(_TRADES.findall(folded))


_LONG_GENERIC = tuple(sorted(word for word in GENERIC if len(word) >= 8))


@lru_cache(maxsize=50_000)
def _is_generic(word: str) -> bool:
    """Also with a slip of the pen: 'fysoterapi'."""
    is_long = len(word) >= 7
    return word in GENERIC or (
        is_long and any(OSA.distance(word, known, score_cutoff=1) <= 1 for known in _LONG_GENERIC)
    )


def _bare(word: str) -> str:
    """'fysiovang' → 'vang', 'bakkefysioterapi' → 'bakke'; short remainders stay whole."""
    for affix in _AFFIXES:
        if affix == "fys" and word.startswith("fysi"):
            continue
        if word.startswith(affix) and len(word) - len(affix) >= 3:
            return word.removeprefix(affix)
        if word.endswith(affix) and len(word) - len(affix) >= 3:
            return word.removesuffix(affix)
    return word


@dataclass(frozen=True, slots=True)
class Address:
    """A road in one spelling, a house number or a span of them, its letter, the floor and the door."""

    road: str = ""
    number: int | None = None
    last: int | None = None
    letter: str = ""
    floor: int | None = None
    door: str = ""


@lru_cache(maxsize=50_000)
def address_of(street: str) -> Address:
    street = street[:LONGEST].strip()
    match = _STREET.match(street)
    if match is None:
        return Address(_road(street.split(",")[0]))
    rest = match["rest"] or ""
    floor = _FLOOR.search(rest)
    return Address(
        road=_road(match["road"]),
        number=int(match["number"]),
        last=int(match["last"]) if match["last"] else None,
        letter=fold(match["letter"] or ""),
        floor=_floor(floor["floor"]) if floor else None,
        door=fold(floor["door"] or "") if floor else "",
    )


def _road(text: str) -> str:
    """'Gl. Ahornv.' and 'Gammel Ahornvej' alike, and 'Ahorn Vej' like 'Ahornvej'."""
    words = fold(_SHORT_ROAD.sub(lambda match: _ENDINGS[match[1].lower()], text).replace("Kbh.", "Københavns ")).split()
    spelled = [_ROAD_WORDS.get(word, word) if number or len(word) > 1 else word for number, word in enumerate(words)]
    if spelled and (match := _ENDING.search(spelled[-1])) and not spelled[-1].endswith(("berg", "borg", "bjerg", "ng")):
        spelled[-1] = spelled[-1][: match.start()] + _ENDINGS[match[1]]
    return "".join(spelled)


def _floor(text: str) -> int | None:
    word = fold(text)
    if word.isdigit():
        return int(word)
    return -1 if word.startswith(("kl", "kae")) else 0


def city_of(text: str) -> str:
    """'Aarhus C' and 'Århus' alike."""
    words = _AREA_LETTERS.sub("", fold(text))
    return {"kbh": "koebenhavn", "kobenhavn": "koebenhavn", "copenhagen": "koebenhavn"}.get(words, words)


@lru_cache(maxsize=50_000)
def phones_of(text: str) -> frozenset[str]:
    """Every number of the text in E.164: '86 00 00 14 / 86 00 00 15'."""
    found = set()
    for part in re.split(r"[/,;]|\beller\b|\bog\b", text):
        try:
            found.add(validation.phone(part))
        except ValueError:
            continue
    return frozenset(number for number in found if number)


@lru_cache(maxsize=50_000)
def host_of(address: str) -> str:
    """The website's host without www., '' for one that many businesses share."""
    address = address[:LONGEST]
    try:
        host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    labels = host.split(".")
    is_shared = any(".".join(labels[start:]) in SHARED_HOSTS for start in range(len(labels)))
    return "" if is_shared or "." not in host or " " in host else host


def mail_host_of(email: str) -> str:
    """The host of the clinic's own mail domain; '' for a mail provider's."""
    host = email.rpartition("@")[2].lower().strip()
    return "" if host in FREE_MAIL or not host or "@" not in email else host_of(host)


def digits_of(text: str) -> str:
    """An identifier without what spreadsheets and people put around it: '="0123"', 'DK 12 34 56 78'."""
    return re.sub(r"\D", "", text)
