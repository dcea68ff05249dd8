"""What we are made of: every dependency pinned by hash and listed, and no secret among the files."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import audit
from scripts.sbom import PIN, sbom

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "cloud key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "forge token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})\b",
    "chat token": r"\bxox[abprs]-[\w-]{10,}",
    "payment key": r"\b[sr]k_live_[0-9A-Za-z]{20,}",
    "map or search key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "signed token": r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}",
    "password in an address": r"\b(?:postgres(?:ql)?|mysql|redis|https?)://[\w.-]+:(?!(?:password|pass|p|pw|b|kode|secret|hemmelig)@)[^\s:@/{}<>$…]{3,}@",
    "a set secret": r"(?m)^(?:SECRET_KEY|METRICS_TOKEN|DATABASE_PASSWORD)=\S+",
}
TEXT = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".env",
    ".example",
    ".cfg",
    ".ini",
    ".sh",
    ".js",
    ".json",
    ".conf",
    ".html",
    "",
}


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in names.split("\0") if name and Path(name).suffix in TEXT and (ROOT / name).is_file()]


def secrets_in(text: str) -> set[str]:
    return {name for name, pattern in SECRETS.items() if re.search(pattern, text)}


def test_no_file_of_ours_holds_a_secret() -> None:
    files = [path for path in tracked() if path != Path(__file__)]
    assert len(files) > 300
    found = {path.name: names for path in files if (names := secrets_in(path.read_text("utf-8", "replace")))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "key = 'AKIA" + "Q" * 16 + "'",
        "ghp_" + "a" * 36,
        "DATABASE_URL=postgresql://fys:kl4rt@db/fys",
        "SECRET_KEY=abc",
    ],
)
def test_a_secret_would_be_seen(text: str) -> None:
    assert secrets_in(text)


def test_no_env_file_is_tracked() -> None:
    assert not [path for path in tracked() if path.name == ".env" or path.suffix in {".pem", ".key", ".p12"}]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned_by_hash_and_in_the_list(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    listed = sbom(lock)["components"]
    assert len(listed) == len([line for line in lock.splitlines() if PIN.match(line)]) > 20
    assert all(each["hashes"] and each["purl"].startswith("pkg:pypi/") for each in listed)
    lines = [line for line in lock.splitlines() if line.strip() and not line.startswith((" ", "#"))]
    loose = [line for line in lines if not PIN.match(line)]
    assert loose == []


class Osv(BaseHTTPRequestHandler):
    """Answers as OSV does, in the order of the questions: one package has a hole."""

    def do_POST(self) -> None:  # the name http.server asks for
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        is_bad = [each["package"] == {"name": "jinja2", "ecosystem": "PyPI"} and each["version"] for each in asked]
        body = json.dumps({"results": [{"vulns": [{"id": "GHSA-x"}]} if bad else {} for bad in is_bad]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


def test_a_package_with_a_known_hole_fails_the_check_and_being_offline_is_only_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert audit.main(["requirements.txt"], address) == 1
        assert re.search(r"jinja2 [\d.]+: GHSA-x", capsys.readouterr().out)
        monkeypatch.setattr(audit, "IGNORED", {"GHSA-x": "not in what we use"})
        assert audit.main(["requirements.txt"], address) == 0
        server.shutdown()
    assert audit.main(["requirements.txt"], address) == 0
    assert "SPRUNGET OVER" in capsys.readouterr().out
