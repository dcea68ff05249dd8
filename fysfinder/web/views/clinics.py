"""A clinic's page and the form to say that something on it is wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from fysfinder.clinics.opening import next_change
from fysfinder.clinics.queries import clinic_page, clinic_row, current_slug
from fysfinder.clinics.tags import area_tags, clinic_tag
from fysfinder.encyclopedia.actions import ARTICLES
from fysfinder.search.situation import Answers
from fysfinder.tariffs.actions import TARIFFS
from fysfinder.web.clinic_head import clinic_head, report_head
from fysfinder.web.clinic_page import clinic_view
from fysfinder.web.kept import keep_page
from fysfinder.web.report_form import ReportForm, fact_choices, send_report

REACH_KM = 50  # how far a page looks for similar clinics, and for the prices of the municipality


@require_safe
def clinic(request: HttpRequest, slug: str) -> HttpResponse:
    """A closed clinic answers 410 with who is near; one that was merged or renamed answers 301."""
    now = timezone.localtime()
    found = clinic_page(slug, today=now.date())
    if found is None or found.merged_into:
        return moved(slug, "clinic")
    page = clinic_view(found, now=now, asked=Answers.read(request.GET))
    context = {"page": page, "head": clinic_head(request, found, page, now)}
    response = render(request, "web/clinic.html", context, status=410 if page.closed else 200)
    shown = [slug for slug, _name, _where in found.branches]
    tags = {clinic_tag(found.card.slug), *map(clinic_tag, shown), TARIFFS, ARTICLES}
    tags |= area_tags(found.card.lat, found.card.lon, REACH_KM)
    return keep_page(response, request, tags=tags, until=next_change(found.card.week, now))


# Exempt from the CSRF cookie on purpose: a visitor who has not logged in gets no cookie, and this form acts for nobody
# (it stores a text that staff read). What the cookie would give is given by the browser's own word on where the
# request comes from; a field people do not see stops simple robots, and the action limits the length.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    found = clinic_row(slug)
    if found is None:
        return moved(slug, "clinic_report")
    form, is_sent = ReportForm.from_data(request.GET), False
    if request.method == "POST":
        form = send_report(found, ReportForm.from_data(request.POST))
        is_sent = not form.error
    path = reverse("clinic", args=[found.slug])
    words = {"name": found.name, "clinic_path": path, "facts": fact_choices(), "form": form, "is_sent": is_sent}
    context = {"head": report_head(request, found.name, path), **words}
    return render(request, "web/clinic_report.html", context, status=422 if form.error else 200)


def moved(slug: str, url_name: str) -> HttpResponse:
    """301 to where a slug has gone; 404 with the nearest pages when nobody ever had it."""
    target = current_slug(slug)
    if target is None:
        raise Http404(slug)
    return redirect(url_name, target, permanent=True)
