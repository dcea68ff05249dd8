"""The site as an app: its manifest, its worker, and the page one meets without a connection.

OFFLINE_PAGES switches all of it. When it is off, the worker a browser still has is answered with one that deletes what
was kept and leaves.
"""

from __future__ import annotations

import json
import zlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fysfinder.web.head import make_head
from fysfinder.web.kept import SITE, keep_page

GROUND, BAND = "#f9f6f8", "#371f4c"  # --surface and --band of tokens.css, shown before any stylesheet is
PARTS = ("site.css", "reading.css", "site.js", "js/kept.js", "fonts/atkinson-next.woff2")
ICONS = (
    ("icons/app.svg", "any", "image/svg+xml"),
    ("icons/app-192.png", "192x192", "image/png"),
    ("icons/app-512.png", "512x512", "image/png"),
)


def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows when a page cannot be had; the browser itself fills in the clinics it has kept."""
    if not settings.OFFLINE_PAGES:
        raise Http404
    text = _("Siden kan ikke hentes lige nu. De sidste klinikker, du har set, kan du stadig læse.")
    head = make_head(request, title=_("Du er uden forbindelse"), description=text, is_indexed=False)
    return keep_page(render(request, "web/offline.html", {"head": head, "text": text}), request, tags=[SITE])


def manifest(request: HttpRequest) -> HttpResponse:
    if not settings.OFFLINE_PAGES:
        raise Http404
    icons = [{"src": static(name), "sizes": sizes, "type": kind, "purpose": "any"} for name, sizes, kind in ICONS]
    icons += [{**icon, "purpose": "maskable"} for icon in icons]
    about = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": _("Se ventetid, pris og adgang for klinikker i hele Danmark, med dato på hver oplysning."),
        "lang": "da",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": GROUND,
        "theme_color": BAND,
        "icons": icons,
    }
    response = JsonResponse(about, json_dumps_params={"ensure_ascii": False}, content_type="application/manifest+json")
    return keep_page(response, request, tags=[SITE])


def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its text changes when what it keeps has changed, and browsers then fetch it all anew."""
    context: dict[str, object] = {"is_on": settings.OFFLINE_PAGES}
    if settings.OFFLINE_PAGES:
        pages, digest = [], 0
        for language in ("da", "en"):
            with translation.override(language):
                pages.append(reverse("offline"))
                digest = zlib.crc32(offline(request).content, digest)
        kept = {"version": f"{digest:x}", "pages": pages, "parts": [static(name) for name in PARTS]}
        context["kept"] = json.dumps(kept)
    response = render(request, "web/worker.js", context, content_type="text/javascript; charset=utf-8")
    return keep_page(response, request, tags=[SITE])
