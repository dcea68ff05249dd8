from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.clinics import validation
from fysfinder.clinics.attributes import ATTRIBUTES


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("phone", "33 23 25 65", "+4533232565"),
        ("phone", "0045 33232565", "+4533232565"),
        ("phone", "+46 8 123 456 78", "+46812345678"),
        ("phone", "", ""),
        ("phone", None, ""),
        ("email", " Ida@KLINIK.dk ", "Ida@klinik.dk"),
        ("website", "klinik.dk/om", "https://klinik.dk/om"),
        ("website", "http://klinik.dk", "http://klinik.dk"),
        ("website", "https://blåbær.dk", "https://blåbær.dk"),
        ("cvr", "DK 13585628", "13585628"),
        ("p_number", "1 003 388 394", "1003388394"),
        ("name", "  Klinik\u200b \n Åen ", "Klinik Åen"),
        ("languages", ("en", "da", "en"), ["da", "en"]),
        ("languages", [], []),
        ("languages", None, None),
        ("door_width_cm", 0, 0),
        ("agreement", None, None),
    ],
)
def test_good_values_are_cleaned(field: str, value: object, expected: object) -> None:
    assert validation.checked({field: value}) == {field: expected}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12"),
        ("phone", "ring efter kl. 9"),
        ("phone", "x" * 10_000),
        ("email", "ida@"),
        ("email", "a" * 10_000 + "@klinik.dk"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://klinik.dk"),
        ("website", "https://bruger:kode@klinik.dk"),
        ("website", "https://[::1"),
        ("website", "https://klinik.dk:x/"),
        ("website", "https://klinik.dk/" + "x" * 300),
        ("booking_url", "data:text/html,x"),
        ("cvr", "12345678"),
        ("p_number", "123"),
        ("ydernummer", "12x"),
        ("name", " "),
        ("agreement", "ja"),
        ("agreement", 1),
        ("door_width_cm", -1),
        ("door_width_cm", 9000),
        ("door_width_cm", True),
        ("languages", ["klingon"]),
        ("languages", "da"),
        ("lat", 0.0),
        ("lon", float("nan")),
        ("precision", "cirka"),
        ("slug", "andet"),
    ],
)
def test_bad_values_are_refused_under_their_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as error:
        validation.checked({field: value})
    assert list(error.value.message_dict) == [field]
    assert error.value.message_dict[field][0].endswith((".", "slug"))


@pytest.mark.django_db
def test_unknown_postcode_is_refused() -> None:
    with pytest.raises(ValidationError):
        validation.checked({"postcode": "0000"})


@given(st.sampled_from([a.name for a in ATTRIBUTES]), st.text() | st.none() | st.integers() | st.lists(st.text()))
def test_any_value_is_cleaned_or_refused(field: str, value: object) -> None:
    with contextlib.suppress(ValidationError):
        validation.checked({field: value})


def _said(rule: Callable[[str], str], text: str) -> str:
    try:
        return rule(text)
    except ValueError:
        return "refused"


@given(st.from_regex(validation._DANISH, fullmatch=True))
def test_the_short_way_with_a_danish_number_says_what_the_library_says(text: str) -> None:
    assert _said(validation._e164, text) == _said(validation._e164_of_any, text)


@given(st.from_regex(validation._PLAIN_EMAIL, fullmatch=True))
def test_the_short_way_with_a_plain_address_says_what_the_library_says(text: str) -> None:
    assert _said(validation._normal_email, text) == _said(validation._normal_email_of_any, text)
