from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FIND = "/find/fysioterapeut/aarhus-c/"
SWAP = {"HX-Request": "true", "HX-Request-Type": "partial"}


def results_of(html: str) -> str:
    """The part that is swapped, without what stands around it."""
    part = html[html.index('<div id="resultater"') :]
    return re.sub(r"\s+", " ", part.split("</main>")[0].rsplit("</div>", 1)[0]).strip()


@pytest.mark.parametrize("rest", ["", "kryoterapi/", "kryoterapi/?maks-pris=100", "?sorter=navn"])
def test_the_htmx_answer_equals_the_fresh_pages_part(client: Client, world: object, rest: str) -> None:
    fresh = client.get(FIND + rest).content.decode()
    swapped = client.get(FIND + rest, headers=SWAP).content.decode()
    assert re.sub(r"\s+", " ", swapped[swapped.index('<div id="resultater"') :]).strip() == results_of(fresh)
    assert re.search(r"<title>.*?</title>", swapped)[0] == re.search(r"<title>.*?</title>", fresh)[0]  # type: ignore[index]


def test_htmx_gets_the_one_address_in_a_header_instead_of_a_redirect(client: Client, world: object) -> None:
    response = client.get(FIND + "?ydernummer=ja&sorter=&maks-pris=", headers=SWAP)
    assert response.status_code == 200
    assert response.headers["HX-Push-Url"] == FIND + "?ydernummer=ja"
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_gets_the_whole_page_and_pushes_no_address(client: Client, world: object) -> None:
    response = client.get(FIND, headers={**SWAP, "HX-History-Restore-Request": "true"})
    assert response.content.startswith(b"<!DOCTYPE html>")
    assert "HX-Push-Url" not in response.headers


def test_htmx_gets_the_address_of_the_last_page_for_one_beyond_it(client: Client, world: object) -> None:
    assert client.get(FIND + "?sorter=navn&side=9999", headers=SWAP).headers["HX-Push-Url"] == FIND + "?sorter=navn"
