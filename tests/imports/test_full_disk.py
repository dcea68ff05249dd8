"""A disk that fills, at whatever statement or line: whole batches stand, it is said what to do, and the run goes on."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from fysfinder.imports import pipeline
from fysfinder.imports.models import ImportRun
from tests.imports.test_pipeline import SAMPLE, places  # noqa: F401
from tests.imports.test_runs import DEAD, directory

pytestmark = pytest.mark.django_db
FULL = "database or disk is full"


def full_at(statement: int) -> Callable[..., Any]:
    """The so manieth write finds no room, nor does any after it in its batch."""
    left = [statement]

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left[0] -= 1
            if left[0] <= 0:
                raise OperationalError(FULL)
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.parametrize("statement", [1, 2, 9, 14, 20, 27, 33])
def test_a_full_database_stops_the_run_between_two_batches(statement: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 1)
    states = {0: directory()}
    call_command("import_clinics", "csv", str(SAMPLE), "--dry-run", stdout=io.StringIO())
    with connection.execute_wrapper(full_at(statement)), pytest.raises(CommandError, match=f"{FULL}; nothing is half"):
        call_command("import_clinics", "csv", str(SAMPLE))
    run = ImportRun.objects.filter(is_open=True).first()
    if run is None or run.position == 0:
        assert directory() == states[0]
    if run is None:
        call_command("import_clinics", "csv", str(SAMPLE))
    else:
        assert len(directory()) == 1 + run.position  # a clinic a row, and the rows
        ImportRun.objects.update(worker=DEAD)
        call_command("import_clinics", "--resume", str(run.pk))
    assert len(directory()) == 4 and not ImportRun.objects.filter(is_open=True).exists()


def test_a_full_disk_under_the_list_of_the_rejected_is_said_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = tmp_path / "rejected.csv"

    def no_room(self: io.TextIOWrapper, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    class Full(io.StringIO):
        write = no_room  # type: ignore[assignment]

    opened = Path.open
    monkeypatch.setattr(
        Path, "open", lambda self, *args, **more: Full() if self == rejected else opened(self, *args, **more)
    )
    with pytest.raises(CommandError, match=r"rejected\.csv: No space left"):
        call_command("import_clinics", "csv", str(SAMPLE), "--rejected", str(rejected))
    assert len(directory()) == 1
