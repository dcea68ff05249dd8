"""Pages for what went wrong: right status, help, and no database for 500."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from fysfinder.encyclopedia.models import Article, RemovedArticle
from fysfinder.topics.models import Synonym, Topic
from fysfinder.web.nearest import nearest_pages
from fysfinder.web.views import errors
from tests.make import make_topic


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
        ("/find/fysioterapeut/aarhus-c/kryoterapii/", "/find/fysioterapeut/aarhus-c/kryoterapi/"),
        ("/klinik/klinik-frosst/", "/klinik/klinik-frost/"),
    ],
)
def test_a_page_that_is_not_there_offers_the_nearest(client: Client, path: str, offered: str):
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert f'href="{offered}"' in html
    assert 'name="robots" content="noindex' in html and 'rel="canonical"' not in html


@pytest.mark.usefixtures("world")
def test_a_word_for_a_topic_leads_to_its_article(client: Client):
    Synonym.objects.create(topic=Topic.objects.get(slug="kryoterapi"), text="Kuldebehandling", language="da")
    assert client.get("/ordbog/kuldebehandling/")["Location"] == "/ordbog/kryoterapi/"
    response = client.get("/ordbog/Kryoterapi/")
    assert (response.status_code, response["Location"]) == (301, "/ordbog/kryoterapi/")


@pytest.mark.usefixtures("world")
def test_a_topic_without_an_article_offers_its_clinics(client: Client):
    make_topic("musearm", kind="condition")
    response = client.get("/ordbog/musearm/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "Find klinikker med hjælp til musearm" in html and "/find/fysioterapeut/danmark/musearm/" in html


@pytest.mark.usefixtures("world")
def test_an_article_that_was_taken_down_is_gone_and_says_where_to_go(client: Client):
    Article.objects.all().delete()
    topic = Topic.objects.get(slug="kryoterapi")
    RemovedArticle.objects.create(kind="ordbog", slug="kryoterapi", title="Kryoterapi", topic=topic)
    response = client.get("/ordbog/kryoterapi/")
    assert response.status_code == 410
    html = response.content.decode()
    assert "står her ikke længere" in html and "/find/fysioterapeut/danmark/kryoterapi/" in html


@pytest.mark.usefixtures("world")
def test_the_404_does_not_say_its_heading_twice(client: Client):
    assert client.get("/findes-ikke/").content.decode().count("Siden findes ikke") <= 3  # title, heading, og:title


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


@pytest.mark.parametrize(("root", "words"), [("/", "Adressen er for lang"), ("/en/", "too long")])
def test_an_overlong_address_is_refused_with_a_way_on(client: Client, root: str, words: str):
    """No database: the refusal stands at the door."""
    response = client.get(root + "priser/?x=" + "y" * 5000)
    html = response.content.decode()
    assert response.status_code == 414 and words in html
    assert f'action="{root}soeg/"' in html and "width=device-width" in html


def test_a_refusal_needs_no_stylesheet(client: Client, monkeypatch: pytest.MonkeyPatch):
    def missing(_name: str) -> str:
        raise ValueError

    monkeypatch.setattr("fysfinder.base.http.static", missing)
    response = client.get("/priser/%00")
    assert response.status_code == 400 and "tegn, vi ikke kan læse" in response.content.decode()
