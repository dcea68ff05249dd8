"""Pages for what went wrong: right status, help, and no database for 500."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from fysfinder.web.nearest import nearest_pages
from fysfinder.web.views import errors


@pytest.fixture
def request_of(rf: RequestFactory):
    return lambda path: rf.get(path)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("/ordbog/kryoterap/", "/ordbog/kryoterapi/"),
        ("/find/fysioterapeut/aarhus-cc/", "/find/fysioterapeut/aarhus-c/"),
        ("/en/ordbog/kryoterap/", "/en/ordbog/kryoterapi/"),
        ("/kryoterapi/", "/ordbog/kryoterapi/"),
    ],
)
def test_a_page_that_is_not_there_offers_the_nearest(client: Client, path: str, offered: str):
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert f'href="{offered}"' in html
    assert 'name="robots" content="noindex' in html and 'rel="canonical"' not in html


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "path", ["/" + "x" * 3000, "/%3Cscript%3Ealert(1)%3C/script%3E/", "/ordbog/%F0%9F%A6%B4/", "/en/"]
)
def test_odd_addresses_never_break(client: Client, path: str):
    response = client.get(path)
    assert response.status_code in {200, 404}
    assert b"<script>alert" not in response.content


def test_the_500_page_needs_no_database(request_of):
    """No db fixture here: a query would fail the test."""
    response = errors.server_error(request_of("/soeg/?q=kn%C3%A6"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "Det gik galt hos os" in html and 'value="knæ"' in html


def test_the_other_errors_need_no_database_either(request_of):
    assert errors.bad_request(request_of("/")).status_code == 400
    assert errors.forbidden(request_of("/")).status_code == 403
    assert errors.gone(request_of("/klinik/x/"), "Klinikken er lukket", "Den findes ikke længere.").status_code == 410


def test_a_404_without_tables_is_still_a_404(request_of, monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError

    def fail(*_args: object) -> None:
        raise OperationalError

    monkeypatch.setattr("fysfinder.web.nearest.search_titles", fail)
    assert nearest_pages("/ordbog/kulde/") == []
