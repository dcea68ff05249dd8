"""What reading each file of a directory gave, kept in the database: the next load reads only what has changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from fysfinder.encyclopedia.draft import ArticleDraft, Link, Problem
from fysfinder.encyclopedia.files import read
from fysfinder.encyclopedia.kinds import Kind
from fysfinder.encyclopedia.models import FileReading

Result = tuple[ArticleDraft | None, list[Problem]]
_DATES = {"reviewed_on", "next_review_on", "published_on", "updated_on"}


class Readings:
    """Reads the files of one directory, each anew only when it, a drawing it names, this code or the day is another."""

    def __init__(self, directory: Path) -> None:
        self._directory = str(directory.resolve())
        rows = FileReading.objects.filter(directory=self._directory)
        self._kept = {row.file: row for row in rows.iterator(chunk_size=200)}
        self._seen: set[str] = set()
        self._new: list[FileReading] = []
        self._drawings: dict[Path, dict[bytes, bytes]] = {}

    def read(self, path: Path, kind: Kind, name: str) -> Result:
        self._seen.add(name)
        fingerprint = self._fingerprint(path, kind)
        before = self._kept.get(name)
        if before and fingerprint and before.fingerprint == fingerprint:
            return _draft_of(before.draft), [Problem(*row) for row in before.problems]
        draft, problems = read(path, kind=kind, name=name)
        self._new.append(
            FileReading(
                directory=self._directory,
                file=name,
                fingerprint=fingerprint,
                draft=_json_of(draft) if draft else None,
                problems=[astuple(problem) for problem in problems],
            )
        )
        return draft, problems

    def keep(self) -> None:
        """Write what was read anew; forget files that are gone."""
        gone = [row.pk for name, row in self._kept.items() if name not in self._seen]
        changed = [self._kept[row.file].pk for row in self._new if row.file in self._kept]
        for batch in _batches([*gone, *changed]):
            FileReading.objects.filter(pk__in=batch).delete()
        FileReading.objects.bulk_create(self._new, batch_size=100)

    def _fingerprint(self, path: Path, kind: Kind) -> str:
        """'' for a file that cannot be opened: it is tried again."""
        try:
            data = path.read_bytes()
        except OSError:
            return ""
        digest = hashlib.sha256(f"{_of_code()} {timezone.localdate()} {kind.kind}".encode() + data)
        for drawing, its_digest in self._drawings_beside(path.parent).items():
            if drawing in data:
                digest.update(drawing + its_digest)
        return digest.hexdigest()

    def _drawings_beside(self, folder: Path) -> Mapping[bytes, bytes]:
        if folder not in self._drawings:
            paths = sorted(path for path in folder.glob("*.svg") if path.is_file())
            self._drawings[folder] = {
                path.name.encode("utf-8", "replace"): hashlib.sha256(path.read_bytes()).digest() for path in paths
            }
        return self._drawings[folder]


@cache
def _of_code() -> str:
    """Of the code that reads, and of the names it knows our own pages by."""
    digest = hashlib.sha256(f"{settings.SITE_URL} {settings.SITE_NAME}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _batches(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _json_of(draft: ArticleDraft) -> dict[str, Any]:
    values = asdict(draft)
    return values | {name: values[name].isoformat() for name in _DATES if values[name]}


def _draft_of(kept: dict[str, Any] | None) -> ArticleDraft | None:
    if kept is None:
        return None
    values: dict[str, Any] = {}
    for entry in fields(ArticleDraft):
        value = kept[entry.name]
        if entry.name in _DATES and value:
            value = dt.date.fromisoformat(value)
        elif isinstance(value, list):
            value = tuple(tuple(part) if isinstance(part, list) else part for part in value)
        values[entry.name] = value
    values["links"] = tuple(Link(**link) for link in kept["links"])
    return ArticleDraft(**values)
