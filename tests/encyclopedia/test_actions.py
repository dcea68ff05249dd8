"""Publishing a directory: a broken file keeps its last good version, twice is once, and what is gone is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fysfinder.encyclopedia import files, readings
from fysfinder.encyclopedia.actions import load_content, publish_article
from fysfinder.encyclopedia.files import read_text
from fysfinder.encyclopedia.models import Article, FileReading, RemovedArticle
from fysfinder.topics.models import Topic

pytestmark = pytest.mark.django_db


def write(folder: Path, name: str, body: str = "Tekst.", **head: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {value}\n" for key, value in ({"title": name.capitalize()} | head).items())
    (folder / f"{name}.md").write_text(f"---\n{lines}---\n{body}\n", encoding="utf-8")


def titles() -> list[str]:
    return sorted(Article.objects.values_list("title", flat=True))


def test_a_tree_with_kind_folders_and_a_flat_folder_are_both_read(tmp_path: Path) -> None:
    write(tmp_path / "tree" / "ordbog", "kulde")
    (tmp_path / "tree" / "README.md").write_text("nej")
    write(tmp_path / "flat", "varme")
    assert load_content(directory=tmp_path / "tree").created == 1
    assert titles() == ["Kulde"]
    report = load_content(directory=tmp_path / "flat", remove=True)
    assert (report.created, report.removed) == (1, 1)
    assert titles() == ["Varme"]


def test_loading_twice_writes_nothing_the_second_time(
    tmp_path: Path, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    write(tmp_path, "kulde", lastUpdated="24/02/2024")
    write(tmp_path, "varme")
    load_content(directory=tmp_path)
    with django_assert_num_queries(4):  # type: ignore[operator]  # the last load; topics, articles and removed ones
        report = load_content(directory=tmp_path)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    write(tmp_path, "varme", body="Anden tekst.")
    report = load_content(directory=tmp_path)
    assert (report.updated, report.unchanged) == (1, 1)
    assert Article.objects.get(slug="varme").lead_html == "<p>Anden tekst.</p>\n"


def test_a_broken_file_keeps_its_last_good_version_and_the_others_are_published(tmp_path: Path) -> None:
    write(tmp_path, "kulde")
    write(tmp_path, "varme")
    load_content(directory=tmp_path)
    (tmp_path / "kulde.md").write_text("---\n- ikke\n- en: tabel\n---\nNy tekst.")
    write(tmp_path, "varme", body="Ny tekst.")
    for remove in (False, True):
        report = load_content(directory=tmp_path, remove=remove)
        assert [str(error).split(":")[:2] for error in report.errors] == [["kulde.md", "2"]]
        assert (report.removed, report.kept) == (0, [])
    assert Article.objects.get(slug="kulde").lead_html == "<p>Tekst.</p>\n"
    assert Article.objects.get(slug="varme").lead_html == "<p>Ny tekst.</p>\n"


def test_a_dead_link_is_published_with_a_warning_and_fails_the_check(tmp_path: Path) -> None:
    write(tmp_path, "doed", body="Tekst.\n\nSe [her](/ordbog/findes-ikke/).")
    report = load_content(directory=tmp_path)
    assert [str(problem) for problem in report.problems] == ["doed.md:6: dead link: /ordbog/findes-ikke/"]
    assert titles() == ["Doed"]
    with pytest.raises(CommandError, match="1 errors in 1 files"):
        call_command("load_content", str(tmp_path), "--check")


def test_a_second_load_says_what_the_first_said_and_sees_every_change(tmp_path: Path) -> None:
    write(tmp_path, "kulde", farve="blå")
    first = load_content(directory=tmp_path)
    again = load_content(directory=tmp_path)
    assert again.problems == first.problems and "farve" in str(again.problems[0])
    Article.objects.all().delete()
    assert load_content(directory=tmp_path).created == 1
    assert load_content(directory=tmp_path).unchanged == 1
    (tmp_path / "kulde.md").write_text("---\ntitle: Kulde\n---\nNyt.")
    assert load_content(directory=tmp_path, check=True).updated == 1
    assert load_content(directory=tmp_path).updated == 1


def test_a_missing_or_empty_directory_removes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a", "kulde")
    load_content(directory=tmp_path / "a")
    (tmp_path / "b").mkdir()
    for directory in (tmp_path / "b", tmp_path / "c"):
        assert load_content(directory=directory).errors
    assert titles() == ["Kulde"]


def test_a_folder_that_is_half_copied_takes_nothing_away(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path / "whole", f"side{number}")
    load_content(directory=tmp_path / "whole")
    for number in range(9):
        write(tmp_path / "half", f"side{number}")
    report = load_content(directory=tmp_path / "half", remove=True)
    assert "11 of 20" in str(report.errors[0]) and len(titles()) == 20
    write(tmp_path / "half", "side9")
    assert load_content(directory=tmp_path / "half", remove=True).removed == 10


def test_of_two_files_of_one_address_the_second_gets_a_number_and_keeps_it(tmp_path: Path) -> None:
    write(tmp_path, "løb", body="Først.")
    write(tmp_path / "senere", "loeb", body="Sidst.")
    for _ in range(2):
        report = load_content(directory=tmp_path)
        told = [problem.message for problem in report.problems if problem.file == "senere/loeb.md"]
        assert told == ["has the same address 'loeb' as løb.md: it is published as 'loeb-2'"]
        assert dict(Article.objects.values_list("slug", "lead_html")) == {
            "loeb": "<p>Først.</p>\n",
            "loeb-2": "<p>Sidst.</p>\n",
        }
    write(tmp_path / "a", "løb", body="En tredje.")
    load_content(directory=tmp_path)
    assert Article.objects.get(slug="loeb").lead_html == "<p>Først.</p>\n"


def test_a_draft_is_not_published_and_links_to_it_are_dead(tmp_path: Path) -> None:
    write(tmp_path, "kulde", status="kladde")
    write(tmp_path, "varme", body="Se [kulde](/ordbog/kulde/).")
    report = load_content(directory=tmp_path)
    assert report.drafts == 1
    assert "dead link" in str(report.problems[0])


def test_links_within_the_encyclopedia_are_followed(tmp_path: Path) -> None:
    write(tmp_path, "kulde", body="## Risici\n\nTekst. [op](#risici)")
    write(tmp_path, "varme", body="[a](/ordbog/kulde/#risici) [b](/ordbog/kulde) [c](/ordbog/) [d](/en/ordbog/kulde/)")
    assert load_content(directory=tmp_path).problems == []
    write(tmp_path, "varme", body="[a](/ordbog/kulde/#findes-ikke)", related="[kulde, vand]")
    assert [problem.message for problem in load_content(directory=tmp_path).problems] == [
        "related: there is no article 'vand'",
        "the page has no such place: /ordbog/kulde/#findes-ikke",
    ]


def test_an_article_finds_its_topic_by_key_file_name_or_title(tmp_path: Path) -> None:
    kulde = Topic.objects.create(slug="kryoterapi", kind="treatment", name_da="Kulde", name_en="Cold")
    write(tmp_path, "kryoterapi")
    write(tmp_path, "is", topic="kryoterapi")
    write(tmp_path, "koldt", title="Kulde")
    write(tmp_path, "andet")
    write(tmp_path, "ukendt", topic="findes-ikke")
    report = load_content(directory=tmp_path)
    assert [str(problem) for problem in report.problems] == ["ukendt.md:3: no topic is called 'findes-ikke'"]
    linked = Article.objects.filter(topic=kulde).values_list("slug", flat=True)
    assert sorted(linked) == ["is", "koldt", "kryoterapi"]


def test_a_topic_that_comes_later_is_linked_at_the_next_load(tmp_path: Path) -> None:
    write(tmp_path, "kulde")
    load_content(directory=tmp_path)
    topic = Topic.objects.create(slug="kulde", kind="treatment", name_da="Kulde", name_en="Cold")
    assert load_content(directory=tmp_path).updated == 1
    assert Article.objects.get().topic == topic


def test_one_article_can_be_published_alone() -> None:
    draft, _ = read_text("---\ntitle: Kulde\n---\nTekst", "kulde")
    assert draft
    first = publish_article(draft=draft)
    assert publish_article(draft=draft).pk == first.pk
    assert titles() == ["Kulde"]


def test_the_command_reports_and_fails_with_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "kulde", farve="blå")
    call_command("load_content", str(tmp_path), "--check")
    out = capsys.readouterr()
    assert out.out == "1 new, 0 changed, 0 unchanged, 0 removed, 0 drafts, 1 warnings (checked, not written).\n"
    assert out.err == "kulde.md:3: unknown key 'farve' is not used\n"
    assert titles() == []
    (tmp_path / "kulde.md").write_text("---\n- nej\n---\n")
    with pytest.raises(CommandError, match="1 errors in 1 files"):
        call_command("load_content", str(tmp_path))


def test_articles_the_directory_does_not_hold_stay_until_told_to_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "a", "kulde")
    write(tmp_path / "b", "varme", body="Se [kulde](/ordbog/kulde/).")
    load_content(directory=tmp_path / "a")
    call_command("load_content", str(tmp_path / "b"))
    assert titles() == ["Kulde", "Varme"]
    assert "kulde.md" in capsys.readouterr().err
    (tmp_path / "b" / "varme.md").unlink()
    write(tmp_path / "b", "løb")
    call_command("load_content", str(tmp_path / "b"), "--remove")
    assert titles() == ["Løb"]
    assert RemovedArticle.objects.count() == 2
    load_content(directory=tmp_path / "a")
    assert [row.slug for row in RemovedArticle.objects.all()] == ["varme"]


def test_only_what_has_changed_is_read_again_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = tmp_path / "pude.svg"
    drawing.write_text('<svg viewBox="0 0 9 9"><title>Pude</title><circle r="2"/></svg>')
    body = "Se [her](#findes-ikke). [1]\n\n::: kort-fortalt\n- Hvad: Kulde\n:::\n\n## Hvordan\n\nSådan.\n\n## FAQ"
    body += "\n\n### Ja?\n\nNej."
    head = {"lastUpdated": "2024-02-24", "related": "[varme]", "sources": "[{title: Bog, seen: 2024-02-24}]"}
    write(tmp_path, "kulde", body, **head)
    write(tmp_path, "varme", farve="rød", figure="pude.svg")
    first = load_content(directory=tmp_path)
    before = {article.slug: article.text_hash for article in Article.objects.all()}
    read: list[str] = []

    def counted(path: Path, **how: Any) -> Any:
        read.append(path.stem)
        return files.read(path, **how)

    monkeypatch.setattr(readings, "read", counted)
    write(tmp_path, "pude", related="[kulde]")
    again = load_content(directory=tmp_path)
    assert read == ["pude"] and (again.created, again.updated, again.unchanged) == (1, 0, 2)
    assert again.problems == first.problems
    assert before.items() <= {article.slug: article.text_hash for article in Article.objects.all()}.items()
    drawing.write_text('<svg viewBox="0 0 9 9"><title>Pude</title><circle r="3"/></svg>')
    (tmp_path / "pude.md").unlink()
    load_content(directory=tmp_path, remove=True)
    assert read == ["pude", "varme"]  # its drawing is another
    assert FileReading.objects.count() == 2


def test_a_ring_of_related_pages_is_told_once_with_file_and_line(tmp_path: Path) -> None:
    for name, leads in {"a": "[b, a]", "b": "[c]", "c": "[a, d]", "d": "[c]", "e": "[a]"}.items():
        write(tmp_path, name, related=leads)
    report = load_content(directory=tmp_path, check=True)
    assert [str(problem) for problem in report.problems] == [
        "a.md:3: related: the page names itself",
        "a.md:3: related: the pages lead round in a ring: a → b → c → a",
    ]
    assert report.created == 5


def test_a_file_of_five_megabytes_is_refused_and_its_last_good_version_stays(tmp_path: Path) -> None:
    write(tmp_path, "kulde")
    load_content(directory=tmp_path)
    write(tmp_path, "kulde", body="Nyt ord. " * 600_000)
    report = load_content(directory=tmp_path)
    assert str(report.errors[0]).startswith("kulde.md:1: error: is larger than 1,000,000 bytes")
    assert Article.objects.get().lead_html == "<p>Tekst.</p>\n"
