"""'Se også' by text and topic graph, reading time and LIX."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from fysfinder.encyclopedia.actions import load_content
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.readability import article_lix, band, lix
from fysfinder.encyclopedia.see_also import see_also
from fysfinder.encyclopedia.similarity import MOST, Text, nearest
from tests.encyclopedia.test_queries import make_article
from tests.make import make_topic

KNEE = "knæ menisk brusk korsbånd løb trappe hævelse"
NECK = "nakke hovedpine svimmel skærm whiplash"


def text(slug: str, words: str, topic: str = "") -> Text:
    return Text(("ordbog", slug), slug, words, topic)


def test_texts_with_the_same_rare_words_are_near_and_others_are_not():
    found = nearest([text("a", KNEE), text("b", KNEE), text("c", NECK), text("d", NECK), text("e", "kulde is")], {})
    assert found["ordbog", "a"] == [("ordbog", "b")]
    assert found["ordbog", "c"] == [("ordbog", "d")]
    assert found["ordbog", "e"] == []


def test_a_link_in_the_topic_graph_brings_articles_together_that_share_no_word():
    pair = [text("a", KNEE, "menisk"), text("b", NECK, "styrke")]
    found = nearest(pair, {"menisk": frozenset({"styrke"}), "styrke": frozenset()})
    assert found["ordbog", "a"] == [("ordbog", "b")] and found["ordbog", "b"] == []


def test_at_most_three_are_kept_and_never_the_article_itself():
    found = nearest(
        [text(f"a{number}", KNEE + f" ord{number} to{number}") for number in range(8)] + [text("x", NECK)] * 1, {}
    )
    assert all(len(near) <= MOST and key not in near for key, near in found.items())


def write(folder: Path, slug: str, title: str, body: str) -> None:
    (folder / f"{slug}.md").write_text(f"---\ntitle: {title}\nrelated: []\n---\n{body}\n")


@pytest.mark.django_db
def test_loading_writes_the_nearest_articles_and_a_removed_one_is_left_out(tmp_path: Path):
    for slug, body in {"knae": KNEE, "menisk": KNEE, "nakke": NECK, "whiplash": NECK}.items():
        write(tmp_path, slug, slug.capitalize(), f"Lead.\n\n## Om\n\n{body}")
    load_content(directory=tmp_path)
    article = Article.objects.get(slug="knae")
    assert [title.slug for title in see_also(article)] == ["menisk"]
    (tmp_path / "menisk.md").unlink()
    load_content(directory=tmp_path, remove=True)
    assert see_also(article) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Jeg går. Du løber.", 2),  # 4 words, 2 sentences, none long
        ("Fysioterapeuten undersøger ryggen.", 70),  # 3 / 1 + 100 · 2 / 3
        ("Det er f.eks. godt [1].", 4),
        ("Et to tre fire fem seks langtord.", 21),
        ("", None),
    ],
)
def test_lix_is_words_a_sentence_plus_the_share_of_long_words(words: str, value: int | None):
    assert lix(words) == value


def test_the_bands_begin_where_the_source_says():
    assert [band(value) for value in (24, 25, 34, 35, 44, 45, 54, 55)] == [
        *("meget let", "let", "let", "middel", "middel", "svær", "svær", "meget svær")
    ]


@pytest.mark.django_db
def test_a_page_links_to_the_articles_its_words_name_and_explains_the_rest(client: Client):
    make_topic("kryoterapi")
    make_article("Kryoterapi", "kryoterapi", "synonyms: [kuldebehandling]\ntopic: kryoterapi\n")
    body = (
        "Kuldebehandlingen hjælper.\n\n## Kryoterapi\n\nOsteofytten og kryoterapiens kulde. Se [den](/ordbog/andet/)."
    )
    article = make_article("Skulder", "skulder", "", body)
    page = client.get("/ordbog/skulder/").content.decode()
    assert '<a href="/ordbog/kryoterapi/">Kuldebehandlingen</a>' in page
    assert page.count('<a href="/ordbog/kryoterapi/">') == 1
    assert 'popovertarget="ord-osteofyt"' in page and 'id="ord-osteofyt" popover' in page
    assert '<a href="/en/ordbog/kryoterapi/">' in client.get("/en/ordbog/skulder/").content.decode()
    assert "kryoterapi" not in Article.objects.get(pk=article.pk).lead_html  # nothing is stored
    assert (article_lix(article) or 0) > 0 and article.reading_minutes == 1
