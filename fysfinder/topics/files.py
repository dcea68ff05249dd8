"""The two data files of the taxonomy, read and checked before anything is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fysfinder.base.text import clean, slugify
from fysfinder.topics.models import Kind, Relation
from fysfinder.topics.words import phrase

TOPICS_FILE = "topics.csv"
LINKS_FILE = "links.csv"
TOPIC_COLUMNS = (
    "slug",
    "kind",
    "name_da",
    "name_en",
    "parent",
    "synonyms_da",
    "everyday_da",
    "synonyms_en",
    "summary_da",
    "summary_en",
)
LINK_COLUMNS = ("from_topic", "to_topic", "relation")
_LIMITS = {"slug": 80, "name_da": 80, "name_en": 80, "summary_da": 300, "summary_en": 300}
# relation: (kinds it may begin at, kinds it may end at)
_ENDS = {
    Relation.TREATS: ({Kind.TREATMENT, Kind.PROGRAMME}, {Kind.CONDITION}),
    Relation.LOCATED_IN: ({Kind.CONDITION}, {Kind.BODY_PART}),
    Relation.FOR_GROUP: ({Kind.TREATMENT, Kind.PROGRAMME, Kind.CONDITION}, {Kind.PATIENT_GROUP}),
}


class TopicFileError(ValueError):
    """What is wrong, with file and line: 'topics.csv line 12: …'."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file} line {line}: {problem}")
        self.file, self.line, self.problem = file, line, problem


@dataclass(frozen=True, slots=True)
class SynonymRow:
    text: str
    language: str
    is_everyday: bool


@dataclass(frozen=True, slots=True)
class TopicRow:
    line: int
    slug: str
    kind: str
    name_da: str
    name_en: str
    parent: str
    summary_da: str
    summary_en: str
    synonyms: tuple[SynonymRow, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    line: int
    from_topic: str
    to_topic: str
    relation: str


def read_topics(directory: Path) -> tuple[list[TopicRow], list[LinkRow]]:
    """Both files, checked against themselves and each other. Raises TopicFileError."""
    topics = [_topic(line, row) for line, row in _rows(directory / TOPICS_FILE, TOPIC_COLUMNS)]
    if not topics:
        raise TopicFileError(TOPICS_FILE, 1, "no topics")
    _check_slugs_and_parents(topics)
    _check_words(topics)
    links = [LinkRow(line, **row) for line, row in _rows(directory / LINKS_FILE, LINK_COLUMNS)]
    _check_links(links, {topic.slug: topic.kind for topic in topics})
    return topics, links


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TopicFileError(path.name, 0, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TopicFileError(path.name, error.object[: error.start].count(b"\n") + 1, "is not UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != columns:
            raise TopicFileError(path.name, 1, f"the columns must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise TopicFileError(path.name, reader.line_num, f"must have {len(columns)} columns")
            yield reader.line_num, {column: clean(value).strip() for column, value in row.items()}
    except csv.Error as error:
        raise TopicFileError(path.name, reader.line_num + 1, str(error)) from error


def _topic(line: int, row: dict[str, str]) -> TopicRow:
    for column, limit in _LIMITS.items():
        if not row[column]:
            raise TopicFileError(TOPICS_FILE, line, f"{column} is empty")
        if len(row[column]) > limit:
            raise TopicFileError(TOPICS_FILE, line, f"{column} is longer than {limit} characters")
    if slugify(row["slug"]) != row["slug"]:
        raise TopicFileError(TOPICS_FILE, line, f"{row['slug']!r} is not a slug")
    if row["kind"] not in Kind.values:
        raise TopicFileError(TOPICS_FILE, line, f"{row['kind']!r} is not a kind; kinds are {', '.join(Kind.values)}")
    synonyms = (
        *_synonyms(line, row["synonyms_da"], "da", is_everyday=False),
        *_synonyms(line, row["everyday_da"], "da", is_everyday=True),
        *_synonyms(line, row["synonyms_en"], "en", is_everyday=False),
    )
    plain = {key: row[key] for key in ("slug", "kind", "name_da", "name_en", "parent", "summary_da", "summary_en")}
    return TopicRow(line=line, synonyms=synonyms, **plain)


def _synonyms(line: int, cell: str, language: str, *, is_everyday: bool) -> Iterator[SynonymRow]:
    for text in filter(None, (part.strip() for part in cell.split(";"))):
        words = phrase(text)
        if not words or "".join(words).isdigit():
            raise TopicFileError(TOPICS_FILE, line, f"synonym {text!r} has no letters")
        if len(text) > 80:
            raise TopicFileError(TOPICS_FILE, line, f"synonym {text!r} is longer than 80 characters")
        yield SynonymRow(text, language, is_everyday)


def _check_slugs_and_parents(topics: list[TopicRow]) -> None:
    by_slug: dict[str, TopicRow] = {}
    for topic in topics:
        if topic.slug in by_slug:
            first = by_slug[topic.slug].line
            raise TopicFileError(TOPICS_FILE, topic.line, f"{topic.slug!r} stands already in line {first}")
        by_slug[topic.slug] = topic
    for topic in topics:
        seen = {topic.slug}
        above = topic
        while above.parent:
            if above.parent not in by_slug:
                raise TopicFileError(TOPICS_FILE, above.line, f"parent {above.parent!r} does not exist")
            if by_slug[above.parent].kind != above.kind:
                raise TopicFileError(TOPICS_FILE, above.line, f"parent {above.parent!r} is of another kind")
            if above.parent in seen:
                raise TopicFileError(TOPICS_FILE, topic.line, f"{topic.slug!r} is its own ancestor")
            seen.add(above.parent)
            above = by_slug[above.parent]


def _check_words(topics: list[TopicRow]) -> None:
    """A name or synonym leads to exactly one topic, also when its words are written together."""
    owners: dict[str, TopicRow] = {}
    for topic in topics:
        for text in (topic.name_da, topic.name_en, *(synonym.text for synonym in topic.synonyms)):
            owner = owners.setdefault("".join(phrase(text)), topic)
            if owner is not topic:
                raise TopicFileError(TOPICS_FILE, topic.line, f"{text!r} belongs to {owner.slug!r} (line {owner.line})")


def _check_links(links: list[LinkRow], kinds: dict[str, str]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        for slug in (link.from_topic, link.to_topic):
            if slug not in kinds:
                raise TopicFileError(LINKS_FILE, link.line, f"topic {slug!r} does not exist")
        if link.relation not in Relation.values:
            raise TopicFileError(LINKS_FILE, link.line, f"{link.relation!r} is not a relation")
        begins, ends = _ENDS[Relation(link.relation)]
        if kinds[link.from_topic] not in begins or kinds[link.to_topic] not in ends:
            problem = f"{link.from_topic!r} cannot stand in {link.relation!r} to {link.to_topic!r}"
            raise TopicFileError(LINKS_FILE, link.line, problem)
        key = (link.from_topic, link.to_topic, link.relation)
        if key in seen:
            raise TopicFileError(LINKS_FILE, link.line, "the link stands already above")
        seen.add(key)
