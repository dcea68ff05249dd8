"""Importing for the one table: 3,000 new clinics on SQLite, in a process of its own. bench/imports.py has the rest."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.imports import MAPPING, child, fresh, write_rows
from bench.measure import Row

CLINICS = 3_000


def rows() -> Iterator[Row]:
    """Rows of a file a second, and the most memory it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fysfinder.config.settings")
    with tempfile.TemporaryDirectory(prefix="fysfinder-bench-") as temporary:
        folder = Path(temporary)
        os.environ["VAR_DIR"] = temporary
        (folder / "assets").mkdir()
        path, mapping = folder / "clinics.csv", folder / "mapping.yaml"
        postcodes = fresh(f"sqlite:///{folder / 'bench.sqlite3'}")
        mapping.write_text(MAPPING)
        write_rows(path, CLINICS, postcodes)
        process = child("work", "table", str(path), "--mapping", str(mapping), "--confirmed-on", "2026-11-01")
        said = json.loads(process.communicate()[0].splitlines()[-1])
    yield Row(f"importing {CLINICS:,} new clinics", [CLINICS / said["cpu"]], "rows/CPU-s")
    yield Row("memory at most while importing", [said["peak_mb"]], "MB")
