"""robots, sitemaps and health."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from fysfinder.clinics.models import Fact
from fysfinder.places.models import City
from tests.make import make_clinic, make_topic
from tests.web.conftest import forget_all

pytestmark = pytest.mark.usefixtures("world")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200 and response["Content-Type"].startswith("application/xml")
    return ET.fromstring(response.content)


def test_robots_names_the_sitemap_and_keeps_search_answers_out(client: Client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /soeg/" in text and "Disallow: /en/soeg/" in text and "Disallow: /\n" not in text


def test_the_index_lists_parts_that_all_exist(client: Client):
    parts = [loc.text or "" for loc in read(client, "/sitemap.xml").iterfind("s:sitemap/s:loc", NAMES)]
    assert f"{settings.SITE_URL}/sitemap-klinikker.xml" in parts
    for part in parts:
        assert read(client, part.removeprefix(settings.SITE_URL)).findall("s:url", NAMES)


def test_every_address_of_pages_articles_and_clinics_answers(client: Client):
    for part in ("sider", "ordbog", "klinikker"):
        for loc in read(client, f"/sitemap-{part}.xml").iterfind("s:url/s:loc", NAMES):
            assert client.get((loc.text or "").removeprefix(settings.SITE_URL)).status_code == 200, loc.text


def test_lastmod_is_the_day_the_article_changed_and_missing_where_unknown(client: Client):
    article = read(client, "/sitemap-ordbog.xml").find("s:url", NAMES)
    assert article is not None and article.findtext("s:lastmod", namespaces=NAMES) == "2026-11-18"
    assert not read(client, "/sitemap-sider.xml").findall("s:url/s:lastmod", NAMES)


def test_every_entry_has_both_languages(client: Client):
    entry = read(client, "/sitemap-ordbog.xml").find("s:url", NAMES)
    assert entry is not None
    assert [link.get("hreflang") for link in entry.findall("x:link", NAMES)] == ["da", "en", "x-default"]


@pytest.mark.parametrize("part", ["findes-ikke", "ordbog-2", "ordbog-0", "ordbog-1", "klinikker-x", "ordbog-²"])
def test_a_part_that_is_not_there_is_404(client: Client, part: str):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


@pytest.mark.parametrize(
    "part", ["klinikker-00", "klinikker-01", "klinikker-1", "klinikker-0000000002", "klinikker-", "x"]
)
def test_a_part_has_one_name_and_no_other(client: Client, part: str):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_icon_address_and_the_bare_search_address_answer(client: Client):
    icon = client.get("/favicon.ico")
    assert icon.status_code == 204 and "max-age" in icon["Cache-Control"]
    response = client.get("/find/fysioterapeut/")
    assert (response.status_code, response["Location"]) == (301, "/find/")


def test_the_offline_pages_can_be_switched_off(client: Client, settings):
    paths = ("/manifest.webmanifest", "/uden-net/")
    page, worker = client.get("/privatliv/").content.decode(), client.get("/worker.js").content.decode()
    assert 'rel="manifest"' in page and "data-forget" in page and "/uden-net/" in worker
    settings.OFFLINE_PAGES = False
    page, worker = client.get("/privatliv/").content.decode(), client.get("/worker.js").content.decode()
    assert 'rel="manifest"' not in page and "data-forget" not in page
    assert "unregister" in worker and "fetch" not in worker
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_a_clinic_was_last_changed_when_its_newest_fact_was_confirmed(client: Client):
    newest = Fact.objects.filter(clinic__slug="klinik-frost").order_by("-confirmed_on").first()
    rows = read(client, "/sitemap-klinikker.xml").findall("s:url", NAMES)
    row = next(row for row in rows if (row.findtext("s:loc", namespaces=NAMES) or "").endswith("/klinik-frost/"))
    assert row.findtext("s:lastmod", namespaces=NAMES) == (newest.confirmed_on.isoformat() if newest else None)


def test_a_topic_that_three_clinics_of_a_large_town_have_is_listed(client: Client):
    assert client.get("/sitemap-byemner.xml").status_code == 404  # one clinic is no choice
    town = City.objects.create(slug="aarhus", name="Aarhus", kind="city", lat=56.15, lon=10.2, population=300_000)
    town.postcodes.set(["8000"])
    for number in range(2):
        make_clinic(f"Klinik {number}", topics=[make_topic("kryoterapi")])
    forget_all()
    locs = [loc.text or "" for loc in read(client, "/sitemap-byemner.xml").iterfind("s:url/s:loc", NAMES)]
    assert [loc.removeprefix(settings.SITE_URL) for loc in locs] == ["/find/fysioterapeut/aarhus/kryoterapi/"]


def test_security_txt_says_whom_to_tell_and_is_never_over(client: Client, settings) -> None:
    settings.OPERATOR_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.OPERATOR_EMAIL = "drift@example.dk"
    answer = client.get("/.well-known/security.txt")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and "Contact: mailto:drift@example.dk\n" in text
    expires = dt.datetime.fromisoformat(text.split("Expires: ")[1].split("\n")[0].replace("Z", "+00:00"))
    assert dt.timedelta(days=100) < expires - dt.datetime.now(dt.UTC) < dt.timedelta(days=366)
