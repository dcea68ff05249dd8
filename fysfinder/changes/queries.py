"""Reading what has changed."""

from __future__ import annotations

from fysfinder.changes.models import Change, Latest

_heard: list[int] = []  # the latest number this process has heard of
MOST_ROWS = 2000  # further behind than this, it is cheaper to forget everything


def latest_number() -> int:
    return Latest.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def heard_number() -> int | None:
    """The latest change that changes_since told of in this process; None when nobody follows."""
    return _heard[0] if _heard else None


def forget_heard() -> None:
    """Nobody follows: between tests, whose changes are taken back."""
    _heard.clear()


def changes_since(number: int) -> tuple[int, list[frozenset[str]] | None]:
    """The latest number, and the tags of each change after the given one; None when they are not all known."""
    latest = latest_number()
    _heard[:] = [latest]
    if latest == number:
        return latest, []
    rows = Change.objects.filter(number__gt=number, number__lte=latest).order_by("number")
    tags = [frozenset(text.split()) for text in rows.values_list("tags", flat=True)[:MOST_ROWS]]
    return latest, tags if len(tags) == latest - number else None
