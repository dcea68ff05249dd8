"""The same drill on PostgreSQL, in the test's own database: pg_dump, changes, pg_restore, comparison."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from fysfinder.clinics.models import Clinic
from fysfinder.config.backup import BackupError, restore_backup, write_backup
from tests.make import make_clinic

pytestmark = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump: apt install postgresql-client")


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_postgresql_brings_back_what_was_there(tmp_path: Path, monkeypatch: Any):
    content = tmp_path / "content"
    content.mkdir()
    (content / "kulde.md").write_text("Kulde.")
    monkeypatch.setattr(settings, "CONTENT_DIR", content)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    make_clinic("Klinik Før")
    write_backup(target=tmp_path / "kept.tar.gz")
    make_clinic("Klinik Efter")
    (content / "kulde.md").write_text("ødelagt")
    with pytest.raises(BackupError, match="--overwrite"):
        restore_backup(source=tmp_path / "kept.tar.gz")
    restore_backup(source=tmp_path / "kept.tar.gz", overwrite=True)
    assert list(Clinic.objects.values_list("name", flat=True)) == ["Klinik Før"]
    assert (content / "kulde.md").read_text() == "Kulde."
    connection.close()
