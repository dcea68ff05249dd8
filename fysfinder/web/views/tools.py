"""Calculators and questionnaires: their index and each tool's form with its answer. Nothing is stored."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.tools import TOOLS, get_tool
from fysfinder.web.head import Crumb, make_head
from fysfinder.web.kept import SITE, keep_page
from fysfinder.web.tool_page import example_lines, tool_page, tool_text


@require_safe
def tool_index(request: HttpRequest) -> HttpResponse:
    head = make_head(
        request,
        title=_("Værktøjer"),
        description=_("Beregnere, spørgeskemaer og huskelister til dig, der skal til fysioterapeut. Intet gemmes."),
        crumbs=(Crumb(_("Forside"), reverse("home")), Crumb(_("Værktøjer"))),
    )
    return keep_page(render(request, "web/tool_index.html", {"head": head, "tools": TOOLS}), request, tags=[SITE])


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_tool(slug)
    if found is None or found.slug != slug:
        raise Http404
    today = timezone.localdate()
    head = make_head(
        request,
        title=str(found.title),
        description=str(found.summary),
        is_indexed=not request.GET,
        crumbs=(Crumb(_("Værktøjer"), reverse("tool_index")), Crumb(str(found.title))),
    )
    context = {"head": head, "page": tool_page(found, request.GET, today), "examples": example_lines(found, today)}
    context["text"] = tool_text(found)
    response = render(request, "web/tool.html", context)
    if request.GET:
        add_never_cache_headers(response)  # somebody's answers: for nobody's store
        return response
    return keep_page(response, request, tags=[SITE, ARTICLES])
