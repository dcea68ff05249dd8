"""Runs: whole batches or nothing, one at a time, resumed where they were stopped."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fysfinder.clinics.models import Clinic
from fysfinder.imports import pipeline
from fysfinder.imports.actions import undo_run
from fysfinder.imports.batch import Batch
from fysfinder.imports.models import ImportRun, SourceRow
from fysfinder.imports.runs import BusyError
from fysfinder.imports.states import state_of
from tests.imports.test_pipeline import CSV, SAMPLE, TODAY, edited, places, run  # noqa: F401

pytestmark = pytest.mark.django_db
DEAD = f"{socket.gethostname()}:999999999:1"


def directory() -> dict[str, object]:
    rows = SourceRow.objects.order_by("source_id").values_list("source_id", "problems", "clinic__slug")
    return {"rows": list(rows)} | {clinic.slug: state_of(clinic) for clinic in Clinic.objects.all()}


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> ImportRun:
    """A run whose process died in its third batch of one row."""
    monkeypatch.setattr(pipeline, "BATCH", 1)
    apply, batches = Batch.apply, []

    def dies_at_the_third(batch: Batch) -> None:
        batches.append(batch)
        apply(batch)
        if len(batches) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "apply", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            call_command("import_clinics", "csv", str(SAMPLE))
    ImportRun.objects.update(worker=DEAD)
    return ImportRun.objects.get()


def test_a_stopped_run_keeps_whole_batches_and_is_resumed_to_the_same_end(stopped: ImportRun) -> None:
    assert (stopped.is_open, stopped.position, Clinic.objects.count(), SourceRow.objects.count()) == (True, 2, 2, 2)
    call_command("import_clinics", "--resume", str(stopped.pk))
    resumed, counts = directory(), ImportRun.objects.get().counts
    assert not ImportRun.objects.get().is_open
    undo_run(run=stopped)
    assert not Clinic.objects.exists()
    call_command("import_clinics", "csv", str(SAMPLE))
    assert directory() == resumed
    assert ImportRun.objects.latest("pk").counts == counts


def test_a_stopped_run_holds_others_back_until_it_is_taken_back(stopped: ImportRun) -> None:
    with pytest.raises(CommandError, match=f"was stopped: go on .*--resume {stopped.pk}"):
        call_command("import_clinics", "csv", str(SAMPLE))
    call_command("undo_import", str(stopped.pk))
    assert not Clinic.objects.exists() and not SourceRow.objects.exists()
    assert run().created == 3


def test_a_run_at_work_is_neither_joined_taken_over_nor_undone(stopped: ImportRun) -> None:
    stat = Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]
    ImportRun.objects.update(worker=f"{socket.gethostname()}:{os.getpid()}:{stat}")
    with pytest.raises(BusyError, match="is at work: wait"):
        run()
    for command in (("import_clinics", "--resume"), ("undo_import",)):
        with pytest.raises(CommandError, match="at work"):
            call_command(*command, str(stopped.pk))
    assert Clinic.objects.count() == 2


def test_a_run_is_not_resumed_with_another_file_nor_after_its_end(stopped: ImportRun, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not the file"):
        call_command(
            "import_clinics", "csv", str(edited(tmp_path, ("Ahornvej 1", "Birkevej 2"))), "--resume", str(stopped.pk)
        )
    call_command("import_clinics", "--resume", str(stopped.pk))
    with pytest.raises(CommandError, match="nothing to resume"):
        call_command("import_clinics", "--resume", str(stopped.pk))
    with pytest.raises(CommandError, match="no run 999"):
        call_command("import_clinics", "--resume", "999")


def test_batches_of_any_size_come_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    whole = directory()
    undo_run(run=ImportRun.objects.get())
    monkeypatch.setattr(pipeline, "BATCH", 2)
    run()
    assert directory() == whole


def test_a_second_look_at_the_same_rows_costs_no_query_per_row(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    many = [
        lines[1]
        .replace("Bakkens", f"{'abcdefgh'[n // 10] * 4}{'klmnopqrst'[n % 10] * 4}")
        .replace("86 00 00 14", f"86 00 1{n:03d}")
        .replace("Ahornvej 1", f"Ahornvej {n + 1}")
        .replace("bakken.example", f"k{n}.example")
        for n in range(60)
    ]
    path = tmp_path / "many.csv"
    path.write_text("\n".join([lines[0], *many]), encoding="utf-8")
    with django_assert_max_num_queries(80):  # type: ignore[operator]
        assert run(path).created == 60
    path.write_text("\n".join([lines[0], *many, ""]) + "\n", encoding="utf-8")
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        assert run(path, confirmed_on=TODAY).unchanged == 60
