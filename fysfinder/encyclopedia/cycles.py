"""Pages that lead on to one another in a ring, so that a reader who follows 'related' comes back to the start."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

from fysfinder.encyclopedia.draft import ArticleDraft, Problem


def rings(drafts: Collection[ArticleDraft]) -> Iterator[Problem]:
    """A warning for each ring of three or more pages. Two that name each other are what the key is for.

    So only what goes one way counts, and each page is told of in one ring, the shortest through it.
    """
    pages = {draft.slug: draft for draft in drafts if draft.related}
    ways = {
        slug: [other for other in draft.related if other in pages and slug not in pages[other].related]
        for slug, draft in pages.items()
    }
    told: set[str] = set()
    for slug in sorted(pages):
        if slug in told or not (ring := _shortest(slug, ways)):
            continue
        told |= set(ring)
        draft = pages[slug]
        said = " → ".join((*ring, slug))
        yield Problem(draft.file, draft.related_line, f"related: the pages lead round in a ring: {said}")


def _shortest(start: str, ways: Mapping[str, list[str]]) -> list[str]:
    """The shortest way from start back to it, by breadth; empty when there is none."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in ways[here]:
            if there == start:
                ring = [here]
                while ring[-1] != start:
                    ring.append(before[ring[-1]])
                return ring[::-1]
            if there not in before:
                before[there] = here
                waiting.append(there)
    return []
