"""The public pages as files, for nginx or any static host: what the site would have answered, with .gz and .br beside.

Pages are taken from the WSGI application itself, so a file holds the very bytes a visitor would get. What depends on a
question (search, filters, a visitor's own price) cannot be a file; the exported pages link to it all the same.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings

from fysfinder.base.compression import compress, is_compressible
from fysfinder.base.kept_page import Application
from fysfinder.web.sitemaps import get_part, sitemap_parts

COMPRESSED = {"br": ".br", "gzip": ".gz"}


@dataclass
class Exported:
    """What was written, and the addresses that did not answer 200."""

    pages: int = 0
    bytes: int = 0
    failed: tuple[str, ...] = ()


def export_site(*, target: Path, application: Application, tell: Callable[[int], None] = lambda _n: None) -> Exported:
    """Write every page of the sitemaps below the folder, then put it in place of what was there.

    Nothing of the old export is touched before the new one is whole; with a failed address the old one stays.
    """
    done = Exported()
    new = target.with_name(f".{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    for path in addresses():
        status, body, kind = ask(application, path)
        if status != 200:
            done.failed = (*done.failed, f"{path} ({status})")
            continue
        write(new, path, body, kind)
        done.pages += 1
        done.bytes += len(body)
        if done.pages % 500 == 0:
            tell(done.pages)
    if done.failed:
        shutil.rmtree(new, ignore_errors=True)
        return done
    _status, body, kind = ask(application, "/404/")
    write(new, "/404.html", body, kind)
    if settings.STATIC_ROOT.is_dir():
        shutil.copytree(settings.STATIC_ROOT, new / settings.STATIC_URL.strip("/"))
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)
    return done


def addresses() -> Iterator[str]:
    """Every public address, of both languages, each once; then what machines ask for."""
    seen: set[str] = set()
    parts = sitemap_parts()
    for part in parts:
        for entry in get_part(part.name) or ():
            for _language, address in entry.addresses:
                path = unquote(urlsplit(address).path)
                if path not in seen:
                    seen.add(path)
                    yield path
    yield from ("/robots.txt", "/sitemap.xml", *(f"/sitemap-{part.name}.xml" for part in parts))


def ask(application: Application, path: str) -> tuple[int, bytes, str]:
    """Status, body and content type of one address, asked as an anonymous visitor of SITE_URL would."""
    site = urlsplit(settings.SITE_URL)
    path, _mark, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or 80),
        "SCRIPT_NAME": "",
        "HTTP_HOST": site.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
    got: list[Any] = []

    def start(status: str, headers: Iterable[tuple[str, str]], exc_info: object = None) -> None:
        got[:] = [int(status[:3]), dict(headers).get("Content-Type", "")]

    result = application(environ, start)
    try:
        body = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return got[0], body, got[1]


def write(folder: Path, path: str, body: bytes, kind: str) -> None:
    """One address as a file (a folder's index.html), and compressed where that saves something."""
    name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
    file = folder / "/".join(quote(part, safe=" ~@") for part in name.split("/"))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    if is_compressible(kind, len(body)):
        for encoding, suffix in COMPRESSED.items():
            file.with_name(file.name + suffix).write_bytes(compress(body, encoding, is_kept=True))
