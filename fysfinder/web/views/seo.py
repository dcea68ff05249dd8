"""For machines: robots, sitemaps with the day each page last changed, health."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fysfinder.web.head import absolute
from fysfinder.web.sitemaps import get_part, sitemap_parts

XML = "application/xml"
EXPIRES = dt.timedelta(days=180)


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for name in ("search", "suggest") for path in (reverse(name), f"/en{reverse(name)}")),
        f"Sitemap: {absolute(reverse('sitemap_index'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    return render(request, "web/sitemap_index.xml", {"parts": sitemap_parts()}, content_type=XML)


def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    entries = get_part(part)
    if entries is None:
        raise Http404
    return render(request, "web/sitemap_part.xml", {"entries": entries}, content_type=XML)


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a hole. The day it expires moves on by itself, so that it is never over."""
    if not settings.OPERATOR_EMAIL:
        raise Http404
    expires = dt.datetime.combine(timezone.localdate() + EXPIRES, dt.time(), dt.UTC)
    lines = [
        f"Contact: mailto:{settings.OPERATOR_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: da, en",
        f"Canonical: {absolute(reverse('security_txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """The pages carry their icon themselves; what asks here gets nothing, and keeps that for a month."""
    return HttpResponse(status=204, headers={"Cache-Control": "public, max-age=2592000"})
