"""Atom: what is new in the encyclopedia, all of it or one kind."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fysfinder.encyclopedia import queries
from fysfinder.encyclopedia.kinds import Kind
from fysfinder.web.head import absolute

ATOM = "application/atom+xml; charset=utf-8"
LIMIT = 50


def feed(request: HttpRequest, kind: Kind | None = None) -> HttpResponse:
    """The newest pages with a date, by the day they last changed."""
    pages = [page for page in queries.newest(kind.kind if kind else "", LIMIT) if page.changed_on]
    entries = [(page, absolute(reverse(page.url_name, args=[page.slug]))) for page in pages]
    context = {
        "title": f"{kind.name} · {settings.SITE_NAME}" if kind else settings.SITE_NAME,
        "home": absolute(reverse(kind.index_url_name if kind else "home")),
        "address": absolute(request.path),
        "updated": max((page.changed_on for page in pages if page.changed_on), default=None),
        "entries": entries,
    }
    return render(request, "web/feed.xml", context, content_type=ATOM)
