"""Cells as people fill them in, to values. None: not stated. ValueError: not understood, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from fysfinder.base.text import fold, one_line
from fysfinder.clinics import validation
from fysfinder.imports.record import Location
from fysfinder.places.queries import Gazetteer

MAX_CELL = 1000
_NOT_STATED = {"ukendt", "ikke oplyst", "uoplyst"}
_ONLY_MARKS = re.compile(r"[\s\-–—?.]*")
_AMOUNT = r"(\d{1,3}(?:[. ]\d{3})+|\d{1,6})(?:[,.](\d{1,2}|-))?"
_PRICE = re.compile(rf"(?:kr\.?|dkk)?\s*{_AMOUNT}\s*(?:kr\.?|dkk)?", re.ASCII)
_TO = re.compile(r"\s*(?:-|–|—|\btil\b)\s*")
_STREET_POSTCODE = re.compile(r"^(.*?)[,\s]+(?:DK-?)?(\d{4})(?!\d)\s*([^\d,]*)$", re.IGNORECASE)
MAX_PRICE_ORE = 20_000_00

LONGEST_PRICE, LONGEST_STREET = 60, 300  # characters; what is longer is something else, and slow to look through


def stated(cell: str) -> str:
    """The cell on one line; '' for '-' and other ways to say nothing."""
    text = one_line(cell, max_length=MAX_CELL)
    if _ONLY_MARKS.fullmatch(text):
        return ""
    lower = text.lower()  # folding every cell of a file costs more than looking for the two stems
    return "" if ("oplyst" in lower or "ukendt" in lower) and fold(text) in _NOT_STATED else text


def yes_no(text: str) -> bool:
    words = fold(text)
    if words in {"ja", "yes", "j"}:
        return True
    if words in {"nej", "no", "n"}:
        return False
    raise ValueError("is neither Ja nor Nej")


def count(text: str) -> int:
    """A plain number of people."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= 500:
        raise ValueError("is not a whole number from 1 to 500")
    return int(text)


def price(text: str) -> tuple[int, int]:
    """'506,72', '800-1350', '1.250 kr.', '400,-' to the lowest and highest amount in øre."""
    if len(text) > LONGEST_PRICE:
        raise ValueError("is not an amount in kroner")
    if single := _PRICE.fullmatch(text.lower()):
        low = high = _ore(single)
    else:
        ends = [_PRICE.fullmatch(part) for part in _TO.split(text.lower())]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            raise ValueError("is not an amount in kroner")
        low, high = _ore(ends[0]), _ore(ends[1])
    if low > high:
        raise ValueError("the range ends below its beginning")
    if not 0 < low <= high <= MAX_PRICE_ORE:
        raise ValueError("is not a believable price of a visit")
    return low, high


def _ore(match: re.Match[str]) -> int:
    kroner = int(re.sub(r"[. ]", "", match[1]))
    cents = "" if match[2] in (None, "-") else match[2]
    return kroner * 100 + int(cents.ljust(2, "0") or "0")


def parking(text: str) -> tuple[bool | None, str]:
    """Whether patients can park, and the words about it. None with words: kept as words only."""
    words = fold(text)
    if words in {"ja", "yes"}:
        return True, ""
    if words in {"nej", "no", "ingen", "ingen parkering"}:
        return False, ""
    if words in {"gratis", "betalt", "gode muligheder", "gratis parkering", "betalt parkering"}:
        return True, text
    return None, text


def point(lat: str, lon: str) -> tuple[float, float]:
    """Degrees north and east. Raises ValueError for what is no place on earth; NaN is none either."""
    north, east = float(lat), float(lon)
    if not (abs(north) <= 90 and abs(east) <= 180):
        raise ValueError("is no point on earth")
    return north, east


def location(code: str, lat: str | None, lon: str | None, places: Gazetteer) -> Location:
    """Where a row with this postcode lies: at its own point, or else in the postcode's middle.

    Raises ValueError without a postcode of the country.
    """
    known = places.postcodes.get(code)
    if known is None:
        raise ValueError(f"there is no postcode {code}" if code else "has no postcode: it cannot be placed")
    try:
        return Location(code, *point(lat or "", lon or ""), is_stated=True, is_point_exact=True)
    except ValueError:
        return Location(code, known.lat, known.lon, is_stated=True)


def split_street(text: str) -> tuple[str, str]:
    """'Vejen 1, 8000 Aarhus C' to the street and the postcode; the postcode is '' when none stands there."""
    match = _STREET_POSTCODE.match(text) if len(text) <= LONGEST_STREET else None
    # 'Vejen 1000' is a house number: a postcode stands before its town or after a comma.
    if match and match[1].strip(" ,") and (match[3].strip() or "," in text[: match.start(2)]):
        return match[1].strip(" ,"), match[2]
    return text, ""


def _in_english(rule: Callable[[str], str], message: str) -> Callable[[str], str]:
    @lru_cache(maxsize=20_000)  # a row's contacts are read when it is surveyed, applied and compared
    def read(text: str) -> str:
        try:
            return rule(text)
        except ValueError:
            raise ValueError(message) from None

    return read


phone = _in_english(validation.phone, "is not a telephone number")
email = _in_english(validation.email, "is not an e-mail address")
website = _in_english(validation.web_address, "is not a web address")
