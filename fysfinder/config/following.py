"""What a process does when it hears of a change: what it holds in memory is read again where the change concerns it.

Clinics and articles are followed where they are held (search/directory.py, search/articles.py), by their own numbers.
"""

from __future__ import annotations

from django.db import close_old_connections, connection

from fysfinder.changes.queries import changes_since
from fysfinder.config.replica import REPLICA
from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.encyclopedia.linking import forget_names
from fysfinder.encyclopedia.shelf import forget_shelf
from fysfinder.places.actions import PLACES
from fysfinder.places.queries import reset_gazetteer
from fysfinder.search.directory import refresh_directory
from fysfinder.tariffs.actions import TARIFFS
from fysfinder.tariffs.queries import forget_tariffs
from fysfinder.topics.actions import TOPICS
from fysfinder.topics.queries import forget_taxonomy


def followed_changes(number: int) -> tuple[int, list[frozenset[str]] | None]:
    """As changes_since, outside any request: a lost connection is made anew, and this process's memory follows."""
    keep_connections_fresh()
    try:
        latest, tags = changes_since(number)
    finally:
        keep_connections_fresh()  # no request will give this connection back to the pool
    REPLICA.primary = latest
    if number >= 0:  # the first question of a process is about what it has not read yet
        forget_what_changed(None if tags is None else frozenset().union(*tags))
    return latest, tags


def keep_connections_fresh() -> None:
    """As Django does around a request; never inside a transaction, which would lose it."""
    if not connection.in_atomic_block:
        close_old_connections()


def forget_what_changed(tags: frozenset[str] | None) -> None:
    """Drop what was read before the topics, places, tariffs or articles changed; None: whatever may have."""
    has_topics, has_places = tags is None or TOPICS in tags, tags is None or PLACES in tags
    if tags is None or TARIFFS in tags:
        forget_tariffs()
    if has_topics or ARTICLES in (tags or ()):
        forget_shelf()
    if has_topics:
        forget_taxonomy()
        forget_names()
    if has_places:
        reset_gazetteer()
    if has_topics or has_places:
        refresh_directory()
