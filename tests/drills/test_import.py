"""An import killed with SIGKILL at fifty random points: it leaves whole batches and is resumed to the same end."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.postgres import find_postgres, throwaway_postgres
from tests.drills.conftest import saw
from tests.imports.test_kill import drill

pytestmark = pytest.mark.drill
KILLS, POSTGRES_KILLS = 50, 8


def test_an_import_killed_at_random_points_is_never_half_done(tmp_path: Path) -> None:
    found = drill(tmp_path, KILLS)
    assert found["kills"] == KILLS and found["places"] >= 3
    saw(f"import killed {KILLS} times in {found['rounds']} rounds of {found['statements']} statements: no half batch")


@pytest.mark.skipif(find_postgres() is None, reason="no PostgreSQL: apt install postgresql")
def test_nor_is_one_over_postgresql(tmp_path: Path) -> None:
    with throwaway_postgres() as url:
        found = drill(tmp_path, POSTGRES_KILLS, url)
    assert found["kills"] == POSTGRES_KILLS and found["places"] >= 3
    saw(f"import into PostgreSQL killed {POSTGRES_KILLS} times in {found['rounds']} rounds: no half batch")
