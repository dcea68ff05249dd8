"""'Forstå din scanning': the words of a pasted report in plain Danish. The text is read, answered and forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fysfinder.base.cpr import mask
from fysfinder.base.text import clean
from fysfinder.encyclopedia.glossary import explain, glossary
from fysfinder.web.head import Crumb, make_head
from fysfinder.web.kept import SITE, keep_page

MOST_CHARS = 20_000


# Exempt from the CSRF cookie on purpose: nothing is changed and nobody is logged in. POST keeps the text out of
# addresses, histories and logs; sensitive_post_parameters keeps it out of error reports.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def scan_report(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    text = clean(request.POST.get("tekst", "")[: MOST_CHARS * 2]).strip()
    error = _wrong(text) if is_sent else ""
    report = explain(text) if is_sent and not error else None
    held = glossary()
    terms = sorted(held.terms.values(), key=lambda term: term.slug)
    sources = held.sources_of(list(report.terms) if report else terms)
    head = _head(request, is_sent)
    context = {"head": head, "report": report, "error": error, "text": mask(text)[0], "terms": terms}
    numbers = {source.key: number for number, source in enumerate(sources, start=1)}
    context |= {"sources": sources, "numbers": numbers, "most": MOST_CHARS}
    response = render(request, "web/scan_report.html", context, status=422 if error else 200)
    if is_sent:
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response
    return keep_page(response, request, tags=[SITE])


def _wrong(text: str) -> str:
    if not text:
        return _("Indsæt teksten fra din scanning.")
    if len(text) > MOST_CHARS:
        return _("Indsæt højst %(most)d tegn ad gangen.") % {"most": MOST_CHARS}
    return ""


def _head(request: HttpRequest, is_sent: bool) -> object:
    return make_head(
        request,
        title=_("Forstå din scanning: ordene i svaret"),
        description=_("Indsæt svaret på en MR-scanning eller røntgen, og få ordene forklaret. Intet gemmes."),
        is_indexed=not is_sent,
        crumbs=(Crumb(_("Værktøjer"), reverse("tool_index")), Crumb(_("Forstå din scanning"))),
    )
