"""Home and the pages that explain us: prices, ranking, sources, accessibility, privacy."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fysfinder.tariffs.actions import TARIFFS
from fysfinder.web import jsonld
from fysfinder.web.body_list import BODY_LIST
from fysfinder.web.catalogue import catalogue
from fysfinder.web.data_sources import DATA_SOURCES, PRICE_SOURCES
from fysfinder.web.head import Crumb, Head, make_head
from fysfinder.web.kept import SITE, keep_page
from fysfinder.web.prices_page import prices_page
from fysfinder.web.ranking_page import ranking_page

ACCESSIBILITY_REVIEWED_ON = dt.date(2026, 11, 25)  # when somebody last went through the statement's own list


def home(request: HttpRequest) -> HttpResponse:
    head = make_head(
        request,
        title=_("Find den rette fysioterapeut"),
        description=_("Se ventetid, pris og adgang for klinikker i hele Danmark, med dato på hver oplysning."),
        json_ld=[jsonld.website(reverse("home"), reverse("search"))],
    )
    return keep_page(render(request, "web/home.html", {"head": head, "body_list": BODY_LIST}), request, tags=[SITE])


def prices(request: HttpRequest) -> HttpResponse:
    page = prices_page(request.GET, timezone.localdate())
    head = page_head(
        request,
        _("Hvad koster det mig?"),
        _("Hvad du betaler med og uden henvisning, hvad der er gratis, og hvor taksterne kommer fra."),
        nav="prices",
        is_indexed=not page.is_sent,
    )
    context = {"head": head, "page": page, "sources": PRICE_SOURCES}
    response = render(request, "web/prices.html", context, status=422 if any(page.errors.values()) else 200)
    return keep_page(response, request, tags=[TARIFFS])


def ranking(request: HttpRequest) -> HttpResponse:
    head = page_head(
        request,
        _("Sådan sorterer vi"),
        _("Betaling flytter ingen. Rækkefølgen følger dit spørgsmål og de oplyste fakta."),
    )
    response = render(request, "web/ranking.html", {"head": head, "page": ranking_page()})
    return keep_page(response, request, tags=[SITE])


def about(request: HttpRequest) -> HttpResponse:
    head = page_head(request, _("Om os"), _("Hvem vi er, hvad vi lover, og hvordan du får noget rettet."))
    return keep_page(render(request, "web/about.html", {"head": head}), request, tags=[SITE])


def sources(request: HttpRequest) -> HttpResponse:
    head = page_head(request, _("Kilder og data"), _("Hvor oplysningerne kommer fra, og hvad du må bruge dem til."))
    response = render(request, "web/sources.html", {"head": head, "sources": DATA_SOURCES})
    return keep_page(response, request, tags=[SITE])


def accessibility(request: HttpRequest) -> HttpResponse:
    head = page_head(
        request, _("Tilgængelighed"), _("Hvordan siden virker for alle, hvad der mangler, og hvor du siger til.")
    )
    context = {"head": head, "reviewed_on": ACCESSIBILITY_REVIEWED_ON}
    return keep_page(render(request, "web/accessibility.html", context), request, tags=[SITE])


def privacy(request: HttpRequest) -> HttpResponse:
    head = page_head(request, _("Privatliv"), _("Ingen cookies, før du logger ind. Intet sendes til andre."))
    return keep_page(render(request, "web/privacy.html", {"head": head}), request, tags=[SITE])


def style_catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for developers and staff: a real site shows it to nobody else."""
    if not (settings.DEBUG or settings.IS_DEMO or request.user.is_staff):
        raise Http404
    head = page_head(request, "Stil: alle dele i alle tilstande", "Katalog for udviklere.", is_indexed=False)
    return render(request, "web/catalogue.html", {"head": head, **catalogue(timezone.localdate())})


def page_head(request: HttpRequest, title: str, description: str, nav: str = "", *, is_indexed: bool = True) -> Head:
    """The head of a page directly under the front page."""
    crumbs = (Crumb(_("Forside"), reverse("home")), Crumb(title))
    return make_head(request, title=title, description=description, crumbs=crumbs, nav=nav, is_indexed=is_indexed)
