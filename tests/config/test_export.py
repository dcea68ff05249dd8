"""The exported files are what the site answers; a page that fails leaves the last export as it was."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.test import Client

from fysfinder.config.export import addresses, export_site
from tests.make import make_clinic, make_topic
from tests.web.conftest import forget_all


@pytest.fixture
def small(db: None, settings: Any, tmp_path: Path) -> Path:
    settings.SITE_URL, settings.STATIC_ROOT = "http://testserver", tmp_path / "static-root"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "site.css").write_text("a{}")
    forget_all()
    make_clinic("Klinik Frost", topics=[make_topic("kryoterapi")])
    forget_all()
    return tmp_path / "public"


def test_every_public_page_is_a_file_with_its_compressed_twins(small: Path, client: Client, whole_django: WSGIHandler):
    done = export_site(target=small, application=whole_django)
    assert done.failed == () and done.pages == len(list(addresses()))
    page = small / "klinik/klinik-frost/index.html"
    assert page.read_bytes() == client.get("/klinik/klinik-frost/").content
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == page.read_bytes()
    assert (small / "en/klinik/klinik-frost/index.html").exists()
    assert "Siden findes ikke" in (small / "404.html").read_text()
    assert (small / "static/site.css").exists() and (small / "robots.txt").exists()


def test_a_page_that_fails_leaves_the_last_export(small: Path, whole_django: WSGIHandler):
    small.mkdir()
    (small / "sitemap.xml").write_text("old")

    def broken(environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] == "/om/":
            start("500 Internal Server Error", [])
            return []
        return whole_django(environ, start)

    done = export_site(target=small, application=broken)
    assert done.failed == ("/om/ (500)",)
    assert [file.name for file in small.iterdir()] == ["sitemap.xml"]


def test_a_folder_with_something_else_in_it_is_not_replaced(small: Path):
    small.mkdir()
    (small / "thesis.doc").write_text("mine")
    with pytest.raises(CommandError, match="not an export"):
        call_command("export_site", str(small))
    assert (small / "thesis.doc").exists()
