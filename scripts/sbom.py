"""A CycloneDX 1.6 list of what a lock file installs, from the file alone: python scripts/sbom.py [FILE] > sbom.json"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, object]]:
    """One entry for each pinned version, with the hashes pip checks it against."""
    found: list[dict[str, object]] = []
    hashes: list[dict[str, str]] = []
    for line in lock.splitlines():
        if pin := PIN.match(line):
            name, version = pin[1].lower().replace("_", "-"), pin[2]
            hashes = []
            found.append(
                {
                    "type": "library",
                    "name": name,
                    "version": version,
                    "bom-ref": f"pkg:pypi/{name}@{version}",
                    "purl": f"pkg:pypi/{name}@{version}",
                    "hashes": hashes,
                }
            )
        if digest := HASH.search(line):
            hashes.append({"alg": "SHA-256", "content": digest[1]})
    return found


def sbom(lock: str) -> dict[str, object]:
    about = {"component": {"type": "application", "name": "fysfinder", "bom-ref": "fysfinder"}}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": about,
        "components": components(lock),
    }


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements.txt"
    print(json.dumps(sbom(path.read_text("utf-8")), indent=1))
