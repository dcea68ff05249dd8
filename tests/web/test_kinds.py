"""Every kind of page: index, page, feed, sitemap, both languages, what leads to it and where it leads."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from fysfinder.encyclopedia.actions import load_content
from fysfinder.encyclopedia.kinds import KINDS, PAGE_KINDS, Kind
from tests.make import make_topic
from tests.web.conftest import ARTICLE, forget_all

pytestmark = pytest.mark.usefixtures("pages")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EXERCISE = """---
title: Rejs dig
title_en: Sit to stand
body_parts: [knae]
topics: [kryoterapi]
level: let
equipment: [stol]
figure: rejs.svg
figure_text: En person rejser sig.
summary_en: Stand up.
lastUpdated: 20/11/2026
aliases: [op-fra-stolen]
related: [kryoterapi]
author: Redaktionen
---
God for benene.

:::dosering
Sæt: 3
Gentagelser: 8
:::

## Sådan gør du

1. Sæt dig.
2. Rejs dig.

:::klinikker emne=kryoterapi
:::

:::goer
- Pust ud.
:::

:::undgaa
- Hold vejret.
:::

:::stop
- Det gør ondt.
:::
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><script>alert(1)</script>
<path d="M0 0h9" stroke="#f00" onclick="x()"/></svg>"""


@pytest.fixture
def pages(world: object, tmp_path: Path) -> None:
    """One page of every kind beside the article of the world."""
    make_topic("knae", kind="body_part")
    for kind in KINDS:
        (tmp_path / kind.folder).mkdir()
        text = ARTICLE.replace("title: Kryoterapi", f"title: Side om {kind.folder}").replace("topic: kryoterapi\n", "")
        (tmp_path / kind.folder / "side.md").write_text(text, encoding="utf-8")
    (tmp_path / "styrkeoevelser" / "rejs.md").write_text(EXERCISE, encoding="utf-8")
    (tmp_path / "styrkeoevelser" / "rejs.svg").write_text(SVG)
    author = "---\ntitle: Redaktionen\nsummary_en: The editors.\n---\nOs, der skriver siderne og retter dem."
    (tmp_path / "forfatter" / "redaktionen.md").write_text(author)
    load_content(directory=tmp_path)
    forget_all()


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.kind)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_kind_has_an_index_that_leads_to_its_pages(client: Client, kind: Kind, prefix: str):
    index = read(client, prefix + kind.path)
    assert f'href="{prefix}{kind.path}side/"' in index and "index, follow" in index
    html = read(client, f"{prefix}{kind.path}side/")
    assert html.count("<h1") == 1 and f"Side om {kind.folder}</h1>" in html
    assert f'"@type":"{kind.schema_type}"' in html and html.count('"@type":"BreadcrumbList"') == 1
    if prefix:
        assert "Treatment with cold." in html and '<div lang="da">' in html


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.kind)
def test_every_kind_is_in_the_sitemap_and_in_its_feed(client: Client, kind: Kind):
    assert f"{settings.SITE_URL}{kind.path}side/</loc>" in read(client, f"/sitemap-{kind.folder}.xml")
    if not kind.has_feed:
        return
    feed = ET.fromstring(client.get(f"{kind.path}feed.xml").content)
    links = [link.get("href") for link in feed.iterfind("a:entry/a:link", ATOM)]
    assert f"{settings.SITE_URL}{kind.path}side/" in links
    assert f'type="application/atom+xml" title="{kind.name}" href="{kind.path}feed.xml"' in read(client, kind.path)


def test_the_feed_of_everything_has_the_newest_first_and_only_what_is_dated(client: Client):
    feed = ET.fromstring(client.get("/feed.xml").content)
    assert feed.findtext("a:entry/a:title", namespaces=ATOM) == "Rejs dig"
    days = [entry.findtext("a:updated", namespaces=ATOM) or "" for entry in feed.iterfind("a:entry", ATOM)]
    assert days == sorted(days, reverse=True) and all(days)


def test_an_exercise_shows_drawing_dosage_steps_and_when_to_stop(client: Client):
    html = read(client, "/styrkeoevelser/rejs/")
    assert '<svg class="drawing" role="img" aria-label="En person rejser sig." viewBox="0 0 10 10">' in html
    assert '<path d="M0 0h9" stroke="currentColor"></path>' in html and "alert(1)" not in html and "onclick" not in html
    assert "<dt>Gentagelser</dt><dd>8</dd>" in html
    assert 'class="box box--stop"' in html and html.index("box--do") < html.index("box--dont")
    assert '"@type":"HowTo"' in html and '"text":"Rejs dig."' in html and '"repetitions":"8"' in html
    assert ">1 klinik med kryoterapi i hele Danmark</a>" in html.replace("\n", "")
    assert '<a href="/styrkeoevelser/kropsdel/knae/">' in html


def test_an_english_page_names_the_exercise_and_its_dosage_in_english(client: Client):
    html = read(client, "/en/styrkeoevelser/rejs/")
    assert "<title>Sit to stand" in html and "<b>Sit to stand.</b>" in html and "<h1>Rejs dig</h1>" in html
    assert "<dt>Repetitions</dt><dd>8</dd>" in html and "<span>chair</span>" in html
    assert 'Rejs dig <span lang="en">(Sit to stand)</span></a>' in read(client, "/en/styrkeoevelser/")


def test_exercise_and_article_of_one_topic_lead_to_each_other(client: Client):
    assert read(client, "/styrkeoevelser/rejs/").count('href="/ordbog/kryoterapi/">Kryoterapi</a>') == 1
    assert 'href="/styrkeoevelser/rejs/">Rejs dig</a>' in read(client, "/ordbog/kryoterapi/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_part_of_the_body_has_its_exercises(client: Client, prefix: str):
    html = read(client, f"{prefix}/styrkeoevelser/kropsdel/knae/")
    assert f'href="{prefix}/styrkeoevelser/rejs/"' in html and "index, follow" in html
    assert f'href="{prefix}/styrkeoevelser/kropsdel/knae/"' in read(client, f"{prefix}/styrkeoevelser/")
    assert client.get(f"{prefix}/styrkeoevelser/kropsdel/findes-ikke/").status_code == 404
    assert client.get(f"{prefix}/styrkeoevelser/kropsdel/kryoterapi/").status_code == 404
    assert "/styrkeoevelser/kropsdel/knae/" in read(client, "/sitemap-kropsdele.xml")


def test_the_author_page_lists_what_they_wrote_and_each_page_leads_to_it(client: Client):
    assert "Rejs dig</a>" in read(client, "/forfatter/redaktionen/")
    assert '<a href="/forfatter/redaktionen/">redaktionen</a>' in read(client, "/styrkeoevelser/rejs/")


def test_a_page_about_a_writer_is_no_text_that_waits_for_a_review(client: Client):
    assert "Ikke fagligt gennemgået" in read(client, "/styrkeoevelser/rejs/")
    assert "Ikke fagligt gennemgået" not in read(client, "/forfatter/redaktionen/")


def test_a_text_about_a_tool_stands_on_the_tools_page_and_nowhere_else(client: Client, tmp_path: Path):
    (tmp_path / "vaerktoejer" / "bmi.md").write_text(
        "---\ntitle: BMI\nsources: [Bog]\n---\nOm tallet [1].\n\n## Metode\n\nTo slags.\n"
    )
    load_content(directory=tmp_path)
    html = read(client, "/vaerktoejer/bmi/")
    assert 'Om tallet<sup class="source-ref"><a href="#tekst-kilde-1">' in html and 'id="tekst-kilde-1">Bog' in html
    assert '<h2 id="metode-2">Metode</h2>' in html and "BMI</title>" not in read(client, "/feed.xml")
    assert 'lang="da"><h2 id="metode-2">' in read(client, "/en/vaerktoejer/bmi/")


def test_a_former_name_leads_to_the_page_for_good(client: Client):
    response = client.get("/styrkeoevelser/op-fra-stolen/")
    assert (response.status_code, response["Location"]) == (301, "/styrkeoevelser/rejs/")
    assert client.get("/styrkeoevelser/findes-ikke/").status_code == 404


def test_the_index_can_be_searched_without_script(client: Client):
    html = read(client, "/ordbog/?soeg=kryo")
    assert "1 artikel om ”kryo”" in html and "noindex" in html and 'value="kryo"' in html
    assert "Ingen artikel hedder noget med ”xyz”" in read(client, "/ordbog/?soeg=xyz")
