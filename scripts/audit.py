"""Known holes in what is installed: python -m scripts.audit [LOCK FILE …]

Asks OSV (osv.dev) once about all pinned versions. Ends with 1 when one of them has a hole that IGNORED does not name.
Without a way there it says so loudly and ends with 0: nobody's build shall stop because a machine is offline.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from scripts.sbom import ROOT, components

ADDRESS = "https://api.osv.dev/v1/querybatch"
LOCKS = ("requirements.txt", "requirements-dev.txt")
IGNORED: dict[str, str] = {}  # identifier → why it does not concern us


def holes(pins: list[tuple[str, str]], address: str = ADDRESS) -> dict[str, list[str]]:
    """'name version' → identifiers of its known holes. Raises OSError or ValueError when nobody answers in that way."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in pins]
    body, headers = json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20) as answer:
        said: dict[str, Any] = json.load(answer)
    results = said["results"]
    if len(results) != len(pins):
        raise ValueError("another number of answers than of questions")
    found = {
        f"{name} {version}": result.get("vulns", []) for (name, version), result in zip(pins, results, strict=True)
    }
    named = {pin: [hole["id"] for hole in each if hole["id"] not in IGNORED] for pin, each in found.items()}
    return {pin: each for pin, each in named.items() if each}


def main(locks: list[str], address: str = ADDRESS) -> int:
    listed = [each for lock in locks for each in components((ROOT / Path(lock)).read_text("utf-8"))]
    pins = sorted({(str(each["name"]), str(each["version"])) for each in listed})
    try:
        found = holes(pins, address)
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        print(f"*** SPRUNGET OVER: kendte huller i {len(pins)} pakker ({address}: {type(error).__name__}) ***")
        return 0
    for pin, each in found.items():
        print(f"{pin}: {', '.join(each)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(LOCKS)))
