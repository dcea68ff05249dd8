"""Files that others wrote: each oddity is read, told with its line, and not a word of the text is lost or doubled."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fysfinder.encyclopedia.actions import load_content
from fysfinder.encyclopedia.draft import ArticleDraft, Problem
from fysfinder.encyclopedia.files import read, read_text
from fysfinder.encyclopedia.markdown import plain_text
from fysfinder.encyclopedia.models import Article
from fysfinder.encyclopedia.queries import article_answer

HEAD = '---\ntitle: "Prøve"\nlastUpdated: "24/02/2024"\nmetaTitle: "Prøve – hvad er det?"\n---\n'
LINE = HEAD.count("\n") + 1  # the first line of a body


def read_body(body: str) -> tuple[ArticleDraft, list[Problem]]:
    draft, problems = read_text(HEAD + body, "proeve")
    assert draft is not None, problems
    return draft, problems


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def said(draft: ArticleDraft) -> Counter[str]:
    """The words of a page, wherever on it they stand."""
    pairs = [*draft.key_points, *draft.details.get("dosage", ())]
    parts = [
        plain_text(draft.lead_html),
        draft.details.get("faq_title", ""),
        *(part for pair in pairs for part in pair),
    ]
    parts += [f"{section['title']} {section['text']}" for section in draft.sections]
    return words(" ".join([*parts, *(f"{item['q']} {item['a']}" for item in draft.faq)]))


QUESTIONS = "Prisen varierer."
# What is odd, the body, the line of the warning in the body (1 is its first line; 0: no warning), words of the warning.
ODDITIES = [
    ("an empty heading", "x\n\n##\n\ny", 3, "empty heading"),
    ("two headings of one text", "## A\n\nx\n\n## A\n\ny", 5, "more than once"),
    ("a line in bold as a heading", "**Fordele ved kulde**\n\nx", 1, "bold is not a heading"),
    ("bold in a heading", "## **Fordele** ved *kulde*\n\nx", 1, "in a heading is left out"),
    ("a jump in levels", "## A\n\nx\n\n#### B\n\ny", 5, "jumps over a level"),
    ("a heading without a space", "##Fordele\n\nx", 1, "needs a space"),
    ("a heading with closing marks", "## Fordele ##\n\nx", 0, ""),
    ("a full address of our own", "[se her](https://www.fysfinder.dk/om/)", 1, "written without fysfinder.dk"),
    ("a line right under a text", "En lang sætning, der slutter her.\n---\nOg en til.", 2, "read as a line"),
    ("a line between texts", "En\n\n---\n\nTo", 0, ""),
    ("rows that are too long", "| a | b |\n|---|---|\n| 1 | 2 | tre | fire |\n", 3, "other cells than its head"),
    ("rows that are too short", "| a | b | c |\n|---|---|---|\n| 1 |\n", 0, ""),
    ("a head that is too short", "| a |\n|---|---|\n| 1 | to |\n", 3, "other cells than its head"),
    ("raw HTML", "<div class=\"x\">Hej <b>du</b></div>", 1, "HTML is shown as text"),
    ("a script", "Tekst\n\n<script>alert('hej')</script>", 3, "HTML is shown as text"),
    ("a comment", "<!-- husk kilder -->", 1, "HTML is shown as text"),
    ("a block nobody knows", ":::note\nHusk det\n:::", 1, "unknown block"),
    ("a block without an end", ":::selv\n- hvil\n\n## B\n\nx", 2, "no closing"),
    ("zero-width characters", "Kul\u200bde og \ufeffvarme\u200d", 1, "invisible characters"),
    ("a footnote", "Tekst[^1]\n\n[^1]: Noten om kulde", 0, ""),
    ("a definition of a link", "Se [her][a]\n\n[a]: https://example.org/vej", 0, ""),
    ("code", "```\nnoget kode\n```\n\n    indrykket", 0, ""),
    ("a list of tasks", "- [ ] hvil\n- [x] gå", 0, ""),
    ("a picture", "![Is på knæ](/is.png)", 1, "a picture is shown as a link"),
    ("a title twice", "# Andet navn\n\nx", 1, "is the page's title"),
    ("FAQ by another name", "## Typiske spørgsmål\n\n### Ondt?\n\nNej.", 0, ""),
    ("questions in bold", "## FAQ\n\n**Ondt?**\n\nNej.\n\n**Dyrt?** Ja.", 3, "a question in bold"),
    ("questions in a list", "## FAQ\n\n- **Ondt?** Nej.\n- **Dyrt?** Ja.", 3, "a question in bold"),
    ("questions of four marks", "## Spørgsmål og svar om is\n\n#### Ondt?\n\nNej.\n\n#### Dyrt?\n\nJa.", 0, ""),
    ("questions at the heading's level", "## FAQ\n\n## Ondt?\n\nNej.\n\n## Dyrt?\n\nJa.\n\n## Andet\n\nx", 0, ""),
    ("questions as plain lines", "## FAQ\n\nOndt?\n\nNej.\n\nDyrt?\n\nJa.", 3, "a line with a question"),
    ("a heading of questions in bold", "**Ofte stillede spørgsmål**\n\n**Ondt?**\n\nNej.", 1, "heading of the"),
    ("references among them", "## FAQ\n\n### Ondt?\n\nNej.\n\n### Kilder\n\n1. Bog\n2. Artikel", 7, "section of"),
    ("references in bold", "## FAQ\n\n### Ondt?\n\nNej.\n\n**Referencer:**\n\n- Bog", 7, "section of its own"),
    ("references in a plain line", "## FAQ\n\n### Ondt?\n\nNej.\n\nKilder:\n- Bog\n", 7, "section of its own"),
    ("text before the questions", "## FAQ\n\nHer er svar.\n\n### Ondt?\n\nNej.", 1, "before the first question"),
    ("a question without an answer", "## FAQ\n\n### Ondt?\n\n### Dyrt?\n\nJa.", 3, "has no answer"),
    ("no question at all", "## FAQ\n\nKommer snart.", 1, "no question"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "line", "message"), [row[1:] for row in ODDITIES], ids=[row[0] for row in ODDITIES])
def test_an_oddity_is_read_without_a_lost_word_and_told_with_its_line(body: str, line: int, message: str) -> None:
    draft, problems = read_body(body)
    written = words(body.replace("\u200b", "").replace("\u200d", "").replace("\ufeff", ""))
    written -= Counter({"selv": 1}) if ":::selv" in body else Counter()  # the name of the box
    spoken = said(draft)
    lost = written - spoken
    # What is no word to a reader: the address of a link, the numbers of a list.
    assert set(lost) <= {"https", "www", "fysfinder", "dk", "om", "is", "png", "1", "2", "x"}, lost
    title = words("Andet navn") if "# Andet" in body else Counter()
    assert set(spoken - written) <= {"Det", "kan", "du", "selv"} | set(title)
    told = [(problem.line - LINE + 1, message in problem.message) for problem in problems]
    assert (line, True) in told if line else not problems, problems


@pytest.mark.parametrize("body", [row[1] for row in ODDITIES if "spørgsmål" in row[1].lower() or "FAQ" in row[1]])
def test_questions_hold_questions_only(body: str) -> None:
    draft, _ = read_body(body)
    expected = [q for q in ("Ondt?", "Dyrt?") if q in body]
    assert [item["q"] for item in draft.faq] == expected
    assert [item["a"] for item in draft.faq if item["a"]] == [a for a in ("Nej.", "Ja.") if a in body]


@pytest.mark.parametrize(
    "title",
    ["FAQ", "FAQ om is", "Ofte stillede spørgsmål om kulde", "Oftest stillede spørgsmål", "Hyppigt stillede spørgsmål",
     "Hyppige spørgsmål", "Typiske spørgsmål om is", "Spørgsmål og svar", "Spørgsmål & svar", "Q&A", "Kulde: FAQ",
     "De mest stillede spørgsmål", "Almindelige spørgsmål", "**FAQ**", "8. FAQ", "Spørgsmål om kulde", "Spørgsmål"],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["##", "###", "#"])
def test_questions_are_known_by_many_headings(title: str, mark: str) -> None:
    draft, _ = read_body(f"## Om\n\nx\n\n{mark} {title}\n\n{mark}# Ondt?\n\nNej.\n")
    assert [(item["q"], item["a"]) for item in draft.faq] == [("Ondt?", "Nej.")]


@pytest.mark.parametrize("title", ["Spørgsmål til din læge", "Hvad spørger folk om?", "Stil dine spørgsmål hos os"])
def test_other_headings_with_the_word_are_no_faq(title: str) -> None:
    assert read_body(f"## {title}\n\n### Ondt?\n\nNej.\n")[0].faq == ()


@pytest.mark.parametrize(
    "head",
    [
        "",
        "---\n---\n",
        "---\ntitle: Kulde: hvad er det?\nmetaTitle: Kulde: alt om det: her\n---\n",
        "---\nTITLE: 'Kulde\nlastUpdated: i går\n\tx: y\n---\n",
        "---\ntitle: Kulde\ntags: [a, b]\nlastUpdated: 2024-13-45\n----\n",
        "---\ntitle: Kulde\ndate: &a [*a]\n---\n",
        "---\ntitle: Kulde\n\n",
        "\ufeff\n---\r\nTitle : Kulde\r\n---\r\n",
        "---\n\nTekst om is\n\n---\n",
        '---\ntitle: "Kulde\nfortsat": her\n@x\n---\n',
    ],
)
def test_whatever_the_head_the_text_is_there(head: str) -> None:
    draft, problems = read_text(head + "Første ord.\n\n## Et afsnit\n\nAndre ord.\n", "Kulde_Og_is")
    assert draft and problems and draft.slug == "kulde-og-is" and draft.title
    assert words("Første ord Et afsnit Andre ord") - said(draft) == Counter()
    assert ("Tekst om is" in draft.lead_html) == ("Tekst om is" in head)


PIECES = st.sampled_from(
    [row[1] for row in ODDITIES] + ["Tekst.", "## Nyt afsnit", "### Under", "1. et\n2. to", "> citat"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6))
def test_oddities_together_lose_nothing(pieces: list[str]) -> None:
    body = "\n\n".join(pieces)
    draft, _ = read_body(body)
    text = re.sub(r"[\u200b\u200d\ufeff]", "", body)
    lost = words(text) - said(draft) - words(draft.title)
    lost -= words(f"{draft.details.get('faq_title', '')} " * len(pieces))  # two FAQs of one name are one on the page
    assert set(lost) <= {"https", "www", "fysfinder", "dk", "om", "is", "png", "1", "2", "x", "selv"}, (lost, body)


@pytest.mark.django_db
def test_a_folder_of_foreign_files_loads_whole(tmp_path: Path) -> None:
    for number, (name, body, *_rest) in enumerate(ODDITIES):
        folder = tmp_path / ("Under Mappe" if number % 2 else "")
        folder.mkdir(exist_ok=True)
        (folder / f"{name.title().replace(' ', '_')}.MD").write_bytes((HEAD + body).replace("\n", "\r\n").encode())
    (tmp_path / "kopi af en mappe").mkdir()
    (tmp_path / "kopi af en mappe" / "raw-html.md").write_text("Samme adresse")
    (tmp_path / "latin.md").write_bytes((HEAD + "Blå æbler").encode("cp1252"))
    (tmp_path / "stor.md").write_text(HEAD + "Et ord mere. " * 30_000)
    (tmp_path / "a.md").write_text("---\ntitle: A\nrelated: [b, a]\n---\nx")
    (tmp_path / "b.md").write_text("---\ntitle: B\nrelated: a\n---\nx")
    report = load_content(directory=tmp_path)
    assert not report.errors and report.created == len(ODDITIES) + 5 == Article.objects.count()
    told = "\n".join(str(problem) for problem in report.warnings)
    assert "kopi af en mappe/raw-html.md:1: has the same address" in told and "stor.md:1: is very large" in told
    answer = article_answer("raw-html-2")
    assert answer and answer["lead"] == "Samme adresse"
    answer = article_answer("/ordbog/Questions_In_Bold/")
    assert answer and answer["faq"] == [{"q": "Ondt?", "a": "Nej."}, {"q": "Dyrt?", "a": "Ja."}]
    large = article_answer("stor")
    assert large and large["words"] == 90_000


def test_a_file_answers_like_its_row_and_names_its_kind_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    path = tmp_path / "guide" / "Tilskud.md"
    path.write_text("---\ntitle: Tilskud\n---\nx")
    assert read(path)[0] is not None
    answer = article_answer(str(path))
    assert answer and (answer["kind"], answer["slug"]) == ("guide", "tilskud")
