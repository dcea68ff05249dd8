"""A backup brings the site back as it was: table by table, file by file, or says what is wrong and changes nothing."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import override_settings

from fysfinder.clinics.models import Clinic
from fysfinder.config.backup import BackupError, extract
from tests.make import make_clinic


class Installation:
    """A site in a folder of its own with a database file, worked by its operator's commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / "kept.tar.gz"
        (folder / "content/ordbog").mkdir(parents=True)
        self.article = folder / "content/ordbog/kulde.md"
        self.article.write_text("---\ntitle: Kulde\n---\nKulde.\n")

    def manage(self, *words: str) -> str:
        said = io.StringIO()
        call_command(*words, stdout=said)
        return said.getvalue()


def names() -> list[str]:
    return sorted(Clinic.objects.values_list("name", flat=True))


@contextmanager
def database_of(made: Installation) -> Iterator[None]:
    """Its file in place of the test's database, which is in memory and in a transaction."""
    memory = connections["default"]
    connections["default"] = type(memory)({**memory.settings_dict, "NAME": str(made.folder / "db.sqlite3")}, "default")
    try:
        with override_settings(VAR_DIR=made.folder, CONTENT_DIR=made.folder / "content"):
            yield
    finally:
        connections["default"].close()
        connections["default"] = memory


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker) -> Installation:
    made = Installation(tmp_path_factory.mktemp("site"))
    with django_db_blocker.unblock():
        connection.ensure_connection()
        with closing(sqlite3.connect(made.folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)
        with database_of(made):
            make_clinic("Klinik Før")
            assert "læst igen" in made.manage("backup", str(made.kept))
    return made


@pytest.fixture
def site(installed: Installation, db: None) -> Iterator[Installation]:
    with database_of(installed):
        yield installed


def test_what_happened_after_the_backup_is_undone_by_restoring_it(site: Installation):
    make_clinic("Klinik Efter")
    site.article.write_text("ødelagt")
    assert "sammenlignet" in site.manage("restore", str(site.kept), "--overwrite")
    assert names() == ["Klinik Før"]
    assert site.article.read_text().endswith("Kulde.\n")


def test_clinics_are_not_overwritten_unless_that_is_said(site: Installation):
    with pytest.raises(CommandError, match="--overwrite"):
        site.manage("restore", str(site.kept))


def test_a_damaged_backup_changes_nothing(site: Installation, tmp_path: Path):
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(site.kept.read_bytes()[: site.kept.stat().st_size // 2])
    room = tmp_path / "room"
    with tarfile.open(site.kept) as archive:
        extract(archive, room)
    (room / "content/ordbog/kulde.md").write_text("forfalsket")
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as archive:
        for path in room.iterdir():
            archive.add(path, arcname=path.name)
    for file in (cut, forged, tmp_path / "missing.tar.gz"):
        with pytest.raises(CommandError):
            site.manage("restore", str(file), "--overwrite")
    assert names() == ["Klinik Før"]


def test_a_backup_that_cannot_be_written_leaves_no_half_file(site: Installation, tmp_path: Path):
    with pytest.raises(CommandError, match="Intet er gemt"):
        site.manage("backup", str(tmp_path / "no-such-folder" / "kept.tar.gz"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "link"])
def test_an_archive_reaches_nothing_outside_its_folder(tmp_path: Path, name: str):
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        member = tarfile.TarInfo(name)
        if name == "link":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    room = tmp_path / "room"
    room.mkdir()
    with tarfile.open(tmp_path / "evil.tar") as archive, pytest.raises(BackupError):
        extract(archive, room)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evil.tar", "room"]
