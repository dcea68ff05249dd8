"""Who a record says the clinic is: everything that can tell two clinics apart, in the form scoring compares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fysfinder.base.text import fold, one_line
from fysfinder.imports import cells
from fysfinder.imports.normalise import (
    Address,
    Name,
    address_of,
    city_of,
    digits_of,
    host_of,
    mail_host_of,
    name_of,
    phones_of,
)

FIELDS = (
    "name", "street", "postcode", "city", "phone", "website", "email", "cvr", "p_number", "sor_id", "ydernummer",
    "lat", "lon",
)  # fmt: skip
# Folded column names people use → ours.
_ALIASES = {
    "kliniknavn": "name", "klinik": "name", "navn": "name", "adresse": "street", "vej": "street", "gade": "street",
    "address": "street", "postnr": "postcode", "postnummer": "postcode", "zip": "postcode", "postal code": "postcode",
    "by": "city", "bynavn": "city", "town": "city", "tlf": "phone", "telefon": "phone",
    "telefonnummer": "phone", "mobil": "phone", "hjemmeside": "website", "web": "website", "url": "website",
    "mail": "email", "e mail": "email", "epost": "email", "cvr nummer": "cvr", "cvrnummer": "cvr", "cvr nr": "cvr",
    "p nummer": "p_number", "pnummer": "p_number", "p number": "p_number", "sor": "sor_id", "sor kode": "sor_id",
    "sor id": "sor_id", "sorid": "sor_id", "ydernr": "ydernummer", "yder": "ydernummer", "latitude": "lat",
    "breddegrad": "lat", "longitude": "lon", "lng": "lon", "laengdegrad": "lon",
}  # fmt: skip
_LENGTHS = {"cvr": (8, 8), "p_number": (10, 10), "sor_id": (6, 18), "ydernummer": (3, 6)}


NO_ADDRESS = Address()
_TOWN_ALONE = re.compile(r"(?:DK-?)?(\d{4})\s+[^\d,]+", re.IGNORECASE)  # '4930 Maribo' in the street's column


@dataclass(frozen=True, slots=True)
class Identity:
    name: Name
    address: Address = NO_ADDRESS
    postcode: str = ""
    city: str = ""
    phones: frozenset[str] = frozenset()
    host: str = ""
    email: str = ""
    mail_host: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)  # cvr, p_number, sor_id, ydernummer
    point: tuple[float, float] | None = None
    is_point_exact: bool = True  # False: only the middle of a postcode


_FIELD_OF = {**_ALIASES, **{fold(name): name for name in FIELDS}}


@lru_cache(maxsize=5_000)
def field_of(column: str) -> str | None:
    """The field a column's name means; None when it means none."""
    return _FIELD_OF.get(fold(column))


def identity_of(record: Mapping[str, Any], *, is_point_exact: bool = True) -> Identity:
    """From texts under our names or the Danish ones. Never raises: what cannot be read is not known."""
    texts: dict[str, str] = {}
    for column, value in record.items():
        name = field_of(str(column))
        if name and value is not None and not isinstance(value, bool | dict | list):
            text = cells.stated(str(value))
            texts[name] = texts.get(name) or text
    if _is_swapped(texts):
        texts["name"], texts["street"] = texts["street"], texts["name"]
    street, postcode = cells.split_street(texts.get("street", ""))
    if match := _TOWN_ALONE.fullmatch(street):
        street, postcode = "", match[1]
    email = texts.get("email", "").lower()
    ids = {name: digits_of(texts[name]) for name in _LENGTHS if texts.get(name)}
    if "ydernummer" in ids:
        ids["ydernummer"] = ids["ydernummer"].lstrip("0")
    return Identity(
        name=name_of(texts.get("name", "")),
        address=address_of(street) if street else NO_ADDRESS,
        postcode=_postcode(texts.get("postcode", "")) or postcode,
        city=city_of(texts.get("city", "")),
        phones=phones_of(texts.get("phone", "")),
        host=host_of(texts["website"]) if texts.get("website") else "",
        email=one_line(email, max_length=254) if "@" in email else "",
        mail_host=mail_host_of(email),
        ids={name: value for name, value in ids.items() if _LENGTHS[name][0] <= len(value) <= _LENGTHS[name][1]},
        point=_point(texts.get("lat", ""), texts.get("lon", "")),
        is_point_exact=is_point_exact,
    )


def _is_swapped(texts: Mapping[str, str]) -> bool:
    """Name and street in each other's column: only the name has a house number, only the street a trade."""
    name, street = texts.get("name", ""), texts.get("street", "")
    is_address = address_of(name).number is not None and not name_of(name).trades
    return bool(is_address and street and address_of(street).number is None and name_of(street).trades)


def _postcode(text: str) -> str:
    digits = digits_of(text.split()[0]) if text.split() else ""
    return digits.zfill(4) if 3 <= len(digits) <= 4 else ""


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return point if -90 <= point[0] <= 90 and -180 <= point[1] <= 180 and point != (0.0, 0.0) else None
