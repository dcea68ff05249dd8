"""An import that is killed, or meets a full disk, leaves whole batches and is resumed to the same end.

Fifty times: make drill.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def drill(folder: Path, kills: int, server_url: str = "") -> dict[str, Any]:
    (folder / "assets").mkdir()
    command = [sys.executable, "-m", "tests.imports.kill_drill", str(folder), str(kills)]
    environment = {**os.environ, "SERVER_URL": server_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_killed_import_leaves_whole_batches_and_is_resumed_to_the_same_end(tmp_path: Path) -> None:
    found = drill(tmp_path, 4)
    assert found["kills"] == 4 and found["full"] >= 1  # and a database that had no room left
