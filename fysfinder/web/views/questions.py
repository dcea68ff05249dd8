"""The one search box: a question in words to the page that answers it, and suggestions while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fysfinder.base.jinja import language
from fysfinder.base.text import one_line
from fysfinder.search import suggest as suggestions
from fysfinder.search.red_flags import red_flag
from fysfinder.search.situation import Answers
from fysfinder.web.head import make_head
from fysfinder.web.question_page import destination, question_page
from fysfinder.web.situation_view import carry

MAX_QUESTION_CHARS = 200


def search(request: HttpRequest) -> HttpResponse:
    text = one_line(request.GET.get("q", ""), max_length=MAX_QUESTION_CHARS)
    place_text = one_line(request.GET.get("sted", ""), max_length=MAX_QUESTION_CHARS)
    target = destination(text, place_text, request.GET.get("naer", ""))
    flag = red_flag(text)
    if target and (not flag or place_text):  # a grave word gets its answer first; choosing a place then leads on
        return HttpResponseRedirect(carry(Answers.read(request.GET), target))
    head = make_head(
        request, title=_("Søg"), description=_("Søg efter klinik, behandling eller lidelse."), is_indexed=False
    )
    page = question_page(text, place_text)
    return render(request, "web/search.html", {"head": head, "page": page, "flag": flag, "onward": target})


def suggest(request: HttpRequest) -> HttpResponse:
    text = one_line(request.GET.get("q", ""), max_length=MAX_QUESTION_CHARS)
    found = suggestions.suggest(text, language=language())
    rows = [
        {"kind": row.kind, "label": row.label, "hint": row.hint, "url": reverse(row.url_name, args=row.url_args)}
        for row in found
    ]
    response = JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=300"
    return response
