"""A backup brings the site back as it was: table by table, file by file, or says what is wrong and changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
WRITE = """
from tests.make import make_clinic
make_clinic({name!r})
"""
NAMES = "from fysfinder.clinics.models import Clinic; print(sorted(Clinic.objects.values_list('name', flat=True)))"


class Installation:
    """A site in a folder of its own, driven from the shell as its operator does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content/ordbog").mkdir(parents=True)
        self.article = folder / "content/ordbog/kulde.md"
        self.article.write_text("---\ntitle: Kulde\n---\nKulde.\n")
        (folder / "assets").mkdir()

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "VAR_DIR": str(self.folder),
            "CONTENT_DIR": str(self.folder / "content"),
        }
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def shell(self, code: str) -> str:
        done = self.manage("shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("site"))
    assert made.manage("migrate", "--verbosity", "0").returncode == 0
    made.shell(WRITE.format(name="Klinik Før"))
    done = made.manage("backup", str(made.folder / "kept.tar.gz"))
    assert done.returncode == 0 and "læst igen" in done.stdout, done.stderr
    return made


def test_what_happened_after_the_backup_is_undone_by_restoring_it(site: Installation):
    site.shell(WRITE.format(name="Klinik Efter"))
    site.article.write_text("ødelagt")
    done = site.manage("restore", str(site.folder / "kept.tar.gz"), "--overwrite")
    assert done.returncode == 0 and "sammenlignet" in done.stdout, done.stderr
    assert site.shell(NAMES) == "['Klinik Før']"
    assert site.article.read_text().endswith("Kulde.\n")


def test_clinics_are_not_overwritten_unless_that_is_said(site: Installation):
    done = site.manage("restore", str(site.folder / "kept.tar.gz"))
    assert done.returncode == 1 and "--overwrite" in done.stderr


def test_a_damaged_backup_changes_nothing(site: Installation, tmp_path: Path):
    whole = site.folder / "kept.tar.gz"
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    room = tmp_path / "room"
    with tarfile.open(whole) as archive:
        archive.extractall(room, filter="data")
    (room / "content/ordbog/kulde.md").write_text("forfalsket")
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as archive:
        for path in room.iterdir():
            archive.add(path, arcname=path.name)
    for file in (cut, forged, tmp_path / "missing.tar.gz"):
        done = site.manage("restore", str(file), "--overwrite")
        assert done.returncode == 1 and "Traceback" not in done.stderr
    assert site.shell(NAMES) == "['Klinik Før']"
    shutil.rmtree(room)


def test_a_backup_that_cannot_be_written_leaves_no_half_file(site: Installation, tmp_path: Path):
    done = site.manage("backup", str(tmp_path / "no-such-folder" / "kept.tar.gz"))
    assert done.returncode == 1 and "Intet er gemt" in done.stderr
    assert list(tmp_path.iterdir()) == []
