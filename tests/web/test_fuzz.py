"""Hostile requests over every URL and form: never a 500, never slow, no cookie, nothing sent back unescaped.

A few hundred in the suite, 20 seconds at most; `FUZZ_REQUESTS=100000 FUZZ_SECONDS=3600 pytest -rP -p no:logging
tests/web/test_fuzz.py` for a long run, which kept log lines would slow down. The seed is fixed unless FUZZ_SEED says
another: what fails, fails again.
"""

from __future__ import annotations

import gc
import os
import random
import time
from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from fysfinder.accounts import limits
from tests.web.all_urls import all_urls

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "400"))
SECONDS = float(os.environ.get("FUZZ_SECONDS", "20"))
SLOWEST_S = 1.0
MARK = "zq7<b x=\"'>"  # seen again in a page, it must be escaped
VALUES = [
    *(b"", b" ", b"\x00", b"a\x00b", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf0\x9f\x92\xa9", b"\n\n"),
    *(b"\r\nSet-Cookie: a=b", b"a" * 3000, b"[" * 500, b"(" * 900, b"((((a))))|||", b"9" * 400, b"-1", b"1e309"),
    *(b"NaN", b"0x7f", b"1/0", b"' OR 1=1--", b'"; DROP TABLE x;--', b"{{7*7}}", b"{% debug %}", b"${jndi:ldap://x}"),
    *(b"%s%n", b"..%2f..%2fetc/passwd", b"../../etc/passwd", b"//evil.example", b"https://evil.example"),
    *(b"javascript:alert(1)", b"<svg/onload=alert(1)>", MARK.encode(), "\u202e\u200d\ufeff".encode()),
    *(("e\u0301" * 50).encode(), "\ufdfa".encode() * 20, "İıſ".encode(), b"56.1,10.2", b"999,999", b"56.1"),
    *(b"2026-99-99", b"10:99", b"a,b,,c", b"*", b"?", b"&&==", b";", b"+" * 50, b"8000", b"ja"),
    *("smerter i knæet i aarhus under 450 kr".encode(), b"aarhus-c", b"kryoterapi", b"klinik-frost"),
]
NAMES = ["q", "k", "om", "naer", "side", "maks-pris", "sorter", "henvisning", "danmark", "topics", "kategori", "tekst"]
NAMES += ["besked", "nyttig", "fakta", "format", "weight_kg", "next", "e"]
KINDS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "x" * 200]
UPLOAD = '--x\r\nContent-Disposition: form-data; name="q"; filename="a"\r\n\r\nx\r\n--x--'
HEADERS = {
    "HX-Request": ["true", "x", ""],
    "HX-Current-URL": ["https://evil.example/", "x" * 500],
    "X-Forwarded-For": ["1.2.3.4", "' OR 1=1", "x" * 2000],
    "X-Forwarded-Host": ["evil.example"],
    "Accept-Language": ["en;q=0.5, xx" * 30, "\x7f"],
    "Accept-Encoding": ["br;q=x", "*;q=0"],
    "Cookie": ["sessionid=" + "a" * 300, "csrftoken=x", "a=b; " * 50],
    "If-None-Match": ['W/"x"', "*"],
    "If-Modified-Since": ["x", "Wed, 99 Nov 2026 00:00:00 GMT"],
    "Range": ["bytes=0-0,-1"],
    "Origin": ["null", "https://evil.example"],
    "Referer": ["https://evil.example/<script>"],
    "User-Agent": ["", "() { :; }; echo"],
    "Content-Length": ["-1", "x"],
}


def hostile_path(rng: random.Random, path: str) -> str:
    if rng.random() < 0.5:
        return path
    parts = path.strip("/").split("/")
    parts[rng.randrange(len(parts))] = quote_from_bytes(rng.choice(VALUES), safe="/%" if rng.random() < 0.2 else "")
    return "/" + "/".join(parts) + rng.choice(["/", "", "//"])


def hostile_form(rng: random.Random) -> str:
    names = rng.choices([*NAMES, "x" * 300, "a[b]", "__proto__"], k=rng.randrange(5))
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(rng.choice(VALUES))}" for name in names)


def hostile_request(rng: random.Random, paths: list[str]) -> tuple[str, str, dict[str, object]]:
    method = rng.choices(["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"], [60, 5, 28, 3, 2, 2])[0]
    query = hostile_form(rng)
    path = hostile_path(rng, rng.choice(paths)) + (f"?{query}" if query else "")
    headers = {name: rng.choice(HEADERS[name]) for name in rng.choices(list(HEADERS), k=rng.randrange(3))}
    kind = rng.choice(KINDS)
    body = hostile_form(rng) if kind.startswith("appl") else UPLOAD
    more: dict[str, object] = {"headers": headers}
    if method not in {"GET", "HEAD"}:
        more |= {"data": body, "content_type": kind}
    return method, path, more


def faults(method: str, response: object, took_s: float) -> list[str]:
    found = [] if response.status_code < 500 else [str(response.status_code)]
    if took_s > SLOWEST_S:
        found.append(f"{took_s:.2f} s")
    if "Set-Cookie" in response.headers and "/admin/" not in response.request["PATH_INFO"]:
        found.append("a cookie")
    if MARK.encode() in response.content and "html" in response.headers.get("Content-Type", ""):
        found.append("unescaped")
    target = response.headers.get("Location", "")
    if target.startswith(("//", "http", "javascript", "\\")):
        found.append(f"sent to {target[:60]}")
    return found


@pytest.mark.usefixtures("world")
def test_no_hostile_request_breaks_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_take", lambda *_args: 0)
    rng = random.Random(int(os.environ.get("FUZZ_SEED", "20261118")))
    public = [path for name, path in all_urls() if not name.startswith("admin:")]
    paths = [*public, *("/en" + path for path in public), "/admin/", "/admin/login/", "/admin/clinics/clinic/1/change/"]
    client, bad, began = Client(raise_request_exception=False), [], time.monotonic()
    client.get("/find/fysioterapeut/aarhus-c/")  # what a process builds once, it builds before the clock runs
    client.get("/soeg/?q=knæ")
    gc.freeze()  # as a worker does (config/warm.py), else it is walked through again in the middle of a request
    slowest, done = 0.0, 0
    for done in range(REQUESTS):  # noqa: B007
        if time.monotonic() - began > SECONDS:
            break
        method, path, more = hostile_request(rng, paths)
        client.cookies.clear()
        start = time.thread_time()
        response = client.generic(method, path, **more)
        took_s = time.thread_time() - start  # of this thread, whatever else the machine does
        slowest = max(slowest, took_s)
        if found := faults(method, response, took_s):
            bad.append((found, method, path[:200], more))
    took_s = time.monotonic() - began
    print(f"{done + 1} requests in {took_s:.0f} s, slowest {slowest:.3f} s of CPU, {len(bad)} faults")  # noqa: T201
    assert bad[:5] == []
