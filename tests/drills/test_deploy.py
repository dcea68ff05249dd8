"""The files an operator copies are read by the programs they are for. Each is skipped where its program is missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from scripts.site import ROOT

pytestmark = pytest.mark.drill
DEPLOY = ROOT / "deploy"
OURS = re.compile(r"^ExecStart=\S+", re.MULTILINE)


def needs(program: str, package: str) -> str:
    """The program, also where an ordinary user's PATH does not lead; skips with what to install."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"no {program}: apt install {package}")
    return found


def run(*command: str | Path, **variables: str) -> str:
    """What the program said; fails with it unless it ended well."""
    environment = {**os.environ, **variables}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_systemd_reads_the_units_without_a_word(tmp_path: Path) -> None:
    analyze = needs("systemd-analyze", "systemd")
    units = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]
    for unit in units:  # the programs themselves are where an operator puts them, not here
        (tmp_path / unit.name).write_text(OURS.sub("ExecStart=/bin/true", unit.read_text()))
    assert len(units) == 3
    assert run(analyze, "verify", *(tmp_path / unit.name for unit in units)) == ""


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    nginx, openssl = needs("nginx", "nginx"), needs("openssl", "openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    asked = ("-nodes", "-newkey", "rsa:2048", "-days", "1", "-subj", "/CN=example.dk")
    run(openssl, "req", "-x509", *asked, "-keyout", key, "-out", certificate)
    site = (DEPLOY / "nginx.conf").read_text().replace("/etc/letsencrypt/live/example.dk", str(tmp_path))
    (tmp_path / "site.conf").write_text(site.replace("/var/log/nginx", str(tmp_path)))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ include {tmp_path}/site.conf; }}"
    )
    assert "successful" in run(nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf")


def test_caddy_takes_its_example(tmp_path: Path) -> None:
    caddy = needs("caddy", "caddy")
    command = (caddy, "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile")
    upstreams = "127.0.0.1:1 127.0.0.1:2"
    said = run(*command, SITE_HOST="example.dk", UPSTREAMS=upstreams, HOME=str(tmp_path))
    assert "Valid configuration" in said


def test_haproxy_takes_its_example() -> None:
    haproxy = needs("haproxy", "haproxy")
    assert "alert" not in run(haproxy, "-c", "-f", DEPLOY / "haproxy.cfg").lower()


def test_the_compose_files_name_what_is_there() -> None:
    one, three = (yaml.safe_load((DEPLOY / name).read_text()) for name in ("compose.yaml", "compose.cluster.yaml"))
    volumes, services = {*one["volumes"], *three["volumes"]}, {**one["services"], **three["services"]}
    for name, service in services.items():
        for source in (volume.split(":")[0] for volume in service.get("volumes", [])):
            assert source in volumes or (DEPLOY / source).exists(), (name, source)
        assert set(service.get("depends_on", {})) <= set(services), name
    built = one["services"]["site"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).is_file()
    for name in ("site", "site2", "site3"):
        assert services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"], name


def test_the_container_file_copies_what_is_there_and_runs_as_an_ordinary_user() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    last = [line for line in lines if line.startswith(("USER", "HEALTHCHECK", "CMD"))]
    assert last[0] == "USER 10001" and last[1].startswith("HEALTHCHECK")
