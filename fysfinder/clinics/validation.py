"""What may stand in a clinic's fields: every value cleaned and checked, or refused in Danish under its field's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email
from stdnum.dk import cvr as cvr_number

from fysfinder.base.text import clean, one_line
from fysfinder.clinics.attributes import ATTRIBUTES, Attribute
from fysfinder.clinics.models.clinic import Clinic, Precision
from fysfinder.places.models import Postcode

_TEXT_LENGTHS = {"name": 120, "street": 160, "parking_note": 120}
_MOST = {"step_height_cm": 200, "door_width_cm": 300, "therapist_count": 500}
# Denmark with its waters: a point outside is a mistake in the source.
_LAT, _LON = (54.4, 57.9), (7.9, 15.3)


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields cleaned for the model. Raises ValidationError with {field: message} for every one that cannot be."""
    result: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in fields.items():
        rule = _RULES.get(name)
        if rule is None:
            raise ValidationError({name: _("Ukendt felt: %(name)s") % {"name": name}})
        try:
            result[name] = rule(value)
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise ValidationError(problems)
    return result


def point_after_moving(clinic: Clinic, values: Mapping[str, Any]) -> dict[str, Any]:
    """A clinic that moved and brought no new point does not stand at the old one: the middle of its postcode."""
    has_moved = any(name in values and getattr(clinic, name) != values[name] for name in ("street", "postcode"))
    if not has_moved or "lat" in values or "lon" in values:
        return {}
    postcode = values.get("postcode", clinic.postcode)
    return {"lat": postcode.lat, "lon": postcode.lon, "precision": Precision.POSTCODE}


def phone(value: Any) -> str:
    """E.164 of a Danish or international number. Raises ValueError in Danish.

    Checked by length, not by the list of ranges in use: a new range must not make a right number wrong.
    """
    text = one_line(str(value or ""), max_length=40)
    if not text:
        return ""
    return _e164(text)


_DANISH = re.compile(r"(?:\+45 ?)?([2-9](?: ?[0-9]){7})")


@lru_cache(maxsize=20_000)  # an import reads, checks and compares each
def _e164(text: str) -> str:
    if plain := _DANISH.fullmatch(text):  # nearly all; the library takes 0.5 ms to say the same
        return f"+45{plain[1].replace(' ', '')}"
    return _e164_of_any(text)


def _e164_of_any(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "DK")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValueError(_("Telefonnummeret skal have 8 cifre, eller begynde med + og landekode."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def email(value: Any) -> str:
    """The address normalised, not looked up. Raises ValueError in Danish."""
    text = one_line(str(value or ""), max_length=254)
    if not text:
        return ""
    return _normal_email(text)


# Letters and digits of the plainest kind, under top domains in which no name is reserved.
_PLAIN_EMAIL = re.compile(
    r"([A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+){0,4})@((?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,4}\.){1,3}(?:dk|com|net|nu|eu))"
)


@lru_cache(maxsize=20_000)
def _normal_email(text: str) -> str:
    if len(text) <= 64 and (plain := _PLAIN_EMAIL.fullmatch(text)):
        return f"{plain[1]}@{plain[2].lower()}"
    return _normal_email_of_any(text)


def _normal_email_of_any(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(_("E-mailadressen er ikke rigtig. Skriv den som navn@klinik.dk.")) from None


def web_address(value: Any) -> str:
    """An http or https address; one without a scheme gets https. Raises ValueError in Danish."""
    text = one_line(str(value or ""), max_length=301)
    if not text:
        return ""
    if "://" not in text and not text.lower().startswith(("javascript:", "data:", "mailto:", "tel:")):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  # reading it raises for a port that is no number
    except ValueError:
        host, parts = "", urlsplit("")
    is_web = parts.scheme.lower() in {"http", "https"} and "." in host and not parts.username
    if not is_web or " " in text or len(text) > 300:
        raise ValueError(_("Adressen skal begynde med https:// og være højst 300 tegn."))
    return text


def cvr(value: Any) -> str:
    """Eight digits with a right check digit. Raises ValueError in Danish."""
    text = one_line(str(value or ""), max_length=20)
    if not text:
        return ""
    if not cvr_number.is_valid(text):
        raise ValueError(_("CVR-nummeret har 8 cifre, og det sidste skal passe med de andre."))
    return str(cvr_number.compact(text))


def _digits(low: int, high: int) -> Callable[[Any], str]:
    def rule(value: Any) -> str:
        text = one_line(str(value or ""), max_length=40).replace(" ", "")
        if text and not (text.isascii() and text.isdigit() and low <= len(text) <= high):
            raise ValueError(_("Nummeret skal bestå af %(low)d–%(high)d cifre.") % {"low": low, "high": high})
        return text

    return rule


def _text(max_length: int, *, is_required: bool = False) -> Callable[[Any], str]:
    def rule(value: Any) -> str:
        text = one_line(str(value or ""), max_length=max_length)
        if is_required and not text:
            raise ValueError(_("Feltet må ikke være tomt."))
        return text

    return rule


def _about(value: Any) -> str:
    return clean(str(value or "")[:20_000]).strip()[:5000]


def _yes_no(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise ValueError(_("Svar ja, nej eller ved ikke."))


def _number(most: int) -> Callable[[Any], int | None]:
    def rule(value: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise ValueError(_("Skriv et helt tal fra 0 til %(most)d.") % {"most": most})
        return value

    return rule


def _choices(attribute: Attribute) -> Callable[[Any], list[str] | None]:
    slugs = [choice.slug for choice in attribute.choices]

    def rule(value: Any) -> list[str] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple | set | frozenset) or any(slug not in slugs for slug in value):
            raise ValueError(_("Vælg blandt svarene på listen."))
        return [slug for slug in slugs if slug in set(value)]

    return rule


def _degrees(bounds: tuple[float, float]) -> Callable[[Any], float]:
    def rule(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not bounds[0] <= value <= bounds[1]:
            raise ValueError(_("Punktet ligger ikke i Danmark."))
        return float(value)

    return rule


def _precision(value: Any) -> str:
    if value not in Precision.values:
        raise ValueError(_("Vælg blandt svarene på listen."))
    return str(value)


def _postcode(value: Any) -> Postcode:
    """A Postcode, or its four digits."""
    found = value if isinstance(value, Postcode) else Postcode.objects.filter(pk=str(value)[:10]).first()
    if found is None:
        raise ValueError(_("Postnummeret findes ikke."))
    return found


def _rule(attribute: Attribute) -> Callable[[Any], Any]:
    """The rule of an attribute, drawn from its kind."""
    by_kind: dict[str, Callable[[Any], Any]] = {"yes_no": _yes_no, "phone": phone, "email": email, "url": web_address}
    if attribute.kind == "number":
        return _number(_MOST[attribute.name])
    if attribute.kind == "choices":
        return _choices(attribute)
    return by_kind.get(attribute.kind) or _text(_TEXT_LENGTHS.get(attribute.name, 120))


_RULES: Mapping[str, Callable[[Any], Any]] = {
    **{attribute.name: _rule(attribute) for attribute in ATTRIBUTES},
    "name": _text(_TEXT_LENGTHS["name"], is_required=True),
    "about": _about,
    "cvr": cvr,
    "p_number": _digits(10, 10),
    "sor_id": _digits(6, 18),
    "ydernummer": _digits(3, 6),
    "postcode": _postcode,
    "lat": _degrees(_LAT),
    "lon": _degrees(_LON),
    "precision": _precision,
}
