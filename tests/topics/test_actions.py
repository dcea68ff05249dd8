"""Loading the files: all or nothing, the same twice, errors with file and line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fysfinder.topics import queries
from fysfinder.topics.actions import load_topics
from fysfinder.topics.files import LINK_COLUMNS, TOPIC_COLUMNS, TopicFileError
from fysfinder.topics.models import Synonym, Topic, TopicLink
from tests.topics.conftest import DATA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_memory")]

TOPICS = [
    "is,treatment,Is,Ice,,kulde,is på,cold,Noget koldt.,Something cold.",
    "fod,body_part,Fod,Foot,,foden,,,Foden.,The foot.",
    "ankel,body_part,Ankel,Ankle,fod,anklen,,,Anklen.,The ankle.",
    "vrid,condition,Vrid,Twist,,forvridning,vredet om,sprain,Et vrid.,A twist.",
]
LINKS = ["is,vrid,treats", "vrid,ankel,located_in"]


def folder(tmp_path: Path, topics: list[str] = TOPICS, links: list[str] = LINKS) -> Path:
    (tmp_path / "topics.csv").write_text("\n".join([",".join(TOPIC_COLUMNS), *topics]) + "\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("\n".join([",".join(LINK_COLUMNS), *links]) + "\n", encoding="utf-8")
    return tmp_path


def rows() -> list[object]:
    return [
        *Topic.objects.order_by("pk").values_list(),
        *Synonym.objects.order_by("pk").values_list(),
        *TopicLink.objects.order_by("pk").values_list(),
    ]


def test_the_real_files_load_and_a_second_run_changes_nothing():
    first = load_topics(directory=DATA)
    before = rows()
    second = load_topics(directory=DATA)
    assert first.topics >= 190
    assert (second.added, second.changed, second.removed) == (0, 0, 0)
    assert rows() == before


def test_the_taxonomy_is_read_with_three_queries_and_then_none(django_assert_num_queries):
    load_topics(directory=DATA)
    with django_assert_num_queries(3):
        assert queries.resolve("hold i ryggen") is not None
    with django_assert_num_queries(0):
        assert queries.resolve("museskade") is not None
        assert queries.treatments_for("laendesmerter")


def test_tables_hold_parent_position_and_words(tmp_path: Path):
    load_topics(directory=folder(tmp_path))
    ankle = Topic.objects.get(slug="ankel")
    assert ankle.parent is not None
    assert ankle.parent.slug == "fod"
    assert ankle.position == 3
    assert Synonym.objects.get(text="is på").is_everyday
    assert TopicLink.objects.count() == 2


def test_a_changed_file_changes_only_what_it_says_and_keeps_ids(tmp_path: Path):
    load_topics(directory=folder(tmp_path))
    ids = dict(Topic.objects.values_list("slug", "pk"))
    changed = [
        TOPICS[0].replace("Noget koldt.", "Noget meget koldt."),
        TOPICS[1],
        TOPICS[2],
        TOPICS[3].replace("vredet om", "trådt skævt"),
    ]
    report = load_topics(directory=folder(tmp_path, changed))
    assert (report.added, report.changed, report.removed) == (1, 1, 1)
    assert dict(Topic.objects.values_list("slug", "pk")) == ids
    topic = queries.resolve("trådt skævt")
    assert topic is not None
    assert topic.slug == "vrid"
    assert queries.resolve("vredet om") is None


def test_a_file_that_would_remove_many_topics_is_refused_unless_allowed(tmp_path: Path):
    load_topics(directory=folder(tmp_path))
    with pytest.raises(TopicFileError, match="would be removed"):
        load_topics(directory=folder(tmp_path, TOPICS[:1], []))
    assert Topic.objects.count() == 4
    load_topics(directory=folder(tmp_path, TOPICS[:1], []), is_shrinking_allowed=True)
    assert list(Topic.objects.values_list("slug", flat=True)) == ["is"]


BROKEN = [
    ([TOPICS[0], TOPICS[0]], "topics.csv line 3: 'is' stands already in line 2"),
    ([TOPICS[0].replace("treatment", "kind")], "topics.csv line 2: 'kind' is not a kind"),
    ([TOPICS[0].replace("is,", "Is!,", 1)], "topics.csv line 2: 'Is!' is not a slug"),
    ([TOPICS[0].replace("Ice", "")], "topics.csv line 2: name_en is empty"),
    ([TOPICS[0].replace("Noget koldt.", "x" * 301)], "topics.csv line 2: summary_da is longer than 300"),
    ([TOPICS[0] + ",extra"], "topics.csv line 2: must have 10 columns"),
    ([TOPICS[0].replace(",cold,", ",§,")], "topics.csv line 2: synonym '§' has no letters"),
    ([TOPICS[2]], "topics.csv line 2: parent 'fod' does not exist"),
    ([TOPICS[1], TOPICS[2].replace("body_part", "condition")], "topics.csv line 3: parent 'fod' is of another kind"),
    ([TOPICS[1].replace("Foot,", "Foot,ankel"), TOPICS[2]], "topics.csv line 2: 'fod' is its own ancestor"),
    ([TOPICS[0], TOPICS[3].replace("forvridning", "Kulde")], "topics.csv line 3: 'Kulde' belongs to 'is' (line 2)"),
    (['"' + TOPICS[0]], "topics.csv line 2: "),
    ([], "topics.csv line 1: no topics"),
]


@pytest.mark.parametrize(("topics", "message"), BROKEN)
def test_a_broken_topics_file_changes_nothing_and_names_its_line(tmp_path: Path, topics: list[str], message: str):
    load_topics(directory=folder(tmp_path))
    before = rows()
    with pytest.raises(TopicFileError) as caught:
        load_topics(directory=folder(tmp_path, topics, []))
    assert str(caught.value).startswith(message)
    assert rows() == before


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("is,nej,treats", "links.csv line 2: topic 'nej' does not exist"),
        ("is,vrid,likes", "links.csv line 2: 'likes' is not a relation"),
        ("vrid,is,treats", "links.csv line 2: 'vrid' cannot stand in 'treats' to 'is'"),
    ],
)
def test_a_broken_link_names_its_line(tmp_path: Path, link: str, message: str):
    with pytest.raises(TopicFileError) as caught:
        load_topics(directory=folder(tmp_path, TOPICS, [link]))
    assert str(caught.value) == message
    assert Topic.objects.count() == 0


def test_missing_files_wrong_columns_and_broken_text_are_named(tmp_path: Path):
    with pytest.raises(TopicFileError, match=r"topics\.csv line 0: cannot be read"):
        load_topics(directory=tmp_path)
    path = folder(tmp_path)
    (path / "links.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(TopicFileError, match=r"links\.csv line 1: the columns must be"):
        load_topics(directory=path)
    (path / "topics.csv").write_bytes(",".join(TOPIC_COLUMNS).encode() + b"\n\xff\n")
    with pytest.raises(TopicFileError, match=r"topics\.csv line 2: is not UTF-8"):
        load_topics(directory=path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path):
    path = folder(tmp_path)
    for file in ("topics.csv", "links.csv"):
        text = (path / file).read_text(encoding="utf-8").replace("\n", "\r\n")
        (path / file).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_topics(directory=path).topics == 4


def test_the_command_reports_and_turns_a_broken_file_into_a_message(tmp_path: Path):
    out = StringIO()
    call_command("load_topics", str(folder(tmp_path)), stdout=out)
    assert out.getvalue() == "4 topics, 8 synonyms, 2 links: 14 added, 0 changed, 0 removed.\n"
    with pytest.raises(CommandError, match=r"links\.csv line 2"):
        call_command("load_topics", str(folder(tmp_path, TOPICS, ["is,nej,treats"])))
