"""From what a visitor typed, or a JSON value, to Values: Danish commas, units left on, limits with their reasons."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext, ngettext

from fysfinder.base.text import clean
from fysfinder.tools.base import Field, Tool, ToolError, Values
from fysfinder.tools.wording import clock, decimal

MAX_CHARS = 60
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}([.,][0-9]{1,6})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,6})?")  # 1.234,5
_DURATION = re.compile(r"(?:([0-9]{1,3})[:.])?([0-9]{1,3})[:.]([0-9]{2})(?:,([0-9]{1,3}))?")


def read(tool: Tool[Any], raw: Mapping[str, object], today: dt.date) -> Values:
    """All fields of the tool; ToolError with every field that is wrong."""
    given: dict[str, Fraction | int | str] = {}
    errors: dict[str, str] = {}
    for field in tool.fields:
        value = raw.get(field.name)
        if value is None or (isinstance(value, str) and not clean(value).strip()):
            if field.is_required:
                errors[field.name] = missing(field)
            continue
        try:
            given[field.name] = read_field(field, value)
        except ToolError as error:
            errors |= error.errors
    if errors:
        raise ToolError(errors)
    return Values(given, today)


def read_field(field: Field, value: object) -> Fraction | int | str:
    if field.kind == "choice":
        return read_choice(field, value)
    return read_duration(field, value) if field.kind == "duration" else read_number(field, value)


def read_choice(field: Field, value: object) -> str:
    text = {True: "ja", False: "nej"}[value] if isinstance(value, bool) else str(value)[:MAX_CHARS].strip().lower()
    if text not in {choice.value for choice in field.choices}:
        options = ", ".join(str(choice.label) for choice in field.choices)
        raise ToolError({field.name: gettext("Vælg en af mulighederne: %(options)s.") % {"options": options}})
    return text


def read_number(field: Field, value: object) -> Fraction:
    """70, 70.5, '70,5', ' 70,5 kg' and '1.234,5'; never NaN, infinity, truth values or foreign digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise not_a_number(field)
    if isinstance(value, str):
        number = Fraction(_plain(field, value))
    elif isinstance(value, float) and not math.isfinite(value):
        raise not_a_number(field)
    else:
        number = Fraction(Decimal(repr(value))) if isinstance(value, float) else Fraction(value)
    if field.is_whole and number.denominator != 1:
        raise ToolError({field.name: gettext("Skriv et helt tal, fx %(example)s.") % {"example": field.example}})
    return _within(field, number)


def _plain(field: Field, text: str) -> str:
    """The digits of a typed number with a decimal point."""
    text = _without_unit(field, text).replace("−", "-")
    # '1.000' of a count is a thousand; of a measure it may be a decimal point (42.195 km): only a comma after it tells.
    if _GROUPED.fullmatch(text) and ("," in text or field.is_whole):
        text = text.replace(".", "")
    if not _NUMBER.fullmatch(text):
        raise not_a_number(field)
    return text.replace(",", ".")


def _without_unit(field: Field, text: str) -> str:
    text = "".join(clean(text[:MAX_CHARS]).lower().split())
    unit = "".join(str(field.unit).lower().split())
    return text.removesuffix(unit) if unit else text


def read_duration(field: Field, value: object) -> int:
    """'1:45:30', '25.30' or '5:05,5' in milliseconds."""
    match = _DURATION.fullmatch(_without_unit(field, value)) if isinstance(value, str) else None
    if match is None:
        message = gettext("Skriv en tid som minutter og sekunder eller timer, minutter og sekunder, fx %(example)s.")
        raise ToolError({field.name: message % {"example": field.example}})
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if seconds > 59 or (match[1] and minutes > 59):
        raise ToolError({field.name: gettext("Sekunder, og minutter efter timer, går kun til 59.")})
    milliseconds = ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((match[4] or "0").ljust(3, "0"))
    return int(_within(field, Fraction(milliseconds)))


def _within(field: Field, number: Fraction) -> Fraction:
    if field.low and number < field.low.value:
        limit = {"limit": _bound(field, field.low.value)}
        raise ToolError({field.name: f"{gettext('Mindst %(limit)s.') % limit} {field.low.reason}".strip()})
    if field.high and number > field.high.value:
        limit = {"limit": _bound(field, field.high.value)}
        raise ToolError({field.name: f"{gettext('Højst %(limit)s.') % limit} {field.high.reason}".strip()})
    return number


def _bound(field: Field, value: int) -> str:
    if field.kind == "duration":
        return clock(value)
    return f"{decimal(value, 0)} {field.unit}".strip()


def missing(field: Field) -> str:
    if field.kind == "choice":
        return gettext("Vælg et svar.")
    return gettext("Udfyld feltet, fx %(example)s.") % {"example": field.example}


def not_a_number(field: Field) -> ToolError:
    return ToolError({field.name: gettext("Skriv et tal, fx %(example)s.") % {"example": field.example}})


def count_errors(errors: Mapping[str, str]) -> str:
    """The heading of the summary above a form with errors."""
    count = len(errors)
    return ngettext("Der er %(count)s felt at rette", "Der er %(count)s felter at rette", count) % {"count": count}
