"""The site without a connection: its own page, the last clinics seen, and nothing left when it is switched off."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import NewPage, fetch

CACHED = """async () => { const found = {};
    for (const name of await caches.keys())
        found[name] = (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname);
    return found; }"""


def ready(page: Page) -> None:
    """The worker stands between the page and the net."""
    page.goto("/om/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => caches.keys().then(names => names.length)")


@pytest.mark.e2e
def test_without_a_connection_one_reads_the_clinics_one_has_seen(new_page: NewPage, clinics: list[str]):
    page = new_page(width=375)
    ready(page)
    page.goto(f"/klinik/{clinics[0]}/")
    name = page.get_by_role("heading", level=1).inner_text()
    page.wait_for_function(f"() => caches.match('/klinik/{clinics[0]}/')")
    page.context.set_offline(True)
    page.goto("/priser/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er uden forbindelse")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Atkinson Next"')  # it has its style
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile(f"/klinik/{clinics[0]}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.goto("/en/prices-or-whatever/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")


@pytest.mark.e2e
def test_ten_clinics_are_kept_and_no_question_or_list(new_page: NewPage, clinics: list[str], site: str):
    page = new_page()
    ready(page)
    slugs = sorted(set(re.findall(r"/klinik/([a-z0-9-]+)/\"", fetch(f"{site}/find/fysioterapeut/danmark/")[1])))[:11]
    for slug in slugs:
        page.goto(f"/klinik/{slug}/")
    page.goto(f"/klinik/{slugs[0]}/?henvisning=ja")
    page.goto("/find/fysioterapeut/aarhus/?danmark=5")
    page.wait_for_function(f"() => caches.match('/klinik/{slugs[-1]}/')")
    kept = page.evaluate(CACHED)
    assert kept.pop("klinikker") == [f"/klinik/{slug}/" for slug in slugs[1:]]
    (ours,) = kept.values()
    assert [path for path in ours if not path.startswith("/static/")] == ["/uden-net/", "/en/uden-net/"]


@pytest.mark.e2e
def test_what_is_kept_can_be_deleted_and_stays_away(new_page: NewPage):
    page = new_page()
    ready(page)
    page.goto("/privatliv/")
    page.get_by_role("button", name="Slet dem, og gem ikke flere").click()
    expect(page.get_by_text("Det er slettet")).to_be_visible()
    page.goto("/", wait_until="networkidle")
    assert page.evaluate(CACHED) == {}
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


@pytest.mark.e2e
def test_a_worker_that_is_switched_off_deletes_everything_and_leaves(browser: Browser):
    kept = json.dumps({"version": "1", "pages": ["/uden-net/"], "parts": ["/site.css"]})
    on, off = (render_to_string("web/worker.js", {"is_on": is_on, "kept": kept}) for is_on in (True, False))
    with small_site({"/worker.js": on}) as (url, files):
        page = browser.new_page(base_url=url)
        page.goto("/")
        page.evaluate("() => navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)")
        assert page.evaluate(CACHED) == {"uden-net 1": ["/uden-net/", "/site.css"]}
        files["/worker.js"] = off
        page.goto("/")
        page.evaluate("() => navigator.serviceWorker.getRegistration().then(each => each.update())")
        for _attempt in range(50):
            if page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0:
                break
            page.wait_for_timeout(100)
        assert page.evaluate(CACHED) == {}
        page.close()


@contextmanager
def small_site(files: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """A server on the loopback that answers every path, with a script where there is one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name http.server calls
            body = files.get(self.path, "<!doctype html><title>x</title>").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if self.path in files else "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", files
    server.shutdown()
    server.server_close()


@pytest.mark.e2e
def test_the_site_can_be_installed(site: str):
    status, text, headers = fetch(f"{site}/manifest.webmanifest")
    manifest = json.loads(text)
    assert status == 200 and headers["content-type"] == "application/manifest+json"
    assert manifest["start_url"] == manifest["scope"] == "/" and manifest["display"] == "minimal-ui"
    for icon in manifest["icons"]:
        with_bytes = fetch_bytes(site + icon["src"])
        if icon["type"] == "image/png":
            width = int.from_bytes(with_bytes[16:20], "big")
            assert icon["sizes"] == f"{width}x{width}"
    worker = fetch(f"{site}/worker.js")[1]
    assert len(worker.encode()) <= 3_000


def fetch_bytes(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as response:
        content: bytes = response.read()
    return content
