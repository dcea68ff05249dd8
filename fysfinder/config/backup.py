"""One file that brings a site back: the database, the content, and a list of what must be in them.

The archive is a tar.gz with `manifest.json` (when, which migrations, rows a table, a checksum a file),
`database.sqlite3` or `database.dump` (pg_dump's custom format), `content/` and `media/`. It is written beside its place
and renamed at the end, so a half-written backup never bears the name of a whole one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class BackupError(Exception):
    """The file cannot be used, or what came back is not what was kept; the text says which part."""


@dataclass(frozen=True)
class Folder:
    """A folder that is kept along."""

    name: str
    path: Path


def folders() -> tuple[Folder, ...]:
    """What besides the database makes the site: the articles, and what has been uploaded."""
    return (Folder("content", settings.CONTENT_DIR), Folder("media", settings.VAR_DIR / "media"))


def write_backup(*, target: Path) -> dict[str, Any]:
    """Write the archive and read it back; its manifest. The site may go on serving and writing meanwhile."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as room:
        staging = Path(room, "whole")
        staging.mkdir()
        dump_database(staging / DATABASES[connection.vendor])
        for folder in folders():
            if folder.path.is_dir():
                shutil.copytree(folder.path, staging / folder.name)
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "vendor": connection.vendor,
            "migrations": applied_migrations(),
            "rows": row_counts(staging / DATABASES[connection.vendor]),
            "files": checksums(staging),
        }
        (staging / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
        packed = Path(room, "packed.tar.gz")
        with tarfile.open(packed, "w:gz") as archive:
            for path in sorted(staging.iterdir()):
                archive.add(path, arcname=path.name)
        with unpacked(packed):
            pass  # reading it checks every sum: a backup that cannot be read is none
        with packed.open("rb") as file:
            os.fsync(file.fileno())
        packed.replace(target)
    return manifest


def restore_backup(*, source: Path, overwrite: bool = False) -> dict[str, Any]:
    """Put the archive's database and folders in place of the present ones and compare; its manifest.

    Raises BackupError before anything is changed when the archive is damaged, from another engine, or when there is a
    database with clinics already and overwrite is not said. The processes that serve must be stopped.
    """
    with unpacked(source) as (staging, manifest):
        if manifest["vendor"] != connection.vendor:
            raise BackupError(f"the backup is of {manifest['vendor']}, this site runs on {connection.vendor}")
        if not overwrite and has_clinics():
            raise BackupError("there are clinics in the database: say --overwrite to replace them")
        load_database(staging / DATABASES[connection.vendor])
        for folder in folders():
            if (staging / folder.name).is_dir():
                replace_folder(folder.path, staging / folder.name)
        compare(manifest)
    return manifest


def compare(manifest: dict[str, Any]) -> None:
    """Raise BackupError unless tables and folders hold just what the manifest says."""
    rows = live_counts()
    wrong = [
        f"{table}: {rows.get(table)} rows, not {count}"
        for table, count in manifest["rows"].items()
        if rows.get(table) != count
    ]
    for folder in folders():
        prefix = f"{folder.name}/"
        kept = {name: digest for name, digest in manifest["files"].items() if name.startswith(prefix)}
        found = {prefix + name: digest for name, digest in checksums(folder.path).items()} if kept else {}
        wrong += [f"{name} differs" for name in sorted(kept.keys() | found.keys()) if kept.get(name) != found.get(name)]
    if wrong:
        raise BackupError("what came back differs: " + "; ".join(wrong[:10]))


# the archive


@contextlib.contextmanager
def unpacked(archive: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The archive's files in a folder of their own, every checksum verified, and the manifest."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-restore-") as room:
        try:
            with tarfile.open(archive, "r:gz") as packed:
                extract(packed, Path(room))
            manifest: dict[str, Any] = json.loads(Path(room, MANIFEST).read_text())
        except (OSError, EOFError, tarfile.TarError, ValueError) as error:
            raise BackupError(f"{archive.name} cannot be read: {error}") from error
        if manifest.get("format") != FORMAT:
            raise BackupError(f"{archive.name} has format {manifest.get('format')}, not {FORMAT}")
        found = checksums(Path(room))
        found.pop(MANIFEST, None)
        if found != manifest["files"]:
            raise BackupError(f"{archive.name} is damaged: a checksum does not fit")
        yield Path(room), manifest


def extract(packed: tarfile.TarFile, room: Path) -> None:
    """Plain files below the folder and nothing else; BackupError for what would land elsewhere or is no file.

    By hand: Debian 12's Python (3.11.2) does not know extractall's filter.
    """
    for member in packed:
        target = room / member.name
        if ".." in target.parts or not target.is_relative_to(room) or not (member.isreg() or member.isdir()):
            raise BackupError(f"{member.name!r} is no file of a backup")
        source = packed.extractfile(member)
        if source is None:
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with source, target.open("wb") as file:
            shutil.copyfileobj(source, file)


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def replace_folder(target: Path, source: Path) -> None:
    """The old folder stands until the new one is whole beside it."""
    incoming, outgoing = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for leftover in (incoming, outgoing):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, incoming)
    if target.exists():
        target.rename(outgoing)
    incoming.rename(target)
    shutil.rmtree(outgoing, ignore_errors=True)


# the database


def dump_database(target: Path) -> None:
    """A copy as of one moment, while others read and write."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    run_postgres("pg_dump", "--format=custom", "--no-owner", "--file", str(target))


def load_database(source: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":  # a new file in the place of the old one, which may be damaged
        target = Path(connection.settings_dict["NAME"])
        incoming = target.with_name(f".{target.name}.new")
        shutil.copyfile(source, incoming)
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        incoming.replace(target)
        return
    whole = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    run_postgres("pg_restore", *whole, "--dbname", str(connection.settings_dict["NAME"]), str(source))


def run_postgres(program: str, *arguments: str) -> None:
    """pg_dump and pg_restore of the machine, on this site's database; the password goes by the environment."""
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing: install postgresql-client")
    values = connection.settings_dict
    environment = {
        **os.environ,
        "PGHOST": str(values["HOST"]),
        "PGPORT": str(values["PORT"] or 5432),
        "PGUSER": str(values["USER"]),
        "PGPASSWORD": str(values["PASSWORD"]),
        "PGDATABASE": str(values["NAME"]),
    }
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[-500:]}")


def applied_migrations() -> list[str]:
    names = MigrationRecorder(connection).migration_qs.values_list("app", "name")
    return sorted(f"{app}.{name}" for app, name in names)


def tables() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed)


def row_counts(dump: Path) -> dict[str, int]:
    """Rows a table: in the SQLite copy itself; in PostgreSQL, which has no file to look into, in the database."""
    if connection.vendor != "sqlite":
        return live_counts()
    with contextlib.closing(sqlite3.connect(dump)) as copy:
        return {table: copy.execute(f'select count(*) from "{table}"').fetchone()[0] for table in tables()}


def live_counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in tables():
            cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def has_clinics() -> bool:
    try:
        if "clinics_clinic" not in connection.introspection.table_names():
            return False
    except DatabaseError:
        return True  # what cannot be read may hold clinics: it is not replaced unasked
    with connection.cursor() as cursor:
        cursor.execute("select 1 from clinics_clinic limit 1")
        return cursor.fetchone() is not None
