"""Writes of the topics app: the taxonomy is loaded from its files, never edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from fysfinder.changes.actions import EVERYTHING, record_change
from fysfinder.topics.files import TOPICS_FILE, LinkRow, TopicFileError, TopicRow, read_topics
from fysfinder.topics.models import Synonym, Topic, TopicLink
from fysfinder.topics.queries import forget_taxonomy

TOPICS = "topics"  # the tag of a loaded taxonomy: processes read theirs again (config/following.py)
_COLUMNS = ["kind", "name_da", "name_en", "summary_da", "summary_en", "parent", "position"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many rows the files hold, and how many were added, changed or removed."""

    topics: int
    synonyms: int
    links: int
    added: int
    changed: int
    removed: int


def load_topics(*, directory: Path, is_shrinking_allowed: bool = False) -> LoadReport:
    """Make the tables equal to the files, all or nothing; a second run changes nothing.

    Removing a topic takes it off every clinic that offers it, so a file that would remove more than a tenth
    is refused unless is_shrinking_allowed. Raises TopicFileError with file and line.
    """
    topics, links = read_topics(directory)
    with transaction.atomic():
        added, changed, removed = _load_rows(topics, is_shrinking_allowed=is_shrinking_allowed)
        ids = dict(Topic.objects.values_list("slug", "pk"))
        for delta in (_load_synonyms(topics, ids), _load_links(links, ids)):
            added, removed = added + delta[0], removed + delta[1]
        record_change(tags=[EVERYTHING, TOPICS])
        transaction.on_commit(forget_taxonomy)
    forget_taxonomy()
    return LoadReport(len(topics), Synonym.objects.count(), len(links), added, changed, removed)


def _load_rows(rows: list[TopicRow], *, is_shrinking_allowed: bool) -> tuple[int, int, int]:
    before = {topic.slug: topic for topic in Topic.objects.all()}
    gone = before.keys() - {row.slug for row in rows}
    if len(gone) * 10 > len(before) and not is_shrinking_allowed:
        raise TopicFileError(TOPICS_FILE, 1, f"{len(gone)} of {len(before)} topics would be removed")
    new = [_fill(Topic(slug=row.slug), row) for row in rows if row.slug not in before]
    Topic.objects.bulk_create(new)
    by_slug = {topic.slug: topic for topic in Topic.objects.all()}
    changed = []
    for position, row in enumerate(rows, start=1):
        topic = by_slug[row.slug]
        old = [getattr(topic, f"{column}_id" if column == "parent" else column) for column in _COLUMNS]
        _fill(topic, row)
        topic.position = position
        topic.parent = by_slug[row.parent] if row.parent else None
        if old != [getattr(topic, f"{column}_id" if column == "parent" else column) for column in _COLUMNS]:
            changed.append(topic)
    Topic.objects.bulk_update(changed, _COLUMNS, batch_size=50)
    # Children stand in PROTECT to their parent; all that stay have their new parent by now.
    Topic.objects.filter(slug__in=gone).update(parent=None)
    Topic.objects.filter(slug__in=gone).delete()
    return len(new), len([topic for topic in changed if topic.slug in before]), len(gone)


def _fill(topic: Topic, row: TopicRow) -> Topic:
    topic.kind = row.kind
    topic.name_da, topic.name_en = row.name_da, row.name_en
    topic.summary_da, topic.summary_en = row.summary_da, row.summary_en
    return topic


def _load_synonyms(rows: list[TopicRow], ids: dict[str, int]) -> tuple[int, int]:
    wanted = {
        (ids[row.slug], synonym.text, synonym.language, synonym.is_everyday): None
        for row in rows
        for synonym in row.synonyms
    }
    there = {
        (topic, text, language, is_everyday): pk
        for pk, topic, text, language, is_everyday in Synonym.objects.values_list(
            "pk", "topic_id", "text", "language", "is_everyday"
        )
    }
    gone = [pk for key, pk in there.items() if key not in wanted]
    new = [
        Synonym(topic_id=topic, text=text, language=language, is_everyday=is_everyday)
        for topic, text, language, is_everyday in wanted
        if (topic, text, language, is_everyday) not in there
    ]
    Synonym.objects.filter(pk__in=gone).delete()
    Synonym.objects.bulk_create(new, batch_size=500)
    return len(new), len(gone)


def _load_links(rows: list[LinkRow], ids: dict[str, int]) -> tuple[int, int]:
    wanted = {(ids[row.from_topic], ids[row.to_topic], row.relation): None for row in rows}
    there = {
        (from_topic, to_topic, relation): pk
        for pk, from_topic, to_topic, relation in TopicLink.objects.values_list(
            "pk", "from_topic_id", "to_topic_id", "relation"
        )
    }
    gone = [pk for key, pk in there.items() if key not in wanted]
    new = [
        TopicLink(from_topic_id=from_topic, to_topic_id=to_topic, relation=relation)
        for from_topic, to_topic, relation in wanted
        if (from_topic, to_topic, relation) not in there
    ]
    TopicLink.objects.filter(pk__in=gone).delete()
    TopicLink.objects.bulk_create(new, batch_size=500)
    return len(new), len(gone)
