"""What every answer carries to protect whoever reads it: on every URL, on errors, on static files, on kept pages."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client

from fysfinder.accounts.models import User
from tests.web.all_urls import all_urls
from tests.web.test_kept import Front

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
ERRORS = ["/findes-ikke/", "/%ff/", "/" + "x" * 5000, "/?q=" + "x" * 5000, "/klinik/a%00b/"]
INLINE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))[^>]*>|\son[a-z]+=\"|<style\b")
FOR_NOBODY = {"/gennemgang/kryoterapi/": "no-referrer"}  # a secret in the address


def faults(path: str, response: HttpResponse) -> list[str]:
    headers, is_page = response.headers, response.headers.get("Content-Type", "").startswith("text/html")
    wanted = ALWAYS | ({"Referrer-Policy": FOR_NOBODY[path]} if path in FOR_NOBODY else {})
    found = [f"{name}: {headers.get(name)}" for name, value in wanted.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if (
        "default-src 'none'" not in policy
        or "unsafe" in policy
        or "*" in policy
        or "frame-ancestors 'none'" not in policy
    ):
        found.append(f"policy: {policy}")
    if "geolocation" not in headers.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    if "Set-Cookie" in headers:
        found.append(f"cookie: {headers['Set-Cookie']}")
    return found + (INLINE.findall(without_named(response.content.decode(), policy)) if is_page else [])


def without_named(html: str, policy: str) -> str:
    """The page without the scripts whose hash the policy names."""
    for script in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
        named = b64encode(sha256(script.encode()).digest()).decode()
        html = html.replace(f"<script>{script}</script>", "") if f"'sha256-{named}'" in policy else html
    return html


@pytest.mark.usefixtures("world")
def test_every_url_and_every_error_carries_them_and_visitors_get_no_cookie(client: Client) -> None:
    found = {}
    for path in [path for name, path in all_urls() if name != "admin:login"] + ERRORS:
        found[path[:50]] = faults(path, client.get(path))
        assert not client.cookies
    assert {path: fault for path, fault in found.items() if fault} == {}


@pytest.mark.usefixtures("world")
def test_staff_pages_hold_nothing_that_the_policy_forbids(client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    kinds = ("index", "_changelist", "_add", "_change", "_history", "_delete", "password_change", "_due")
    paths = [path for name, path in all_urls() if name.startswith("admin:") and name.endswith(kinds)]
    found = {path: faults(path, client.get(path)) for path in paths if "/places/" not in path}
    assert {path: fault for path, fault in found.items() if fault} == {}


@pytest.mark.usefixtures("world")
def test_a_kept_page_carries_them_each_time(whole_django: WSGIHandler) -> None:
    front = Front(whole_django)
    for _ in range(2):
        status, headers, body = front.get("/ordbog/kryoterapi/")
        assert status.startswith("200") and faults("/", HttpResponse(body, headers=headers)) == []
    assert front.store.counts.hits == 1


def test_https_is_remembered_and_staff_cookies_are_for_this_host_alone(settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    response = Client().get("/robots.txt", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000"
    assert (
        settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax" and settings.SESSION_COOKIE_HTTPONLY
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST", 200),
        ("localhost.", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:80", 200),
        ("[::1]:8000", 200),
        ("example.org", 400),
        ("localhost.example.org", 400),
        ("localhost@example.org", 400),
        ("localhost:80@example.org", 400),
        ("localhost/../x", 400),
        ("localhost:99x", 400),
        ("localhost\\texample.org", 400),
        ("", 400),
    ],
)
def test_only_our_own_host_names_are_answered(client: Client, settings, host: str, status: int) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    assert client.get("/robots.txt", headers={"Host": host}).status_code == status


def test_a_forwarded_host_is_never_believed(client: Client, db: None) -> None:
    answer = client.get(
        "/",
        headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"},
    )
    assert "evil.example" not in answer.content.decode() and "evil.example" not in str(answer.headers)


@pytest.mark.parametrize("length", ["x", "-1", "1e3"])
def test_a_length_that_is_no_number_is_a_broken_request(client: Client, length: str) -> None:
    answer = client.generic("POST", "/admin/login/", "username=x", headers={"Content-Length": length})
    assert answer.status_code == 400
