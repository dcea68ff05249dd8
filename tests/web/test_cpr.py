"""No form takes a CPR number: each address a visitor may write to is tried, in each of its free texts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from fysfinder.base.cpr import refuse_cpr
from fysfinder.clinics.models import Report
from fysfinder.encyclopedia.invitations import invite_reviewer
from fysfinder.encyclopedia.models import Article, PageMessage, Review
from fysfinder.encyclopedia.review import hash_of
from fysfinder.web.writes import WRITES

NUMBER = "010180-1234"
# The free texts of each form; the scan report is not kept, and its CPR numbers are covered before they are shown.
FREE_TEXTS = {
    "clinic_report": ["besked"],
    "feedback": ["besked"],
    "sign_review": ["profession"],
    "scan_report": ["tekst"],
}


def test_every_form_is_tried_here() -> None:
    assert set(FREE_TEXTS) == set(WRITES)


def test_no_form_keeps_or_shows_one(client: Client, world: Article) -> None:
    _invitation, token = invite_reviewer(article=world, name="Ida Holm")
    given = {"text_hash": hash_of(world), "authorisation_id": "0A0B1", "agreed": "ja"}
    paths = {
        "clinic_report": "/klinik/klinik-frost/ret/",
        "feedback": "/sig-til/ordbog/kryoterapi/",
        "sign_review": f"/gennemgang/{token}/",
        "scan_report": "/forstaa-din-scanning/",
    }
    for name, path in paths.items():
        for field in FREE_TEXTS[name]:
            answer = client.post(path, {**given, field: f"Jeg er {NUMBER} og fysioterapeut"})
            if name == "scan_report":
                assert NUMBER not in answer.content.decode()
            else:
                assert answer.status_code == 422 and "CPR" in answer.content.decode(), name
    assert not Report.objects.exists() and not PageMessage.objects.exists()
    assert not Review.objects.filter(signed_at__isnull=False).exists()


@pytest.mark.parametrize("text", [NUMBER, "0101801234", "cpr: 010180 1234", "01.01.80-1234"])
def test_one_is_refused_wherever_text_is_kept(text: str, world: Article) -> None:
    with pytest.raises(ValidationError, match="CPR"):
        refuse_cpr("uden", f"med {text}")
    with pytest.raises(ValidationError, match="CPR"):
        invite_reviewer(article=world, name=text)
