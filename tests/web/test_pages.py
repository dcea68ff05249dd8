"""Every public page answers in both languages, alone, without cookies, and says in its head what it is."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from fysfinder.encyclopedia.kinds import PAGE_KINDS

PATHS = (
    *("/", "/soeg/", "/soeg/?q=kryoterapi", "/soeg/?q=xyzzy", "/ordbog/kryoterapi/", "/priser/"),
    *(kind.path for kind in PAGE_KINDS),
    *("/saadan-rangerer-vi/", "/om/", "/kilder/", "/tilgaengelighed/", "/privatliv/", "/find/"),
)
EMPTY = tuple(kind.path for kind in PAGE_KINDS if not kind.explains_topics)  # in the small world of these tests
INDEXED = tuple(path for path in PATHS if not path.startswith(("/soeg/", *EMPTY)))
pytestmark = pytest.mark.usefixtures("world")


class Loads(HTMLParser):
    """Collects what a browser would fetch, and the ids on the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.labels: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.targets += values.get(name, "").split()
        if tag == "a" and values.get("href", "").startswith("#"):
            self.targets.append(values["href"][1:])
        if tag in {"script", "img", "iframe", "source", "video", "audio"} and "src" in values:
            self.fetched.append(values["src"])
        if tag == "link" and values.get("rel") in {"stylesheet", "preload", "icon", "manifest", "modulepreload"}:
            self.fetched.append(values["href"])
        if tag == "form":
            self.fetched.append(values.get("action", "/"))


def links(html: str, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}"[^>]*href="([^"]*)"', html)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_without_cookie_or_third_party(client: Client, path: str, prefix: str):
    response = client.get(prefix + path)
    page = Loads(response.content.decode())
    assert response.status_code == 200
    assert response["Content-Language"] == ("en" if prefix else "da")
    assert "Set-Cookie" not in response.headers and not response.cookies
    assert all(address.startswith(("/", "data:")) and not address.startswith("//") for address in page.fetched)


@pytest.mark.parametrize("path", PATHS)
def test_every_id_is_given_once_and_every_target_exists(client: Client, path: str):
    page = Loads(client.get(path).content.decode())
    assert len(page.ids) == len(set(page.ids))
    assert not set(page.targets) - set(page.ids)


@pytest.mark.parametrize("path", PATHS)
def test_every_icon_used_is_in_the_sprite_and_no_other(client: Client, path: str):
    html = client.get(path).content.decode()
    assert set(re.findall(r'<symbol id="(i-[a-z-]+)"', html)) == set(re.findall(r'href="#(i-[a-z-]+)"', html))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", INDEXED)
def test_every_page_names_its_canonical_and_its_languages(client: Client, path: str, prefix: str):
    html = client.get(prefix + path).content.decode()
    assert links(html, "canonical") == [settings.SITE_URL + prefix + path]
    alternates = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
    danish, english = settings.SITE_URL + path, settings.SITE_URL + "/en" + path
    assert alternates == [("da", danish), ("en", english), ("x-default", danish)]
    assert '<meta name="robots" content="index, follow' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", PATHS)
def test_titles_and_descriptions_are_there_and_short(client: Client, path: str):
    html = client.get(path).content.decode()
    title = re.search(r"<title>(.*?)</title>", html)
    description = re.search(r'<meta name="description" content="([^"]*)"', html)
    assert title and 10 <= len(title[1]) <= 75
    assert description and 20 <= len(description[1]) <= 160


@pytest.mark.parametrize("path", PATHS)
def test_structured_data_is_json_with_a_context(client: Client, path: str):
    html = client.get(path).content.decode()
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
        assert json.loads(block)["@context"] == "https://schema.org"


def test_search_pages_are_not_indexed(client: Client):
    assert 'content="noindex, follow"' in client.get("/soeg/?q=kryoterapi").content.decode()


def test_the_home_page_asks_no_database(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")


def test_the_ranking_page_shows_every_order_in_its_own_words(client: Client):
    from fysfinder.search.sorting import SORTS

    html = client.get("/saadan-rangerer-vi/").content.decode()
    assert all(str(sort.label) in html and str(sort.explanation)[:40] in html for sort in SORTS)


def test_prices_without_a_tariff_say_unknown(client: Client):
    assert "ikke oplyst" in client.get("/priser/").content.decode()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("path", ["/", "/find/fysioterapeut/aarhus-c/", "/klinik/klinik-frost/", "/priser/"])
def test_every_icon_a_page_uses_is_in_its_sprite(client: Client, path: str):
    html = client.get(path).content.decode()
    used = set(re.findall(r'<use href="#(i-[a-z-]+)"', html))
    assert used <= set(re.findall(r'<symbol id="(i-[a-z-]+)"', html))
