"""The page store against nginx: the same ready bytes and headers, both on one and the same core, per CPU-second.

The client (wrk) has another core. Rounds alternate between the two servers, so that what else the machine does
hits both. CPU time is what the server's processes used (/proc), not the clock.
"""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.measure import Row, cpu_seconds, family, machine_line, print_table
from scripts.site import free_port, prepare, served

PAGES = {"home": "/", "find": "/find/fysioterapeut/aarhus/kryoterapi/", "article": "/ordbog/kryoterapi/"}
ENCODINGS = ("br", "zstd", "gzip", "")
ROUNDS, SECONDS, CONNECTIONS = 5, 2, 32
OURS, NGINX = "page store", "nginx"
NGINX_CONF = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; user {user};
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; etag on; types {{ }}
  default_type "text/html; charset=utf-8"; open_file_cache max=100 inactive=1h; open_file_cache_valid 1h;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port} backlog=512; root {folder}/pages;
{headers}
  }}
}}
"""


@dataclass
class Case:
    """A page as both servers answer it: where it lies at each, and what a client sends that has it already."""

    name: str
    path: dict[str, str]
    sent: dict[str, list[str]] = field(default_factory=dict)
    rates: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], NGINX: []})


def fetch(url: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


@contextmanager
def nginx(pages: dict[str, bytes], headers: dict[str, str], core: str) -> Iterator[tuple[str, int]]:
    """nginx with files and headers of its own, pinned; yields its URL and process id."""
    with tempfile.TemporaryDirectory(prefix="fysfinder-nginx-") as folder:
        Path(folder).chmod(0o755)
        files = Path(folder, "pages")
        files.mkdir()
        for name, body in pages.items():
            (files / name).write_bytes(body)
        port = free_port()
        lines = "\n".join(f'    add_header {name} "{value}" always;' for name, value in headers.items())
        conf = Path(folder, "nginx.conf")
        conf.write_text(NGINX_CONF.format(folder=folder, port=port, headers=lines, user=Path(folder).owner()))
        server = subprocess.Popen(["taskset", "-c", core, "nginx", "-c", str(conf), "-p", folder])
        try:
            time.sleep(0.5)
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(timeout=10)


def rate(url: str, pid: int, path: str, headers: list[str], core: str) -> float:
    """Requests per CPU-second of the server under SECONDS of load."""
    asked = [part for header in headers for part in ("-H", header)]
    command = ["taskset", "-c", core, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *asked, url + path]
    began = cpu_seconds(pid)
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = cpu_seconds(pid) - began
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    done = re.search(r"(\d+) requests in", said)
    assert done, said
    return int(done[1]) / used


def load(address: str, seconds: int) -> int:
    """Ask for one kept page with all CONNECTIONS for so long; how many answers."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: br", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    done = re.search(r"(\d+) requests in", said)
    assert done and "Non-2xx" not in said, said
    return int(done[1])


def check_under_load(url: str, core: str) -> int:
    """While wrk asks, every encoding of every page has its own bytes and header and the page's one ETag; how often."""
    import gzip

    import brotli
    import zstandard

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    unpack["zstd"] = lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)
    plain = {path: fetch(url, path, {}) for path in PAGES.values()}
    load = subprocess.Popen(
        ["taskset", "-c", core, "wrk", "-t1", "-c16", "-d2s", "-H", "Accept-Encoding: br", url],
        stdout=subprocess.DEVNULL,
    )
    checked = 0
    while load.poll() is None:
        for path, (_, headers, body) in plain.items():
            for encoding in ENCODINGS:
                status, got, packed = fetch(url, path, {"Accept-Encoding": encoding} if encoding else {})
                assert (status, got.get("content-encoding", "")) == (200, encoding), (path, encoding, status)
                assert got["etag"] == headers["etag"], path
                assert unpack[encoding](packed) == body, (path, encoding)
                assert "accept-encoding" in got["vary"].lower(), path
                checked += 1
            status, got, packed = fetch(url, path, {"If-None-Match": headers["etag"]})
            assert (status, got["etag"], packed) == (304, headers["etag"], b""), path
    return checked


def cases(url: str) -> tuple[list[Case], dict[str, bytes], dict[str, str]]:
    """What is asked of both, the bytes of the pages, and the headers nginx must add to send the same."""
    found, bodies, headers = [], {}, {}
    for name, path in PAGES.items():
        _, got, body = fetch(url, path, {"Accept-Encoding": "br"})
        assert got["content-encoding"] == "br", path
        found.append(Case(name, {OURS: path, NGINX: f"/{name}"}))
        bodies[name], headers = body, got
    own = {"content-type", "content-length", "etag", "date", "server", "connection", "last-modified"}
    headers = {name: value for name, value in headers.items() if name not in own}
    known = Case("article, 304", found[-1].path)
    known.sent[OURS] = [f"If-None-Match: {fetch(url, PAGES['article'], {})[1]['etag']}"]
    return [*found, known], bodies, headers


def compare(url: str, pid: int, cores: tuple[str, str]) -> list[Case]:
    asked, bodies, headers = cases(url)
    with nginx(bodies, headers, cores[0]) as (other, other_pid):
        for case in asked:
            if case.sent:
                case.sent[NGINX] = [f"If-None-Match: {fetch(other, case.path[NGINX], {})[1]['etag']}"]
        for _round in range(ROUNDS):
            for case in asked:
                for server, at, process in ((OURS, url, pid), (NGINX, other, other_pid)):
                    sent = ["Accept-Encoding: br", *case.sent.get(server, [])]
                    case.rates[server].append(rate(at, process, case.path[server], sent, cores[1]))
    return asked


def rows() -> Iterator[Row]:
    """The rows of the one table; while it is asked, every answer is checked."""
    if missing := [name for name in ("nginx", "wrk", "taskset") if not shutil.which(name)]:
        print(f"Not measured: {', '.join(missing)} is not installed (apt install nginx-light wrk util-linux).")
        return
    cores = ("0", "1") if len(Path("/sys/devices/system/cpu/online").read_text().strip()) > 1 else ("0", "0")
    with tempfile.TemporaryDirectory(prefix="fysfinder-site-") as folder:
        prepare(Path(folder), DEMO_COUNT="600")
        with served(Path(folder)) as site:
            for pid in family(site.server.pid):
                subprocess.run(["taskset", "-acp", cores[0], str(pid)], check=True, stdout=subprocess.DEVNULL)
            asked = compare(site.url, site.server.pid, cores)
            check_under_load(site.url, cores[1])
    for case in asked:
        what, goal = f"kept page from the page store: {case.name}", "≥ 0.30 of nginx"
        yield Row(what, case.rates[OURS], "requests/CPU-s", NGINX, case.rates[NGINX], goal)


if __name__ == "__main__":
    print(f"{machine_line()}; {ROUNDS} rounds of {SECONDS} s, {CONNECTIONS} connections\n")
    print_table(rows())
