"""Reading one file: every oddity has a draft or a line that says what is wrong, and no word is lost."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.base.text import clean
from fysfinder.encyclopedia.draft import ArticleDraft, Problem
from fysfinder.encyclopedia.files import read, read_text

HEAD = '---\ntitle: "Kuldeprøve"\nlastUpdated: "24/02/2024"\nmetaTitle: "Kuldeprøve – hvad er det?"\n---\n'


def draft_of(text: str, stem: str = "proeve") -> tuple[ArticleDraft, list[Problem]]:
    draft, problems = read_text(text, stem)
    assert draft is not None, problems
    return draft, problems


def messages(problems: list[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


def shown(draft: ArticleDraft) -> str:
    """Everything a page shows of the body."""
    parts = [draft.title, draft.lead_html, draft.details.get("faq_title", "")]
    parts += [f"{name} {value}" for name, value in draft.details.get("dosage", ())]
    parts += [f"{question} {answer}" for question, answer in draft.key_points]
    parts += [f"{section['title']} {section['html']}" for section in draft.sections]
    parts += [f"{item['q']} {item['a_html']}" for item in draft.faq]
    return html.unescape(" ".join(parts))


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))


def test_the_plain_format_is_read_without_a_word_of_complaint() -> None:
    draft, problems = draft_of(HEAD + "\nKulde på huden.\n\n## Hvad er det?\n\nEn prøve.\n")
    assert problems == []
    assert (draft.title, draft.meta_title) == ("Kuldeprøve", "Kuldeprøve – hvad er det?")
    assert draft.updated_on == dt.date(2024, 2, 24)
    assert draft.lead_html == "<p>Kulde på huden.</p>\n"
    assert draft.sections == (
        {
            "id": "hvad-er-det",
            "level": 2,
            "title": "Hvad er det?",
            "html": "<p>En prøve.</p>\n",
            "text": "En prøve.",
        },
    )
    assert draft.description == "Kulde på huden."


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("---\r\ntitle: Kuldeprøve\r\nlastUpdated: 24/02/2024\r\n---\r\n", ["1: its lines end with CR"]),
        (
            "---\nTitle: 'Kuldeprøve'\nLASTUPDATED: '24/02/2024'\n---\n",
            ["2: the key 'Title' should", "3: the key 'LASTUPDATED' should"],
        ),
        ("\n\n---\ntitle: “Kuldeprøve”\nlast_updated: 2024-02-24\n---\n", []),
        (
            "---\ntitle: Kulde\u200bprøve\nlastUpdated: 24.02.2024\n---   \n",
            ["2: invisible characters", "3: updated_on: 24.02.2024 is read as 2024-02-24"],
        ),
        ("---\ntitle: Kuldeprøve\nlast-updated: 2024-02-24T10:00:00\n...\n", []),
        (
            "---\rtitle: Kuldeprøve\rlastUpdated: 24-02-2024\r---\r",
            ["1: its lines end with CR", "3: updated_on: 24-02-2024 is read as 2024-02-24"],
        ),
    ],
)
def test_front_matter_survives_how_people_and_tools_write_it(head: str, told: list[str]) -> None:
    draft, problems = draft_of(head + "Tekst.\n")
    assert (draft.title, draft.updated_on, draft.lead_html) == ("Kuldeprøve", dt.date(2024, 2, 24), "<p>Tekst.</p>\n")
    found = [f"{problem.line}: {problem.message}" for problem in problems]
    assert len(found) == len(told) and all(said.startswith(start) for said, start in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: A\nlastUpdated: 31/02/2024\n---\nx", 3, "not a date"),
        ("---\ntitle: 'A\n---\nx", 2, "not YAML"),
        ("---\ntitle: A\n\nTekst uden ende x", 1, "no closing ---"),
        ("---\nTekst, ikke et hoved.\n---\nx", 1, "begins with a line of ---"),
        ("---\ntitle: A\nreviewed: 2099-01-01\n---\nx", 3, "in the future"),
        ("---\ntitle: A\nlastUpdated: 2099-01-01\n---\nx", 3, "in the future"),
        ("---\ntitle: [a]\n---\nx", 2, "title must be a text"),
        ("---\ntitle: A\nsources: nej\n---\nx", 3, "sources must be a list"),
        ("---\ntitle: A\nsources:\n  - publisher: X\n---\nx", 3, "needs a title"),
        ("---\ntitle: " + "a" * 201 + "\n---\nx", 2, "longer than 200"),
    ],
)
def test_what_is_odd_in_a_head_is_said_with_its_line_and_the_text_is_read(text: str, line: int, message: str) -> None:
    draft, problems = draft_of(text)
    assert (line, True) in [(problem.line, message in problem.message) for problem in problems], problems
    assert "x" in draft.lead_html and draft.title


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\n- a\n- b\n---\nx", 2, "not a list of 'key: value'"),
        ("---\ntitle: A\nstatus: måske\n---\nx", 3, "status must be"),
    ],
)
def test_a_head_that_says_nothing_we_understand_is_an_error(text: str, line: int, message: str) -> None:
    draft, problems = read_text(text, "proeve")
    assert draft is None
    assert (line, True) in [(problem.line, message in problem.message) for problem in problems if problem.is_error]


def test_a_title_with_a_colon_and_no_quotes_is_read_with_a_warning() -> None:
    draft, problems = draft_of("---\ntitle: Kulde: hvad er det?\n---\nx")
    assert draft.title == "Kulde: hvad er det?"
    assert "should stand in quotes" in messages(problems)


def test_a_missing_title_is_the_first_heading_or_the_file_name() -> None:
    assert draft_of("# Kulde **virker**\n\nTekst")[0].title == "Kulde virker"
    assert draft_of("Tekst", "is-paa_huden")[0].title == "Is paa huden"
    assert "proeve.md:1: has no title: the file name is used" in messages(draft_of("Tekst")[1])


def test_a_heading_that_repeats_the_title_is_not_a_section() -> None:
    draft, _ = draft_of(HEAD + "# Kuldeprøve\n\nTekst\n")
    assert draft.sections == ()
    assert draft.lead_html == "<p>Tekst</p>\n"


@pytest.mark.parametrize(
    ("body", "expected", "warning"),
    [
        ("## A\n\nx\n\n## A\n\ny", [(2, "a", "A"), (2, "a-2", "A")], "more than once"),
        ("## A\n\nx\n\n#### B\n\ny", [(2, "a", "A"), (3, "b", "B")], "jumps over a level"),
        ("##\n\nx", [], "empty heading"),
        ("## **Fed** og [link](/om/)\n\nx", [(2, "fed-og-link", "Fed og link")], "in a heading is left out"),
        ("# Anden titel\n\nx", [(2, "anden-titel", "Anden titel")], "# is the page's title"),
        ("## A\n\n**Ligner en overskrift**\n\nx", [(2, "a", "A")], "is not a heading"),
        ("## A\n\n## B\n\nx", [(2, "a", "A"), (2, "b", "B")], "nothing stands under"),
        ("A\n---\n\nx", [(2, "a", "A")], ""),
        ("## !!!\n\nx", [(2, "afsnit", "!!!")], ""),
        ("## Kilder\n\nx", [(2, "kilder-2", "Kilder")], ""),
        ("## Kilde 1\n\nx", [(2, "om-kilde-1", "Kilde 1")], ""),
    ],
)
def test_odd_headings_become_sections_with_unique_ids(
    body: str, expected: list[tuple[int, str, str]], warning: str
) -> None:
    draft, problems = draft_of(HEAD + body)
    assert [(part["level"], part["id"], part["title"]) for part in draft.sections] == expected
    assert warning in messages(problems)
    assert bool(problems) == bool(warning)


def test_a_heading_inside_a_quote_or_a_card_is_a_bold_line() -> None:
    draft, _ = draft_of(HEAD + "> ## Citat\n> ord\n\n:::selv\nTag det roligt\n---\n:::\n")
    assert "<p><strong>Citat</strong></p>" in draft.lead_html
    assert "<p><strong>Tag det roligt</strong></p>" in draft.lead_html
    assert "<h2" not in draft.lead_html


def test_the_questions_leave_the_sections() -> None:
    body = (
        "## Om\n\nx\n\n## Ofte stillede spørgsmål om kulde\n\n### Gør det ondt?\n\nNej, *lidt*.\n\n#### Bagefter\n\n"
        "Ømhed.\n\n### Hvad koster det?\n\nDet varierer.\n\n## Til sidst\n\ny\n"
    )
    draft, problems = draft_of(HEAD + body)
    assert [part["title"] for part in draft.sections] == ["Om", "Til sidst"]
    assert [(item["id"], item["q"], item["a"]) for item in draft.faq] == [
        ("goer-det-ondt", "Gør det ondt?", "Nej, lidt.\nBagefter\nØmhed."),
        ("hvad-koster-det", "Hvad koster det?", "Det varierer."),
    ]
    assert "<em>lidt</em>" in draft.faq[0]["a_html"]
    assert "proeve.md:16: a heading inside an answer" in messages(problems)


def test_questions_without_a_question_stay_a_section() -> None:
    draft, problems = draft_of(HEAD + "## Ofte stillede spørgsmål\n\nKommer snart.\n")
    assert draft.faq == ()
    assert draft.sections[0]["text"] == "Kommer snart."
    assert "no question" in messages(problems)


def test_references_are_links_only_where_the_source_exists() -> None:
    head = '---\ntitle: A\nsources:\n  - title: "Bog"\n    url: "https://example.org/"\n    seen: 2026-11-01\n---\n'
    draft, problems = draft_of(head + "Sandt [1]. Måske [2]. [link [1]](/om/)\n")
    assert '<sup class="source-ref"><a href="#kilde-1">1</a></sup>' in draft.lead_html
    assert draft.lead_html.count("<sup") == 1
    assert "Måske [2]" in draft.lead_html
    assert "proeve.md:8: [2] points to a source" in messages(problems)
    assert draft.sources[0]["seen"] == "2026-11-01"
    without, problems = draft_of(HEAD + "Sandt [1].\n")
    assert without.lead_html == "<p>Sandt [1].</p>\n"
    assert problems == []


def test_key_points_and_care_cards_are_read_from_their_blocks() -> None:
    body = (
        "Indledning.\n\n:::kort-fortalt\nHvad er det?: Kulde: is.\n- **Virker det?**: Måske.\n:::\n\n## A\n\nx\n\n"
        ":::akut\n- Besvimelse\n:::\n\n:::læge\n- Blærer\n:::\n\n::: selv\n- Pak isen ind\n:::\n"
    )
    draft, problems = draft_of(HEAD + body)
    assert problems == []
    assert draft.key_points == (("Hvad er det?", "Kulde: is."), ("Virker det?", "Måske."))
    cards = draft.sections[0]["html"]
    assert cards.count('<div class="care-cards">') == 1
    assert re.findall(r"care-card--\w+", cards) == ["care-card--self", "care-card--doctor", "care-card--urgent"]
    title = (
        '<section class="care-card care-card--self"><h3 class="care-card__title">'
        '<span class="care-card__bars" aria-hidden="true"></span>Det kan du selv</h3><div class="care-card__body">'
    )
    assert title in cards
    assert '<a href="tel:112">Ring 112</a>' in cards


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (":::selv\n- a\n\n## B\n\nx", 7, "no closing"),
        (":::selv\n:::\nx", 7, "is empty"),
        (":::boks\nx\n:::", 6, "unknown block"),
        (":::kort-fortalt\nuden kolon\n:::\nx", 7, "must be 'Navn: indhold'"),
        ("<div>x</div>", 6, "HTML is shown as text"),
        ("![Et billede](/is.png)", 6, "a picture is shown as a link"),
    ],
)
def test_odd_blocks_keep_their_words_and_are_reported(body: str, line: int, message: str) -> None:
    draft, problems = draft_of(HEAD + body)
    assert (line, True) in [(problem.line, message in problem.message) for problem in problems]
    assert words(body) - {"selv", "kort", "fortalt"} <= words(shown(draft)) | {"kort", "fortalt"}


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        "[klik](data:text/html,<script>alert(1)</script>)",
        "![a](javascript:alert(1))",
        ":::selv\n<script>alert(1)</script>\n:::",
        ":::kort-fortalt\n<b onclick=x>a</b>: <script>alert(1)</script>\n:::",
        '[a](/om/ "x\\" onmouseover=\\"alert(1)")',
        "<https://example.org/\"onclick='x'>",
        "## <script>alert(1)</script>\n\nx",
    ],
)
def test_a_script_in_markdown_is_inert(body: str) -> None:
    draft, _ = draft_of(HEAD + body)
    markup = " ".join([draft.lead_html, *(part["html"] for part in draft.sections)])
    assert "<script" not in markup and "<img" not in markup
    assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', markup))
    assert not re.search(r'href="\s*(javascript|data):', markup)


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    draft, _ = draft_of(HEAD + "| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert draft.lead_html.startswith('<section class="table-scroll" tabindex="0"')
    assert "style" not in draft.lead_html


def test_a_file_in_another_encoding_is_read_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes("---\ntitle: A\n---\nÆble\n".encode("latin-1"))
    draft, problems = read(path)
    assert draft and draft.lead_html == "<p>Æble</p>\n"
    assert str(problems[0]) == "latin.md:4: is not UTF-8 text: it is read as Windows-1252"
    assert "cannot be read" in str(read(tmp_path / "findes-ikke.md")[1][0])
    (tmp_path / "☃.md").write_text("---\ntitle: Sne\n---\nx")
    snow = read(tmp_path / "☃.md")[0]
    assert snow and snow.slug == "sne"


MARKDOWN = st.text(alphabet=st.sampled_from(list("abæ1 \n\t#*_->|:[]()`~!\\<\"'.+=")), max_size=120)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN | st.text(max_size=80))
def test_no_text_raises_and_no_word_is_lost(body: str) -> None:
    text = clean(body.replace("&", "").replace("\u2028", "\n").replace("\u2029", "\n"))
    draft, _ = read_text("---\ntitle: T\n---\n" + body.replace("&", ""), "t")
    assert draft is not None
    lost = words(text) - words(shown(draft) + " " + draft.lead_html)
    # Addresses are written in their encoded form, and a number may become a list's.
    assert {word for word in lost if not word.isdigit() and "](" not in text and "<" not in text} == set()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_file_raises_whatever_its_head(text: str) -> None:
    read_text(text, "t")
    read_text(f"---\n{text}\n---\nx", "t")


def test_deep_nesting_is_shown_as_plain_text() -> None:
    draft, problems = draft_of(HEAD + "> " * 500 + "bunden\n")
    assert "bunden" in draft.lead_html
    assert "nested too deeply" in messages(problems)
    draft, _ = draft_of(HEAD + "\n".join(" " * 2 * level + "- punkt" + str(level) for level in range(120)))
    assert "punkt119" in draft.lead_html


@pytest.mark.parametrize(
    "body", ["Kulde på huden [1].", "Kulde på huden[1].", "Kulde på **huden** [1].", "Kulde på huden\n[1]."]
)
def test_a_reference_stands_close_to_the_word_it_belongs_to(body: str) -> None:
    head = HEAD.replace("---\n", "---\nsources:\n  - title: En kilde\n", 1)
    section = draft_of(head + f"\n## Hvad?\n\n{body}\n")[0].sections[0]
    assert re.search(r'huden(</strong>)?<sup class="source-ref"><a href="#kilde-1">1</a></sup>\.', section["html"])


def test_two_references_and_the_words_after_them_keep_their_space() -> None:
    head = HEAD.replace("---\n", "---\nsources:\n  - title: En kilde\n  - title: To\n", 1)
    section = draft_of(head + "\n## Hvad?\n\nKulde [1] [2] dæmper, se [1] og [9].\n")[0].sections[0]
    assert re.sub(r"<[^>]*>", "", section["html"]).strip() == "Kulde12 dæmper, se1 og [9]."
