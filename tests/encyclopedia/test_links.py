"""First-mention links: which words become links, and where never."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fysfinder.encyclopedia.actions import load_content
from fysfinder.encyclopedia.links import MOST_IN_A_SECTION, Name, Names, PageLinks, Target, linked_paths
from scripts.check_links import dead_links

OWN = Target("article", "ordbog", "laendesmerter")


def named(**targets: str) -> Names:
    """slug → 'name, name'."""
    return Names(
        Name(name, Target("article", "ordbog", slug)) for slug, texts in targets.items() for name in texts.split(", ")
    )


def page(known: Names, *fragments: str) -> PageLinks:
    def path_of(target: Target) -> str:
        return f"/ordbog/{target.slug}/"

    return PageLinks(
        known, lambda target: (f'<a href="{path_of(target)}">', "</a>"), OWN, path_of, linked_paths(fragments)
    )


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="/ordbog/([^/]+)/">([^<]+)</a>', html)


def link(known: Names, html: str) -> list[tuple[str, str]]:
    return links(page(known, html).add_to(html))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Diskusprolaps", "diskusprolapsen"),
        ("Diskusprolaps", "diskusprolapserne"),
        ("Meniskskade", "meniskskaderne"),
        ("Muskel", "musklernes"),
        ("Hånd", "hænderne"),
        ("Fod", "fødderne"),
        ("Frossen skulder", "frossen skulders"),
        ("Knæartrose", "Knæartrosen"),
        ("hold i ryggen", "hold i ryggen"),
        ("Kryoterapi", "kryoterapiens"),
    ],
)
def test_every_inflection_of_a_name_leads_to_its_page(name: str, written: str):
    assert link(named(x=name), f"<p>Om {written} i dag.</p>") == [("x", written)]


def test_the_longest_name_wins_and_a_part_of_a_compound_is_no_name():
    known = named(artrose="Artrose", knaeartrose="Artrose i knæet", is_="is")
    assert link(known, "<p>Artrose i knæet er ikke gonartrose, og isen er kold.</p>") == [
        ("knaeartrose", "Artrose i knæet")
    ]


def test_a_page_is_linked_once_and_never_to_itself_nor_where_the_author_has_linked_it():
    known = named(kulde="kulde", varme="varme", laendesmerter="lændesmerter")
    whole = '<p>Kulde og varme mod lændesmerter. Læs om <a href="/ordbog/varme/#x">varme</a>.</p>'
    made = page(known, whole)
    first, second = made.add_to(whole), made.add_to("<p>Kulde igen.</p>")
    assert links(first) == [("kulde", "Kulde")]
    assert second == "<p>Kulde igen.</p>"


def test_a_section_takes_only_a_few_links_and_the_next_takes_the_rest():
    known = named(a="akupunktur", b="balance", c="cykling", d="dans")
    made = page(known)
    assert len(links(made.add_to("<p>Akupunktur, balance, cykling og dans.</p>"))) == MOST_IN_A_SECTION
    assert links(made.add_to("<p>Mere dans.</p>")) == [("d", "dans")]


@pytest.mark.parametrize(
    "html",
    [
        "<h3>Kulde</h3>",
        '<a href="https://example.org">om <strong>kulde</strong></a>',
        '<sup class="source-ref"><a href="#kilde-1">kulde</a></sup>',
        '<section class="care-card care-card--urgent"><h3>Ring</h3><div><ul><li>kulde</li></ul></div></section>',
        '<p title="kulde">varme</p>',
        "<table><thead><tr><th>Kulde</th></tr></thead></table>",
        "<p>kuldeskader og anti-kuldeskade</p>",
    ],
)
def test_headings_links_sources_care_cards_and_attributes_are_left_alone(html: str):
    assert page(named(kulde="kulde")).add_to(html) == html


def test_text_after_a_closed_part_is_linked_again():
    html = '<section class="care-card care-card--self"><h3>Selv</h3><section>x</section>kulde</section><p>Kulde</p>'
    assert link(named(kulde="kulde"), html) == [("kulde", "Kulde")]


def test_an_abbreviation_is_only_itself():
    known = named(tens="TENS")
    assert link(known, "<p>Man kan tens og blive mere tens.</p>") == []
    assert link(known, "<p>TENS er strøm.</p>") == [("tens", "TENS")]


def test_words_across_a_full_stop_or_a_tag_are_no_name():
    known = named(x="manuel terapi")
    assert link(known, "<p>Det er manuel. Terapi er andet. <em>manuel</em> terapi</p>") == []
    assert link(known, "<p>manuel-terapi</p>") == [("x", "manuel-terapi")]


PARTS = ["kulde", "<p>", "</p>", "&amp;", "&lt;b&gt;", "Varmen", " ", ". ", "<em>", "</em>", "é"]


@given(st.lists(st.sampled_from(PARTS)))
def test_taking_the_links_away_again_gives_the_text_back(parts: list[str]):
    html = "".join(parts)
    linked = page(named(kulde="kulde", varme="varme")).add_to(html)
    assert re.sub(r'<a href="[^"]*">|</a>', "", linked) == html


@pytest.mark.django_db
def test_the_check_finds_dead_pages_and_dead_anchors_among_the_links_of_a_page(tmp_path: Path):
    body = "Se [a](/ordbog/varme/), [b](/priser/#findes-ikke), [c](/vaerktoejer/bmi/) og [d](/find/fysioterapeut/x/)."
    (tmp_path / "kulde.md").write_text(f"---\ntitle: Kulde\n---\n{body}")
    load_content(directory=tmp_path)
    found = [problem.rpartition(" ")[2] for problem in dead_links()]
    assert found == ["/ordbog/varme/", "/priser/#findes-ikke", "/find/fysioterapeut/x/"]
