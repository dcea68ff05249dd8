"""Pages for what went wrong: each says what to do next. 500 asks no database."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fysfinder.base.kept_page import WITHOUT_DATABASE
from fysfinder.web.head import make_head
from fysfinder.web.nearest import Link, nearest_pages

# Not their other kinds: a statement that cannot be is a mistake of ours.
DATABASE_AWAY = {DatabaseError, InterfaceError, OperationalError}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        400,
        _("Vi kunne ikke læse adressen"),
        _("Den indeholder noget, vi ikke forstår. Prøv at søge i stedet."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        403,
        _("Det har du ikke adgang til"),
        _("Formularen skal sendes fra siden selv. Gå tilbage, hent siden igen, og prøv en gang til."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    links = nearest_pages(request.path)
    text = _("Adressen er måske stavet forkert, eller siden er flyttet. Søg efter det, du ledte efter.")
    return error_page(request, 404, _("Siden findes ikke"), text, links)


def gone(request: HttpRequest, title: str, text: str, links: Iterable[Link] = ()) -> HttpResponse:
    """For what has been here and is taken away: an article, a clinic that closed."""
    return error_page(request, 410, title, text, links)


def not_allowed(request: HttpRequest) -> HttpResponse:
    text = _("Her kan man kun læse. Brug formularerne på siderne, når du vil sende os noget.")
    response = error_page(request, 405, _("Det tager adressen ikke imod"), text)
    response.headers["Allow"] = "GET, HEAD"
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    wait = ngettext("Prøv igen om %(n)d minut.", "Prøv igen om %(n)d minutter.", minutes) % {"n": minutes}
    text = _(
        "Der er kommet mange forsøg fra din forbindelse på kort tid. Det, du skrev, står der endnu, når du går tilbage."
    )
    response = error_page(request, 429, _("Vent lidt"), f"{text} {wait}")
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for our own mistake; 503 while the database is away, locked or damaged, which passes when it is back."""
    text = _("Det gik galt hos os, ikke hos dig. Prøv igen om lidt. Din søgning står stadig i feltet.")
    is_passing = type(sys.exception()) in DATABASE_AWAY
    response = error_page(request, 503 if is_passing else 500, _("Noget gik galt"), text)
    if is_passing:
        response.headers["Retry-After"] = "5"
        response.headers["Surrogate-Control"] = WITHOUT_DATABASE  # the page store may have a page from before
    return response


def error_page(request: HttpRequest, status: int, title: str, text: str, links: Iterable[Link] = ()) -> HttpResponse:
    head = make_head(request, title=title, description=text, is_error=True)
    asked = request.GET.get("q", "")[:200]
    context = {"head": head, "status": status, "title": title, "text": text, "links": list(links), "asked": asked}
    return render(request, "web/error.html", context, status=status)
